import type { ImageSource } from "@inference-ts/images";
import { objectList, readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { wireParameters } from "../request/parameters.ts";
import { sendMedia } from "../request/run-task.ts";
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
  const answer = await sendMedia(scope, "image-classification", source, wireParameters(options));
  return objectList<LabelScore>(await readJson(answer, scope.operation), scope.operation);
}
