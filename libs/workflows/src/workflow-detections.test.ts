import { Detections } from "@inference-ts/predictions";
import { expect, test } from "vitest";
import { isWorkflowDetections } from "./workflow-detections.ts";

const box = {
  x: 50,
  y: 40,
  width: 20,
  height: 10,
  confidence: 0.9,
  class: "car",
  class_id: 2,
  detection_id: "d",
};

test("detections are recognised, and the view on detections takes them", () => {
  const output: unknown = { image: { width: 100, height: 80 }, predictions: [box] };
  if (!isWorkflowDetections(output)) return expect.unreachable();
  const detections = Detections.from(output);
  expect([...detections.boxes]).toEqual([40, 35, 60, 45]);
});

test("nothing found, of a picture whose size no step knew", () => {
  const output: unknown = { image: { width: null, height: null }, predictions: [] };
  if (!isWorkflowDetections(output)) return expect.unreachable();
  expect(Detections.from(output)).toHaveLength(0);
});

test.each([
  [null],
  [[]],
  [{ predictions: [box] }],
  [{ image: { width: 1, height: 1 }, predictions: {} }],
  [{ image: { width: 1, height: 1 }, predictions: [{ class: "a", confidence: 1 }] }],
  [{ image: { width: "1", height: 1 }, predictions: [] }],
])("no detections: %j", (output) => {
  expect(isWorkflowDetections(output)).toBe(false);
});
