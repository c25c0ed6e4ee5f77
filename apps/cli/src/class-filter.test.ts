import type { InferenceResult } from "@inference-ts/sdk/node";
import { expect, test } from "vitest";
import { keepClasses } from "./class-filter.ts";

const image = { width: 10, height: 10 };
const box = (name: string) => ({
  x: 5,
  y: 5,
  width: 2,
  height: 2,
  confidence: 0.9,
  class: name,
  class_id: 0,
});
const blue = new Set(["blue"]);

test("objects of other classes are left out", () => {
  const result: InferenceResult = { task: "object-detection", image, predictions: [box("red"), box("blue")] };
  expect(keepClasses(result, blue)).toEqual({ ...result, predictions: [box("blue")] });
});

test("a classification is led by the best of the classes kept", () => {
  const result: InferenceResult = {
    task: "classification",
    image,
    top: "red",
    confidence: 0.6,
    predictions: [
      { class: "red", class_id: 0, confidence: 0.6 },
      { class: "blue", class_id: 2, confidence: 0.3 },
    ],
  };
  expect(keepClasses(result, blue)).toMatchObject({
    top: "blue",
    confidence: 0.3,
    predictions: [{ class: "blue" }],
  });
  expect(keepClasses(result, new Set(["green"]))).toMatchObject({ top: "", confidence: 0, predictions: [] });
});

test("a multi-label answer keeps its named classes", () => {
  const result: InferenceResult = {
    task: "multi-label-classification",
    image,
    predictions: { red: { class_id: 0, confidence: 0.6 }, blue: { class_id: 2, confidence: 0.3 } },
    predicted_classes: ["red"],
  };
  expect(keepClasses(result, blue)).toMatchObject({
    predictions: { blue: { confidence: 0.3 } },
    predicted_classes: [],
  });
});

test("semantic masks stay whole", () => {
  const result: InferenceResult = {
    task: "semantic-segmentation",
    image,
    predictions: { segmentation_mask: "", confidence_mask: "", class_map: { "1": "red" }, image },
  };
  expect(keepClasses(result, blue)).toBe(result);
});
