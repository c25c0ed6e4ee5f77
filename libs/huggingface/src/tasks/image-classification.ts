import type { ImageSource } from "@inference-ts/images";
import { objectList } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { askMedia } from "../request/run-task.ts";
import type { LabelScore } from "../results.ts";

/** Options of `imageClassification`. */
export interface ImageClassificationOptions extends TaskOptions {
  /** How scores are made. */
  readonly functionToApply?: "sigmoid" | "softmax" | "none" | null | undefined;
  /** Most labels. */
  readonly topK?: number | null | undefined;
}

/** Labels of a picture. */
export async function imageClassification(
  scope: CallScope,
  source: ImageSource,
  options: ImageClassificationOptions,
): Promise<LabelScore[]> {
  return objectList<LabelScore>(
    await askMedia(scope, "image-classification", source, options),
    scope.operation,
  );
}
