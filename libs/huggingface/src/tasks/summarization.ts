import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { askText } from "../request/ask-text.ts";
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
  const value = await askText(scope, "summarization", text, options);
  return onePerText<SummarizationOutput>(text, value, scope.operation);
}
