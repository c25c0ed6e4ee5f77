import { describe, expect, test } from "vitest";
import answers from "../fixtures/server-answers.json" with { type: "json" };
import { decodeInferenceResult } from "./decode-inference.ts";
import {
  isAnomalyClassification,
  isBoxResult,
  isClassification,
  isInstanceSegmentation,
  isKeypointDetection,
  isMultiLabelClassification,
  isObjectDetection,
  isRlePrediction,
  isSemanticSegmentation,
  isStub,
  isVisualization,
} from "./result-guards.ts";
import type { TaskType } from "./task-types.ts";

const image = { width: 64, height: 48 };
const box = { x: 10, y: 10, width: 4, height: 4, confidence: 0.5, class: "cat", class_id: 0 };
const points = [{ x: 1, y: 1 }];
const keypoints = [{ x: 1, y: 1, confidence: 0.5, class_id: 0, class: "nose" }];

function failure(body: unknown, task?: TaskType) {
  try {
    decodeInferenceResult(body, { task });
  } catch (error) {
    return error;
  }
  throw new Error("not refused");
}

describe("answers of a real server, by their form alone", () => {
  test.each([
    ["infer-detect-two-classes", "object-detection", isObjectDetection],
    ["infer-detect-confidence-high", "object-detection", isObjectDetection],
    ["infer-segment-polygon", "instance-segmentation", isInstanceSegmentation],
    ["infer-segment-rle", "instance-segmentation", isInstanceSegmentation],
    ["infer-keypoints-one", "keypoint-detection", isKeypointDetection],
    ["infer-classify-low-confidence", "classification", isClassification],
    ["infer-classify-visualised", "classification", isClassification],
    ["infer-classify-multi-label", "multi-label-classification", isMultiLabelClassification],
    ["infer-areas-batch", "semantic-segmentation", isSemanticSegmentation],
  ] as const)("%s is %s", (name, task, guard) => {
    const body = structuredClone(answers[name]);
    const result = decodeInferenceResult(body);
    expect(guard(result)).toBe(true);
    expect(result).toEqual({ ...answers[name], task });
    expect(body).toEqual(answers[name]);
  });

  test("the two forms of an instance are told apart", () => {
    const forms = ["infer-segment-polygon", "infer-segment-rle"] as const;
    const found = forms.map((name) => {
      const result = decodeInferenceResult(answers[name]);
      return isInstanceSegmentation(result) && isBoxResult(result) && result.predictions.map(isRlePrediction);
    });
    expect(found).toEqual([
      [false, false],
      [true, true],
    ]);
  });
});

describe("which task", () => {
  test.each<[string, unknown, TaskType | undefined, TaskType]>([
    ["an empty list is the least specific kind", { predictions: [] }, undefined, "object-detection"],
    ["an empty list with top", { predictions: [], top: "" }, undefined, "classification"],
    ["an empty list of a known task", { predictions: [] }, "keypoint-detection", "keypoint-detection"],
    ["an empty list of a classifier", { predictions: [] }, "classification", "classification"],
    ["boxes with points", { predictions: [{ ...box, points }] }, undefined, "instance-segmentation"],
    ["only some with points", { predictions: [{ ...box, points }, box] }, undefined, "object-detection"],
    ["boxes with key points", { predictions: [{ ...box, keypoints }] }, undefined, "keypoint-detection"],
    [
      "key points where boxes were asked for",
      { predictions: [{ ...box, keypoints }] },
      "object-detection",
      "object-detection",
    ],
    [
      "plain boxes where masks were asked for",
      { predictions: [box] },
      "instance-segmentation",
      "object-detection",
    ],
    [
      "classes where boxes were asked for",
      { predictions: [{ class: "cat", class_id: 0, confidence: 1 }], top: "cat" },
      "object-detection",
      "classification",
    ],
    [
      "a map of a classifier",
      { predictions: {}, predicted_classes: [] },
      "classification",
      "multi-label-classification",
    ],
  ])("%s", (_, body, expected, task) => {
    expect(decodeInferenceResult(body, { task: expected }).task).toBe(task);
  });
});

test("unknown fields are kept, `task` is ours", () => {
  const body = { image, predictions: [{ ...box, extra: 1 }], new_field: { a: [null] }, task: "other" };
  expect(decodeInferenceResult(body)).toEqual({ ...body, task: "object-detection" });
});

test("a body without image is accepted", () => {
  expect(decodeInferenceResult({ predictions: [] }, { scale: 0.5 })).toEqual({
    predictions: [],
    task: "object-detection",
  });
});

test("a stub is a result of its own and is not rescaled", () => {
  const body = { is_stub: true, model_id: "a/1", task_type: "object-detection", image };
  const result = decodeInferenceResult(body, { scale: 0.5 });
  expect(result).toEqual({ ...body, task: "stub" });
  expect(isStub(result)).toBe(true);
});

