import type { CallScope } from "../call/call-scope.ts";
import { recordsOrLists } from "../call/records-or-lists.ts";
import type { TaskOptions } from "../client-options.ts";
import { askText } from "../request/ask-text.ts";
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
  const value = await askText(scope, "token-classification", text, options);
  return recordsOrLists<TokenClassificationOutputElement>(value, scope.operation);
}
