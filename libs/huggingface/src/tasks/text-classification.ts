import { objectList } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { askText } from "../request/ask-text.ts";
import type { LabelScore } from "../results.ts";

/** Options of `textClassification`. */
export interface TextClassificationOptions extends TaskOptions {
  /** How scores are made. */
  readonly functionToApply?: "sigmoid" | "softmax" | "none" | null | undefined;
  /** Most labels. */
  readonly topK?: number | null | undefined;
}

/** Labels of a text; a list of labels for each text of a list. */
export async function textClassification(
  scope: CallScope,
  text: string | readonly string[],
  options: TextClassificationOptions,
): Promise<LabelScore[] | LabelScore[][]> {
  const value = await askText(scope, "text-classification", text, options);
  // The server nests the labels of one text once more.
  const nested = Array.isArray(value) && Array.isArray(value[0]) ? value : [value];
  const labels = nested.map((list: unknown) => objectList<LabelScore>(list, scope.operation));
  return Array.isArray(text) ? labels : (labels[0] ?? []);
}
