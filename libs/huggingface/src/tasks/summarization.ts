import { readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-text.ts";
import { parametersField, wireParameters } from "../request/parameters.ts";
import { sendJson } from "../request/run-task.ts";
import type { SummarizationOutput } from "../results.ts";
import { onePerText } from "./first-of.ts";

/** Options of `summarization`. */
export interface SummarizationOptions extends TaskOptions {
  readonly cleanUpTokenizationSpaces?: boolean | null | undefined;
  /** How the summary is generated, with the names of the wire. */
  readonly generateParameters?: Readonly<Record<string, unknown>> | null | undefined;
  readonly truncation?: "do_not_truncate" | "longest_first" | "only_first" | "only_second" | null | undefined;
}

/** A summary of a text, or of each text of a list. */
export async function summarization(
  scope: CallScope,
  text: string | readonly string[],
  options: SummarizationOptions,
): Promise<SummarizationOutput | SummarizationOutput[]> {
  checkText("text", text);
  const body = { inputs: text, ...parametersField(wireParameters(options)) };
  const answer = await sendJson(scope, "summarization", body);
  const value = await readJson(answer, scope.operation);
  return onePerText<SummarizationOutput>(text, value, scope.operation);
}