test("the answer of an anomaly model is a classification with a verdict", () => {
  const predictions = [{ class: "anomalous", class_id: 1, confidence: 0.9 }];
  const body = { image, predictions, top: "anomalous", confidence: 0.9 };
  const verdict = { anomaly_score: 3, anomaly_threshold: 2, anomaly_scale: 0.5, is_anomalous: true };
  const result = decodeInferenceResult({ ...body, ...verdict });
  expect(isAnomalyClassification(result) && result.is_anomalous).toBe(true);
  expect(isAnomalyClassification(decodeInferenceResult(body))).toBe(false);
});

describe("wrong forms are refused by their place", () => {
  test.each<[string, unknown, TaskType | undefined]>([
    ["", "text", undefined],
    ["", null, undefined],
    ["", [], undefined],
    ["", 5, undefined],
    ["predictions", {}, undefined],
    ["predictions", { image, predictions: null }, undefined],
    ["predictions", { predictions: "none" }, undefined],
    ["predictions[0]", { predictions: ["a"] }, "object-detection"],
    ["predictions[1].width", { predictions: [box, { ...box, width: "4" }] }, undefined],
    ["predictions[0].confidence", { predictions: [{ ...box, confidence: null }] }, undefined],
    ["predictions[0].class", { predictions: [{ ...box, class: 3 }] }, undefined],
    ["predictions[1].points", { predictions: [{ ...box, points }, box] }, "instance-segmentation"],
    ["predictions[0].points[0].y", { predictions: [{ ...box, points: [{ x: 1 }] }] }, undefined],
    ["predictions[0].rle.size", { predictions: [{ ...box, rle: { size: [1], counts: "1" } }] }, undefined],
    ["predictions[0].rle.counts", { predictions: [{ ...box, rle: { size: [1, 1] } }] }, undefined],
    [
      "predictions[0].keypoints[0].class",
      { predictions: [{ ...box, keypoints: [{ ...keypoints[0], class: 0 }] }] },
      undefined,
    ],
    [
      'predictions["cat"].class_id',
      { predictions: { cat: { confidence: 1 } }, predicted_classes: [] },
      undefined,
    ],
    ["predicted_classes", { predictions: {} }, undefined],
    ["predicted_classes[0]", { predictions: {}, predicted_classes: [1] }, undefined],
    ["predictions.confidence_mask", { predictions: { segmentation_mask: "a" } }, undefined],
    [
      "predictions.class_map.0",
      { predictions: { segmentation_mask: "a", confidence_mask: "b", class_map: { 0: 1 } } },
      undefined,
    ],
    ["image.width", { image: { width: "64", height: 48 }, predictions: [] }, undefined],
    ["image", { image: null, predictions: [] }, undefined],
    ["visualization", { predictions: [], visualization: 3 }, undefined],
    [
      "mask_metadata.scale_x",
      { predictions: [{ ...box, points }], mask_metadata: { width: 1, height: 1 } },
      undefined,
    ],
    ["model_id", { is_stub: true }, undefined],
  ])("%s", (path, body, task) => {
    expect(failure(body, task)).toMatchObject({ code: "INVALID_RESPONSE", path });
  });

  test("the message names the kind found, never its content", () => {
    const secret = "c2VjcmV0".repeat(1000);
    const error = failure({ predictions: [{ ...box, x: secret }] });
    expect(error).toMatchObject({
      message: expect.stringMatching(/predictions\[0\]\.x must be a number, found a string/),
    });
    expect(String(error)).not.toContain("c2VjcmV0");
  });
});

describe("the server's drawing", () => {
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2);
  const base64 = btoa(String.fromCharCode(...jpeg));

  test("stays text unless bytes are asked for", () => {
    const body = { image, predictions: [], visualization: base64 };
    expect(decodeInferenceResult(body).visualization).toBe(base64);
    expect(decodeInferenceResult(body, { visualisation: "bytes" }).visualization).toEqual(jpeg);
  });

  test("a data URL prefix is taken off, null stays null", () => {
    const decode = (visualization: unknown) =>
      decodeInferenceResult({ predictions: [], visualization }, { visualisation: "bytes" }).visualization;
    expect(decode(`data:image/jpeg;base64,${base64}`)).toEqual(jpeg);
    expect(decode(null)).toBeNull();
  });

  test.each(["bm90IGFuIGltYWdl", "***", ""])("%j is no picture", (visualization) => {
    expect(() =>
      decodeInferenceResult({ predictions: [], visualization }, { visualisation: "bytes" }),
    ).toThrow(expect.objectContaining({ code: "ENCODING_FAILED" }));
  });

  test("a drawing without predictions is a result of its own", () => {
    const result = decodeInferenceResult(
      { visualization: base64 },
      { visualisation: "bytes", task: "object-detection" },
    );
    expect(isVisualization(result)).toBe(true);
    expect(result).toEqual({ task: "visualization", visualization: jpeg });
  });
});
