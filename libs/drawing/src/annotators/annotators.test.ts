import { Detections, decodeInferenceResult, encodeRle } from "@inference-ts/predictions";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseColors } from "../color-choice.ts";
import type { RectShape, Shape } from "../display-list.ts";
import { PALETTE, readableOn } from "../palette.ts";
import { POSITIONS } from "../position.ts";
import { createScene, type SceneSource, sceneOf } from "../scene.ts";
import { sceneOfDetections } from "../scene-of-detections.ts";
import {
  type Annotator,
  blurAnnotator,
  boxAnnotator,
  boxCornerAnnotator,
  circleAnnotator,
  colorAnnotator,
  compose,
  dotAnnotator,
  edgeAnnotator,
  ellipseAnnotator,
  haloAnnotator,
  heatMapAnnotator,
  labelAnnotator,
  maskAnnotator,
  percentageBarAnnotator,
  pixelateAnnotator,
  polygonAnnotator,
  roundBoxAnnotator,
  triangleAnnotator,
  vertexAnnotator,
} from "./index.ts";

const size = { width: 200, height: 160 };
const triangle = [
  { x: 20, y: 20 },
  { x: 60, y: 20 },
  { x: 40, y: 60 },
];
const object: SceneSource = {
  ...{ left: 20, top: 20, right: 60, bottom: 60 },
  class: "cat",
  classId: 1,
  confidence: 0.5,
  polygon: triangle,
  keypoints: [
    { x: 30, y: 30, confidence: 0.9, class: "nose", class_id: 0 },
    { x: 40, y: 30, confidence: 0.9, class: "left_eye", class_id: 1 },
    { x: 0, y: 0, confidence: 0, class: "right_eye", class_id: 2 },
  ],
};

test("a box without width has its corners on one side", () => {
  const shapes = boxCornerAnnotator({ cornerLength: 5 })(createScene(size, [{ ...object, right: 20 }]));
  const ends = shapes.flatMap((shape) => (shape.kind === "polyline" ? shape.points : [])).map(({ x }) => x);
  expect(Math.max(...ends) - Math.min(...ends)).toBe(5);
  expect(Math.min(...ends)).toBeGreaterThanOrEqual(20);
});

/** Annotators whose shapes are lines and fillings at given lengths, so that they can be moved. */
const VECTOR: Readonly<Record<string, Annotator>> = {
  box: boxAnnotator(),
  "round box": roundBoxAnnotator(),
  corner: boxCornerAnnotator(),
  mask: maskAnnotator(),
  polygon: polygonAnnotator(),
  vertex: vertexAnnotator(),
  edge: edgeAnnotator(),
  dot: dotAnnotator(),
  circle: circleAnnotator(),
  ellipse: ellipseAnnotator(),
  triangle: triangleAnnotator(),
  bar: percentageBarAnnotator(),
  color: colorAnnotator(),
  blur: blurAnnotator(),
  pixelate: pixelateAnnotator(),
  label: labelAnnotator({ overflow: "cut" }),
};

const draw = (annotator: Annotator, sources: readonly SceneSource[], picture = size) =>
  compose(createScene(picture, sources), [annotator]).shapes;

/** Every number of a shape that is a place, moved. */
function movedShape<Part>(part: Part, x: number, y: number): Part {
  if (Array.isArray(part)) return part.map((item) => movedShape(item, x, y)) as Part;
  if (typeof part !== "object" || part === null) return part;
  const entries = Object.entries(part).map(([key, value]) => [
    key,
    key === "x" ? value + x : key === "y" ? value + y : movedShape(value, x, y),
  ]);
  return Object.fromEntries(entries) as Part;
}

function rounded(shapes: readonly Shape[]): unknown {
  return JSON.parse(
    JSON.stringify(shapes, (_, value) => (typeof value === "number" ? Math.round(value * 1e6) / 1e6 : value)),
  );
}

