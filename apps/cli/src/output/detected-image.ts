import { isBoxResult } from "@inference-ts/sdk/node";
import { type DetectedImage, Detections } from "@inference-ts/sdk/predictions";
import type { Entry } from "./entry.ts";

/** An input with a result as data sets hold it; results of tasks without boxes give a picture without objects. */
export function detectedImage({ input, result }: Entry & { readonly ok: true }): DetectedImage {
  const detections = isBoxResult(result) ? Detections.from(result) : Detections.empty(result.image ?? null);
  const { width, height } = detections.image ?? { width: 0, height: 0 };
  return { fileName: input.name, width, height, detections };
}
