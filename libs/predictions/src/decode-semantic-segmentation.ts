import { assertResultFields } from "./decode-common-fields.ts";
import type { SemanticSegmentationPrediction, SemanticSegmentationResult } from "./results.ts";
import { assertFields, assertObject, type JsonObject } from "./wire-guards.ts";

const MASKS = ["segmentation_mask", "confidence_mask"];

function assertMasks(value: unknown): asserts value is SemanticSegmentationPrediction {
  assertObject(value, "predictions");
  assertFields(value, MASKS, "string", "predictions");
  const classMap = value.class_map;
  assertObject(classMap, "predictions.class_map");
  assertFields(classMap, Object.keys(classMap), "string", "predictions.class_map");
}

/** A class for every pixel, as PNG masks. */
export function decodeSemanticSegmentation(body: JsonObject): SemanticSegmentationResult {
  const { predictions } = body;
  assertMasks(predictions);
  assertResultFields(body);
  return { ...body, task: "semantic-segmentation", predictions };
}
