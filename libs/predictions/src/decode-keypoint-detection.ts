import { assertResultFields } from "./decode-common-fields.ts";
import { assertDetection } from "./decode-object-detection.ts";
import type { KeypointDetectionResult, KeypointPrediction } from "./results.ts";
import { assertFields, assertList, assertObject, type JsonObject, join } from "./wire-guards.ts";

const NUMBERS = ["x", "y", "confidence", "class_id"];
const TEXTS = ["class"];

function assertKeypointPredictions(value: unknown): asserts value is readonly KeypointPrediction[] {
  assertList(value, "predictions");
  for (const [index, item] of value.entries()) {
    const path = `predictions[${index}]`;
    assertDetection(item, path);
    const keypoints = item.keypoints;
    const listPath = join(path, "keypoints");
    assertList(keypoints, listPath);
    for (const [at, keypoint] of keypoints.entries()) {
      assertObject(keypoint, `${listPath}[${at}]`);
      assertFields(keypoint, NUMBERS, "number", `${listPath}[${at}]`);
      assertFields(keypoint, TEXTS, "string", `${listPath}[${at}]`);
    }
  }
}

/** Boxes with named points. */
export function decodeKeypointDetection(body: JsonObject): KeypointDetectionResult {
  const { predictions } = body;
  assertKeypointPredictions(predictions);
  assertResultFields(body);
  return { ...body, task: "keypoint-detection", predictions };
}
