import { type InferenceResult, isBoxResult, isSemanticSegmentation } from "@inference-ts/sdk/node";
import { type DetectedImage, Detections } from "@inference-ts/sdk/predictions";
import type { Entry } from "./entry.ts";

/** An input with a result as data sets hold it; results that place nothing in the picture give one without objects. */
export async function detectedImage({
  input,
  result,
}: Entry & { readonly ok: true }): Promise<DetectedImage> {
  const detections = await detectionsIn(result);
  const { width, height } = detections.image ?? { width: 0, height: 0 };
  return { fileName: input.name, width, height, detections };
}

/** The areas of a semantic answer are objects; its background is what is left. */
async function detectionsIn(result: InferenceResult): Promise<Detections> {
  if (isBoxResult(result)) return Detections.from(result);
  if (isSemanticSegmentation(result)) return Detections.fromSemantic(result, { without: ["background"] });
  return Detections.empty(result.image ?? null);
}
