import { decodeInferenceResult, encodeRle } from "@inference-ts/predictions";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { annotate } from "./annotate.ts";
import type { DisplayList, RectShape, Shape, TextShape } from "./display-list.ts";
import { textWidth } from "./glyphs.ts";

const image = { width: 640, height: 480 };
const box = { x: 100, y: 100, width: 40, height: 20, confidence: 0.914, class: "cat", class_id: 0 };

const kinds = (list: DisplayList) => list.shapes.map((shape) => shape.kind);
const texts = (list: DisplayList) => list.shapes.filter((shape): shape is TextShape => shape.kind === "text");
const plates = (list: DisplayList) =>
  list.shapes.filter((shape): shape is RectShape => shape.kind === "rect" && shape.fill !== undefined);
const find = <Kind extends Shape["kind"]>(list: DisplayList, kind: Kind) =>
  list.shapes.filter((shape): shape is Extract<Shape, { kind: Kind }> => shape.kind === kind);

test("a box, the plate of its label and the text", () => {
  const list = annotate(decodeInferenceResult({ image, predictions: [box] }));
  expect(kinds(list)).toEqual(["rect", "rect", "text"]);
  expect(list.shapes[0]).toMatchObject({ x: 80, y: 90, width: 40, height: 20, strokeWidth: 2 });
  expect(texts(list)[0]?.text).toBe("cat 91%");
  expect(plates(list)[0]).toMatchObject({ x: 79, y: 70, height: 20 });
});

test("coordinates are scaled to the picture that is drawn on", () => {
  const list = annotate(decodeInferenceResult({ image, predictions: [box] }), {
    size: { width: 1280, height: 480 },
  });
  expect(list).toMatchObject({
    width: 1280,
    height: 480,
    shapes: [{ x: 160, y: 90, width: 80, height: 20 }, {}, {}],
  });
});

test("parts can be switched off", () => {
  const points = [
    { x: 80, y: 90 },
    { x: 120, y: 90 },
    { x: 100, y: 110 },
  ];
  const result = decodeInferenceResult({ image, predictions: [{ ...box, points }] });
  expect(kinds(annotate(result))).toEqual(["polygon", "rect", "rect", "text"]);
  expect(kinds(annotate(result, { masks: false, labels: false }))).toEqual(["rect"]);
  expect(
    kinds(annotate(result, { boxes: false, labels: ({ classId }) => (classId === 0 ? "" : "x") })),
  ).toEqual(["polygon"]);
});

test("a run-length mask becomes rings, holes included, scaled from its own size", () => {
  const data = new Uint8Array(64 * 48);
  for (let row = 4; row < 12; row++) data.fill(1, row * 64 + 8, row * 64 + 16);
  data[8 * 64 + 10] = 0;
  const rle = encodeRle({ width: 64, height: 48, data });
  const [mask] = find(annotate(decodeInferenceResult({ image, predictions: [{ ...box, rle }] })), "polygon");
  expect(mask?.rings).toHaveLength(2);
  expect(mask?.rings[0]).toEqual([
    { x: 80, y: 40 },
    { x: 160, y: 40 },
    { x: 160, y: 120 },
    { x: 80, y: 120 },
  ]);
  expect(mask?.fillOpacity).toBe(0.4);
});

test("an answer in a mask grid is drawn in the picture", () => {
  const grid = { coordinate_system: "mask_grid", width: 64, height: 48, scale_x: 10, scale_y: 10 };
  const points = [
    { x: 8, y: 9 },
    { x: 12, y: 9 },
    { x: 12, y: 11 },
  ];
  const small = { ...box, x: 10, y: 10, width: 4, height: 2, points };
  const body = {
    image: { width: 64, height: 48 },
    original_image: image,
    mask_metadata: grid,
    predictions: [small],
  };
  const list = annotate(decodeInferenceResult(body));
  expect(list).toMatchObject({ width: 640, height: 480 });
  expect(find(list, "rect")[0]).toMatchObject({ x: 80, y: 90, width: 40, height: 20 });
});

