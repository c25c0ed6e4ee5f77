import { assertResultFields } from "./decode-common-fields.ts";
import type {
  ClassificationPrediction,
  ClassificationResult,
  MultiLabelClassificationResult,
  MultiLabelPrediction,
} from "./results.ts";
import { assertFields, assertList, assertObject, type JsonObject, refuse } from "./wire-guards.ts";

const NUMBERS = ["confidence", "class_id"];
const TEXTS = ["class"];

function assertClasses(value: unknown): asserts value is readonly ClassificationPrediction[] {
  assertList(value, "predictions");
  for (const [index, item] of value.entries()) {
    assertObject(item, `predictions[${index}]`);
    assertFields(item, NUMBERS, "number", `predictions[${index}]`);
    assertFields(item, TEXTS, "string", `predictions[${index}]`);
  }
}

function assertVerdict(body: JsonObject): asserts body is JsonObject & { top?: string; confidence?: number } {
  if (body.top !== undefined) assertFields(body, ["top"], "string", "");
  if (body.confidence !== undefined) assertFields(body, ["confidence"], "number", "");
}

/** Single-label classification, answers of anomaly models included. */
export function decodeClassification(body: JsonObject): ClassificationResult {
  const { predictions } = body;
  assertClasses(predictions);
  assertVerdict(body);
  assertResultFields(body);
  return { ...body, task: "classification", predictions };
}

function assertClassMap(value: unknown): asserts value is { readonly [name: string]: MultiLabelPrediction } {
  assertObject(value, "predictions");
  for (const [name, item] of Object.entries(value)) {
    const path = `predictions[${JSON.stringify(name)}]`;
    assertObject(item, path);
    assertFields(item, NUMBERS, "number", path);
  }
}

function assertTexts(value: unknown, path: string): asserts value is readonly string[] {
  assertList(value, path);
  for (const [index, item] of value.entries()) {
    if (typeof item !== "string") refuse(`${path}[${index}]`, "a string", item);
  }
}

/** Multi-label classification: a map of class names. */
export function decodeMultiLabelClassification(body: JsonObject): MultiLabelClassificationResult {
  const { predictions, predicted_classes } = body;
  assertClassMap(predictions);
  assertTexts(predicted_classes, "predicted_classes");
  assertResultFields(body);
  return { ...body, task: "multi-label-classification", predictions, predicted_classes };
}
