import { assertResultFields } from "./decode-common-fields.ts";
import type { ObjectDetectionPrediction, ObjectDetectionResult } from "./results.ts";
import { assertFields, assertList, assertObject, type JsonObject } from "./wire-guards.ts";

const NUMBERS = ["x", "y", "width", "height", "confidence", "class_id"];
const TEXTS = ["class"];

/** Checks one detected object: box, confidence, class. */
export function assertDetection(value: unknown, path: string): asserts value is ObjectDetectionPrediction {
  assertObject(value, path);
  assertFields(value, NUMBERS, "number", path);
  assertFields(value, TEXTS, "string", path);
}

function assertDetections(value: unknown): asserts value is readonly ObjectDetectionPrediction[] {
  assertList(value, "predictions");
  for (const [index, item] of value.entries()) assertDetection(item, `predictions[${index}]`);
}

/** Boxes. */
export function decodeObjectDetection(body: JsonObject): ObjectDetectionResult {
  const { predictions } = body;
  assertDetections(predictions);
  assertResultFields(body);
  return { ...body, task: "object-detection", predictions };
}