describe("key points", () => {
  const keypoint = (name: string, id: number, x: number) => ({
    x,
    y: 100,
    confidence: 0.9,
    class_id: id,
    class: name,
  });
  const lines = (names: readonly string[], skeleton?: Parameters<typeof annotate>[1]) => {
    const keypoints = names.map((name, id) => keypoint(name, id, 80 + id * 10));
    return find(
      annotate(decodeInferenceResult({ image, predictions: [{ ...box, keypoints }] }), skeleton),
      "polyline",
    );
  };

  test("are dots", () => {
    const keypoints = [keypoint("tip", 0, 90)];
    const list = annotate(decodeInferenceResult({ image, predictions: [{ ...box, keypoints }] }));
    expect(find(list, "circle")).toMatchObject([{ x: 90, y: 100 }]);
    expect(
      kinds(
        annotate(decodeInferenceResult({ image, predictions: [{ ...box, keypoints }] }), {
          keypoints: false,
        }),
      ),
    ).not.toContain("circle");
  });

  test("of a person are joined by name, others only on request", () => {
    expect(lines(["nose", "Left-Eye", "right eye"])).toHaveLength(3);
    expect(lines(["a", "b", "c"])).toHaveLength(0);
    expect(lines(["a", "b", "c"], { skeleton: "chain" })).toHaveLength(2);
    expect(
      lines(["a", "b", "c"], {
        skeleton: [
          ["a", "c"],
          [0, 1],
          ["a", "gone"],
        ],
      }).map(({ points }) => points.map(({ x }) => x)),
    ).toEqual([
      [80, 100],
      [80, 90],
    ]);
    expect(lines(["nose", "left_eye"], { skeleton: "none" })).toHaveLength(0);
  });
});

test("classes without boxes are listed in the corner", () => {
  const predictions = { red: { confidence: 0.9, class_id: 0 }, blue: { confidence: 0.5, class_id: 2 } };
  const list = annotate(decodeInferenceResult({ image, predictions, predicted_classes: ["red", "blue"] }));
  expect(texts(list).map(({ text, y }) => [text, y])).toEqual([
    ["red 90%", 2],
    ["blue 50%", 22],
  ]);
});

test("the areas of a semantic answer, without the background", () => {
  const predictions = {
    segmentation_mask: "",
    confidence_mask: "",
    class_map: { 0: "background", 1: "road" },
  };
  const classIds = new Uint8Array(64 * 48).fill(1, 0, 64 * 10);
  const classNames = new Map([
    [0, "background"],
    [1, "road"],
  ]);
  const semanticMask = { width: 64, height: 48, classIds, confidences: classIds, classNames };
  const list = annotate(decodeInferenceResult({ image, predictions }), { semanticMask });
  expect(find(list, "polygon").map(({ rings }) => rings)).toEqual([
    [
      [
        { x: 0, y: 0 },
        { x: 640, y: 0 },
        { x: 640, y: 100 },
        { x: 0, y: 100 },
      ],
    ],
  ]);
  expect(texts(list).map(({ text }) => text)).toEqual(["road"]);
});

test("without any size the caller is told", () => {
  expect(() => annotate(decodeInferenceResult({ predictions: [box] }))).toThrow(
    expect.objectContaining({ code: "INVALID_PARAMETER" }),
  );
});

test("no label leaves the picture, whatever the box and the text", () => {
  const coordinate = fc.integer({ min: -300, max: 900 });
  const objects = fc.array(
    fc.record({ x: coordinate, y: coordinate, width: coordinate, height: coordinate, name: fc.string() }),
  );
  const sizes = fc.record({
    width: fc.integer({ min: 1, max: 1500 }),
    height: fc.integer({ min: 1, max: 1500 }),
  });
  fc.assert(
    fc.property(sizes, objects, (size, list) => {
      const predictions = list.map(({ name, ...rest }, index) => ({
        ...rest,
        class: name,
        class_id: index,
        confidence: 1,
      }));
      const drawn = annotate(decodeInferenceResult({ image: size, predictions }));
      for (const plate of plates(drawn)) {
        expect(plate.x).toBeGreaterThanOrEqual(0);
        expect(plate.y).toBeGreaterThanOrEqual(0);
        expect(plate.x + plate.width).toBeLessThanOrEqual(size.width);
        expect(plate.y + plate.height).toBeLessThanOrEqual(size.height);
      }
      for (const { x, text, pixel } of texts(drawn)) {
        expect(x + textWidth(text) * pixel).toBeLessThanOrEqual(size.width);
      }
    }),
  );
});

test("labels of boxes in the same place do not cover each other", () => {
  const list = annotate(
    decodeInferenceResult({ image, predictions: [box, { ...box, class_id: 1 }, { ...box, class_id: 2 }] }),
  );
  expect(new Set(plates(list).map(({ y }) => y)).size).toBe(3);
});

test("lines and letters grow with the picture", () => {
  const at = (width: number, height: number) => {
    const list = annotate(decodeInferenceResult({ image: { width, height }, predictions: [box] }));
    return [find(list, "rect")[0]?.strokeWidth, texts(list)[0]?.pixel];
  };
  expect([at(64, 48), at(640, 480), at(1920, 1080)]).toEqual([
    [1, 1],
    [2, 2],
    [5, 4],
  ]);
});
