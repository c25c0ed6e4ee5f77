import type { ImageSource } from "@inference-ts/images";
import { objectList } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { askMedia } from "../request/run-task.ts";
import type { LabelScore } from "../results.ts";

/** Options of `audioClassification`. */
export interface AudioClassificationOptions extends TaskOptions {
  /** How scores are made. */
  readonly functionToApply?: "sigmoid" | "softmax" | "none" | null | undefined;
  /** Most labels. */
  readonly topK?: number | null | undefined;
}

/** Labels of a sound. */
export async function audioClassification(
  scope: CallScope,
  source: ImageSource,
  options: AudioClassificationOptions,
): Promise<LabelScore[]> {
  return objectList<LabelScore>(
    await askMedia(scope, "audio-classification", source, options),
    scope.operation,
  );
}
