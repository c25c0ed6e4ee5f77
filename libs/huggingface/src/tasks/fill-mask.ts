import { readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { recordsOrLists } from "../call/records-or-lists.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-text.ts";
import { parametersField, wireParameters } from "../request/parameters.ts";
import { sendJson } from "../request/run-task.ts";
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
  checkText("text", text);
  const body = { inputs: text, ...parametersField(wireParameters(options)) };
  const answer = await sendJson(scope, "fill-mask", body);
  const value = await readJson(answer, scope.operation);
  return recordsOrLists<FillMaskOutputElement>(value, scope.operation);
}