test.each(Object.entries(VECTOR))("moving a scene moves what %s draws", (_, annotator) => {
  const whole = { width: 1000, height: 1000 };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 600 }), (x, y) => {
      const source = { ...object, left: 200, top: 200, right: 260, bottom: 300 };
      const there = {
        ...source,
        ...{ left: 200 + x, top: 200 + y, right: 260 + x, bottom: 300 + y },
        polygon: triangle.map((point) => ({ x: point.x + x, y: point.y + y })),
        keypoints: source.keypoints
          ?.slice(0, 2)
          .map((point) => ({ ...point, x: point.x + x, y: point.y + y })),
      };
      const here = draw(annotator, [{ ...source, keypoints: source.keypoints?.slice(0, 2) ?? [] }], whole);
      expect(here.length).toBeGreaterThan(0);
      expect(rounded(draw(annotator, [there], whole))).toEqual(rounded(movedShape(here, x, y)));
    }),
    { numRuns: 20 },
  );
});

test("scaling a scene scales frames, through the middle of the same pixels", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), (scale) => {
      const thin = boxAnnotator({ thickness: 1 });
      const frame = (by: number) => {
        const [{ left, top, right, bottom }] = [object];
        const [shape] = draw(
          thin,
          [{ ...object, left: left * by, top: top * by, right: right * by, bottom: bottom * by }],
          { width: size.width * by, height: size.height * by },
        );
        if (shape?.kind !== "rect") throw new Error("A frame is a rectangle.");
        return [shape.x - 0.5, shape.y - 0.5, shape.width, shape.height];
      };
      expect(frame(scale)).toEqual(frame(1).map((value) => value * scale));
    }),
  );
});

test("large pictures get thicker lines, larger dots and larger letters", () => {
  const widths = [
    { width: 640, height: 480 },
    { width: 1920, height: 1080 },
    { width: 4000, height: 3000 },
  ].map((picture) => {
    const [frame] = draw(boxAnnotator(), [object], picture);
    const [dot] = draw(dotAnnotator(), [object], picture);
    const text = draw(labelAnnotator(), [object], picture).find(({ kind }) => kind === "text");
    return [
      frame?.kind === "rect" ? frame.strokeWidth : 0,
      dot?.kind === "circle" ? dot.radius : 0,
      text?.kind === "text" ? text.pixel : 0,
    ];
  });
  expect(widths).toEqual([
    [3, 4, 2],
    [5, 6, 4],
    [9, 17, 11],
  ]);
});

