import { decodeClassification, decodeMultiLabelClassification } from "./decode-classification.ts";
import { decodeInstanceSegmentation } from "./decode-instance-segmentation.ts";
import { decodeKeypointDetection } from "./decode-keypoint-detection.ts";
import { decodeObjectDetection } from "./decode-object-detection.ts";
import { decodeSemanticSegmentation } from "./decode-semantic-segmentation.ts";
import { decodeStub, decodeVisualization } from "./decode-without-predictions.ts";
import { recogniseTask } from "./recognise-task.ts";
import type { InferenceResult } from "./results.ts";
import type { TaskType } from "./task-types.ts";
import { assertObject, isAbsent, type JsonObject } from "./wire-guards.ts";

const DECODERS: { readonly [task in TaskType]: (body: JsonObject) => InferenceResult } = {
  "object-detection": decodeObjectDetection,
  "instance-segmentation": decodeInstanceSegmentation,
  "keypoint-detection": decodeKeypointDetection,
  classification: decodeClassification,
  "multi-label-classification": decodeMultiLabelClassification,
  "semantic-segmentation": decodeSemanticSegmentation,
};

/**
 * Checks the form of one answer and adds `task`. Coordinates stay those of the picture that was sent.
 *
 * @param body parsed JSON of **one** picture's answer (an element of the list for a batch)
 * @param expected the task that was asked for; without it the form of the answer decides
 * @throws InvalidResponseError when the body has not the form of any answer; its `path` names the place
 */
export function decodeResult(body: unknown, expected?: TaskType): InferenceResult {
  assertObject(body, "");
  if (body.is_stub === true) return decodeStub(body);
  const { visualization } = body;
  if (isAbsent(body.predictions) && typeof visualization === "string") {
    return decodeVisualization(body, visualization);
  }
  return DECODERS[recogniseTask(body, expected)](body);
}
