import { readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { recordsOrLists } from "../call/records-or-lists.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-text.ts";
import { parametersField, wireParameters } from "../request/parameters.ts";
import { sendJson } from "../request/run-task.ts";
import type { TokenClassificationOutputElement } from "../results.ts";

/** Options of `tokenClassification`. */
export interface TokenClassificationOptions extends TaskOptions {
  /** How tokens of one entity are put together. */
  readonly aggregationStrategy?: "none" | "simple" | "first" | "average" | "max" | null | undefined;
  readonly ignoreLabels?: readonly string[] | null | undefined;
  /** Overlap of the pieces that a long text is cut into. */
  readonly stride?: number | null | undefined;
}

/** Entities of a text. */
export async function tokenClassification(
  scope: CallScope,
  text: string | readonly string[],
  options: TokenClassificationOptions,
): Promise<TokenClassificationOutputElement[]> {
  checkText("text", text);
  const body = { inputs: text, ...parametersField(wireParameters(options)) };
  const answer = await sendJson(scope, "token-classification", body);
  const value = await readJson(answer, scope.operation);
  return recordsOrLists<TokenClassificationOutputElement>(value, scope.operation);
}
