import { badShape } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { isObject } from "../call/json-object.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-arguments.ts";
import { askJson } from "../request/run-task.ts";

/** How like one sentence others are, one number each. */
export async function sentenceSimilarity(
  scope: CallScope,
  sentence: string,
  otherSentences: readonly string[],
  options: TaskOptions,
): Promise<number[]> {
  checkText("sentence", sentence);
  checkText("otherSentences", otherSentences);
  const inputs = { source_sentence: sentence, sentences: otherSentences };
  const value = await askJson(scope, "sentence-similarity", { inputs }, options);
  const numbers = isObject(value) ? value.similarities : value;
  if (!Array.isArray(numbers)) return badShape(scope.operation, "", "a list of numbers", value);
  return numbers.map((number: unknown, index) =>
    typeof number === "number" ? number : badShape(scope.operation, `[${index}]`, "a number", number),
  );
}
