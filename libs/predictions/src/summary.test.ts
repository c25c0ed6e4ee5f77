import { expect, test } from "vitest";
import answers from "../fixtures/server-answers.json" with { type: "json" };
import { decodeInferenceResult } from "./decode-inference.ts";
import { toCoco } from "./export/coco.ts";
import { csvHeader, csvLine, toCsvRows } from "./export/csv.ts";
import { encodeRle } from "./masks/rle-masks.ts";
import { classesOf, countByClass, detectionsOf } from "./summary.ts";

const decoded = Object.values(answers).map((body) => decodeInferenceResult(body));

test("objects of every kind in one form", () => {
  const shapes = decoded.flatMap((result) =>
    detectionsOf(result).map((object) => Object.keys(object).sort().join(" ")),
  );
  const common = "box class classId confidence detectionId";
  expect(new Set(shapes)).toEqual(
    new Set([common, `${common} keypoints`, `${common} polygon`, `${common} rle`].map((keys) => keys)),
  );
  expect(detectionsOf(decodeInferenceResult(answers["infer-detect-two-classes"]))[1]).toMatchObject({
    class: "blue",
    classId: 2,
    box: { x: 47, y: 30, width: 22, height: 24 },
  });
});

test("the classes that results name", () => {
  const name = (key: keyof typeof answers) =>
    classesOf(decodeInferenceResult(answers[key])).map((one) => one.class);
  expect(name("infer-classify-low-confidence")).toEqual(["blue"]);
  expect(name("infer-classify-multi-label")).toEqual(["red", "blue"]);
  expect(name("infer-areas-batch")).toEqual(["background", "red"]);
  expect(name("infer-segment-rle")).toEqual(["blue", "red"]);
});

test("counts over several results", () => {
  const results = [answers["infer-detect-two-classes"], answers["infer-keypoints-one"]].map((body) =>
    decodeInferenceResult(body),
  );
  expect([...countByClass(results)]).toEqual([
    ["red", 2],
    ["blue", 1],
  ]);
  expect(countByClass(decodeInferenceResult({ predictions: [], top: "", confidence: 0 })).size).toBe(0);
});

test("CSV rows and quoting", () => {
  const box = {
    x: 10,
    y: 8,
    width: 4,
    height: 2,
    confidence: 0.5,
    class: 'a "b", c',
    class_id: 1,
    detection_id: "d",
  };
  const [row, ...more] = toCsvRows(
    "x,y.png",
    decodeInferenceResult({ predictions: [box], image: { width: 3, height: 1 } }),
  );
  if (row === undefined) throw new Error("no row");
  expect(more).toEqual([]);
  expect(csvHeader()).toBe("image,task,class,class_id,confidence,x_min,y_min,x_max,y_max,detection_id");
  expect(csvLine(row)).toBe('"x,y.png",object-detection,"a ""b"", c",1,0.5,8,7,12,9,d');
  const rows = toCsvRows("k.png", decodeInferenceResult(answers["infer-classify-multi-label"]));
  expect(rows.map(csvLine)).toEqual([
    "k.png,multi-label-classification,red,0,0.5544704794883728,,,,,",
    "k.png,multi-label-classification,blue,2,0.9465966820716858,,,,,",
  ]);
});

test("a COCO data set of boxes, polygons, masks and key points", () => {
  const names = [
    "infer-detect-two-classes",
    "infer-segment-polygon",
    "infer-segment-rle",
    "infer-keypoints-one",
  ] as const;
  const data = toCoco(
    names.map((name) => ({ fileName: `${name}.png`, result: decodeInferenceResult(answers[name]) })),
  );
  expect(data.images.map(({ id, width, height }) => [id, width, height])).toEqual(
    [1, 2, 3, 4].map((id) => [id, 64, 48]),
  );
  expect(data.categories).toEqual([
    { id: 1, name: "red", supercategory: "none" },
    { id: 3, name: "blue", supercategory: "none" },
  ]);
  expect(data.annotations.map(({ id, image_id }) => [id, image_id])).toEqual([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [6, 3],
    [7, 4],
  ]);
  expect(data.annotations[0]).toMatchObject({
    bbox: [6, 6, 16, 20],
    area: 320,
    segmentation: [],
    category_id: 1,
    iscrowd: 0,
  });
  expect(data.annotations[4]).toMatchObject({ segmentation: [expect.any(Array)], iscrowd: 0 });
  expect(data.annotations[6]).toMatchObject({
    keypoints: [10, 8, 2, 20, 18, 2, 30, 28, 2],
    num_keypoints: 3,
  });
});

test("a mask of two parts stays a run-length mask", () => {
  const rle = encodeRle({ width: 3, height: 1, data: Uint8Array.of(1, 0, 1) });
  const box = { x: 1.5, y: 0.5, width: 3, height: 1, confidence: 1, class: "a", class_id: 0, rle };
  const [annotation] = toCoco([
    { fileName: "a", result: decodeInferenceResult({ predictions: [box], image: { width: 3, height: 1 } }) },
  ]).annotations;
  expect(annotation).toMatchObject({
    area: 2,
    iscrowd: 0,
    segmentation: { size: [1, 3], counts: [0, 1, 1, 1] },
  });
});
