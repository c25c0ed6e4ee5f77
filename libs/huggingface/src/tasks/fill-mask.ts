import type { CallScope } from "../call/call-scope.ts";
import { recordsOrLists } from "../call/records-or-lists.ts";
import type { TaskOptions } from "../client-options.ts";
import { askText } from "../request/ask-text.ts";
import type { FillMaskOutputElement } from "../results.ts";

/** Options of `fillMask`. */
export interface FillMaskOptions extends TaskOptions {
  /** Fillings that are allowed. */
  readonly targets?: readonly string[] | null | undefined;
  /** Most fillings. */
  readonly topK?: number | null | undefined;
}

/** Fillings of the mask in a text; a list for each mask where there are several. */
export async function fillMask(
  scope: CallScope,
  text: string | readonly string[],
  options: FillMaskOptions,
): Promise<FillMaskOutputElement[]> {
  const value = await askText(scope, "fill-mask", text, options);
  return recordsOrLists<FillMaskOutputElement>(value, scope.operation);
}