describe("labels", () => {
  const plates = (shapes: readonly Shape[]) =>
    shapes.filter((shape): shape is RectShape => shape.kind === "rect");

  test.each(POSITIONS)("at %s stay in the picture, whatever the box", (position) => {
    const coordinate = fc.integer({ min: -500, max: 900 });
    const boxes = fc.array(
      fc.record({ left: coordinate, top: coordinate, right: coordinate, bottom: coordinate }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(boxes, fc.integer({ min: 1, max: 500 }), (places, width) => {
        const picture = { width, height: 300 };
        const sources = places.map((place, index) => ({ ...place, class: "something", classId: index }));
        for (const plate of plates(draw(labelAnnotator({ position }), sources, picture))) {
          expect(plate.x).toBeGreaterThanOrEqual(0);
          expect(plate.y).toBeGreaterThanOrEqual(0);
          expect(plate.x + plate.width).toBeLessThanOrEqual(width);
          expect(plate.y + plate.height).toBeLessThanOrEqual(300);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("can be read on any colour: contrast is at least 4.5 to 1", () => {
    const part = fc.integer({ min: 0, max: 255 });
    const light = (hex: string) =>
      [1, 3, 5]
        .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, index) => sum + value * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
    fc.assert(
      fc.property(part, part, part, (...rgb) => {
        const plate = `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}` as const;
        const [dark = 0, bright = 0] = [light(plate), light(readableOn(plate))].sort((a, b) => a - b);
        expect((bright + 0.05) / (dark + 0.05)).toBeGreaterThan(4.5);
      }),
    );
  });

  test("list the classes of answers about the whole picture", () => {
    const classes = [
      { class: "red", classId: 0, confidence: 0.9 },
      { class: "blue", classId: 2, confidence: null },
    ];
    const shapes = labelAnnotator()(createScene(size, [], classes));
    expect(shapes.flatMap((shape) => (shape.kind === "text" ? [shape.text] : []))).toEqual([
      "red 90%",
      "blue",
    ]);
  });

  test("are left out where the text is null, and need one text for each object", () => {
    expect(draw(labelAnnotator({ text: () => null }), [object])).toEqual([]);
    expect(() => draw(labelAnnotator({ text: [] }), [object])).toThrow("one label for each of the 1");
  });
});

test("smaller masks lie over larger ones; holes are kept", () => {
  const data = new Uint8Array(size.width * size.height);
  for (let row = 10; row < 90; row++) data.fill(1, row * size.width + 10, row * size.width + 90);
  data[50 * size.width + 50] = 0;
  const large = { ...object, classId: 5, polygon: undefined, rle: encodeRle({ ...size, data }) };
  const [layer] = draw(maskAnnotator(), [object, large]);
  if (layer?.kind !== "layer") throw new Error("Masks are a layer.");
  expect(layer.shapes.map(({ fill }) => fill)).toEqual([PALETTE[5], PALETTE[1]]);
  expect(layer.shapes[0]?.kind === "polygon" && layer.shapes[0].rings).toHaveLength(2);
  const [glow] = draw(haloAnnotator(), [object]);
  expect(glow).toMatchObject({ kind: "glow", size: 40, opacity: 0.8 });
});

test("what lacks a mask, points or a place in the picture draws nothing", () => {
  const bare = { left: 500, top: 500, right: 520, bottom: 520, classId: 0 };
  for (const annotator of [
    maskAnnotator(),
    polygonAnnotator(),
    haloAnnotator(),
    vertexAnnotator(),
    edgeAnnotator(),
    blurAnnotator(),
    pixelateAnnotator(),
    heatMapAnnotator(),
  ]) {
    expect(draw(annotator, [bare])).toEqual([]);
  }
});

test("results and detections give the same scene", () => {
  const box = {
    x: 40,
    y: 40,
    width: 40,
    height: 40,
    confidence: 0.5,
    class: "cat",
    class_id: 1,
    tracker_id: 9,
  };
  const body = { image: size, predictions: [box] };
  const annotator = boxAnnotator({ colorBy: "track" });
  const fromResult = annotator(sceneOf(decodeInferenceResult(body)));
  expect(fromResult).toMatchObject([{ x: 20.5, y: 20.5, width: 40, stroke: PALETTE[9] }]);
  expect(annotator(sceneOfDetections(Detections.from(body), size))).toEqual(fromResult);
});

test("the mask of a detection is drawn", () => {
  const points = triangle;
  const body = {
    image: size,
    predictions: [
      { x: 40, y: 40, width: 40, height: 40, confidence: 0.5, class: "cat", class_id: 1, points },
    ],
  };
  const [layer] = maskAnnotator()(sceneOfDetections(Detections.from(body), size));
  expect(layer).toMatchObject({ kind: "layer", shapes: [{ kind: "polygon", fill: PALETTE[1] }] });
});

test("heat adds up over scenes, each object of one scene counts once, a new size starts anew", () => {
  const annotator = heatMapAnnotator({ radius: 2 });
  const most = (picture = size) => {
    const [shape] = draw(annotator, [object, object], picture);
    return shape?.kind === "heat" ? Math.max(...shape.visits) : 0;
  };
  expect([most(), most(), most({ width: 160, height: 200 })]).toEqual([1, 2, 1]);
});

test("colours by class, index, track, list and one for all", () => {
  const objects = [
    { class: "a", classId: 3, trackerId: 7 },
    { class: "b", classId: 0, trackerId: -1 },
  ];
  expect(chooseColors(objects, {})).toEqual([PALETTE[3], PALETTE[0]]);
  expect(chooseColors(objects, { colorBy: "index" })).toEqual([PALETTE[0], PALETTE[1]]);
  expect(chooseColors(objects, { colorBy: "track" })).toEqual([PALETTE[7], "#808080"]);
  expect(chooseColors(objects, { colorBy: [2, -1] })).toEqual([PALETTE[2], PALETTE[20]]);
  expect(chooseColors(objects, { color: "#123456" })).toEqual(["#123456", "#123456"]);
});

test.each([
  ["roundness", () => roundBoxAnnotator({ roundness: 0 })],
  ["blur", () => blurAnnotator({ size: 0 })],
  ["values", () => draw(percentageBarAnnotator({ values: [1.2] }), [object])],
  ["no confidence", () => draw(percentageBarAnnotator(), [{ ...object, confidence: null }])],
  ["a track id", () => draw(boxAnnotator({ colorBy: "track" }), [object])],
  ["above 0", () => draw(boxAnnotator(), [], { width: 0, height: 5 })],
])("bad options are refused: %s", (word, call) => {
  expect(call).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
  expect(call).toThrow(word);
});
