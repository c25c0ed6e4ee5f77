import { Detections, InstanceMask } from "@inference-ts/predictions";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Shape } from "../display-list.ts";
import { POSITIONS } from "../position.ts";
import { sceneOfDetections } from "../scene-of-detections.ts";
import {
  type Annotator,
  boxAnnotator,
  boxCornerAnnotator,
  circleAnnotator,
  compose,
  dotAnnotator,
  edgeAnnotator,
  labelAnnotator,
  maskAnnotator,
  polygonAnnotator,
  triangleAnnotator,
  vertexAnnotator,
} from "./index.ts";

/** Room enough for what is drawn, moved and scaled, so that nothing is cut off or pushed back inside. */
const SIDE = 500;
const picture = { width: SIDE, height: SIDE };
const thickness = 3;

/** What is drawn at fixed sizes, so that a place alone decides where it is. */
const DRAWN: Readonly<Record<string, Annotator>> = {
  boxes: boxAnnotator({ thickness }),
  corners: boxCornerAnnotator({ thickness, cornerLength: 5 }),
  circles: circleAnnotator({ thickness }),
  masks: maskAnnotator(),
  polygons: polygonAnnotator({ thickness }),
  "key points": vertexAnnotator({ radius: 2 }),
  bones: edgeAnnotator({ thickness, skeleton: [["a", "b"]] }),
  triangles: triangleAnnotator({ base: 8, height: 8 }),
  labels: labelAnnotator({ textPixel: 1, padding: 1 }),
  ...Object.fromEntries(
    POSITIONS.flatMap((position) => [
      [`dots at ${position}`, dotAnnotator({ position, radius: 2 })],
      [`labels at ${position}`, labelAnnotator({ position, textPixel: 1, padding: 1, overflow: "cut" })],
    ]),
  ),
};

const even = (min: number, max: number) => fc.integer({ min: min / 2, max: max / 2 }).map((half) => half * 2);

/** Objects in the middle of the picture; even numbers, so that the middle of two of them is a whole one. */
const things = fc.array(
  fc.record({
    x: even(60, 110),
    y: even(60, 110),
    width: even(8, 40),
    height: even(8, 40),
    classId: fc.nat(3),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    bitmap: fc.uint8Array({ minLength: 36, maxLength: 36 }).map((data) => data.map((value) => value % 2)),
    points: fc.tuple(even(60, 150), even(60, 150), even(60, 150), even(60, 150)),
  }),
  { minLength: 1, maxLength: 4 },
);

const detectionsOf = things.map((items) =>
  Detections.fromColumns({
    boxes: items.map(({ x, y, width, height }) => [x, y, x + width, y + height]),
    classId: Int32Array.from(items, ({ classId }) => classId),
    classNames: items.map(({ classId }) => `class ${classId}`),
    confidence: Float64Array.from(items, ({ confidence }) => confidence),
    masks: items.map(({ x, y, bitmap }) =>
      InstanceMask.fromBitmap({ width: 6, height: 6, data: bitmap }).move(x, y, picture),
    ),
    keypoints: items.map(({ points: [x1, y1, x2, y2] }) => [
      { x: x1, y: y1, confidence: 1, class: "a", class_id: 0 },
      { x: x2, y: y2, confidence: 1, class: "b", class_id: 1 },
    ]),
    image: picture,
  }),
);

const draw = (annotator: Annotator, detections: Detections, size = picture) =>
  compose(sceneOfDetections(detections, size), [annotator]).shapes;

/** Shapes with every place and every length changed; line widths, radii of dots and sizes of letters stay. */
function changed(part: unknown, place: (value: number, axis: "x" | "y") => number, length = 1): unknown {
  if (Array.isArray(part)) return part.map((item) => changed(item, place, length));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]: [string, unknown]) => {
      if (typeof value !== "number") return [key, changed(value, place, length)];
      if (key === "x" || key === "y") return [key, place(value, key)];
      return [key, key === "width" || key === "height" ? value * length : value];
    }),
  );
}

/** The pixel that `pixel` becomes when each becomes `factor` of them; places of lines are middles of pixels. */
const scaledMiddle = (factor: number) => (value: number) => (value - 0.5) * factor + 0.5;

/** Numbers of shapes, in their order. */
function numbersOf(part: unknown): number[] {
  if (typeof part === "number") return [part];
  return typeof part === "object" && part !== null ? Object.values(part).flatMap(numbersOf) : [];
}

describe("moving detections moves the drawing", () => {
  test.each(Object.entries(DRAWN))("%s", (_, annotator) => {
    const shift = fc.integer({ min: -20, max: 250 });
    fc.assert(
      fc.property(detectionsOf, shift, shift, (detections, byX, byY) => {
        const moved = draw(annotator, detections.move(byX, byY));
        const expected = changed(draw(annotator, detections), (value, axis) =>
          axis === "x" ? value + byX : value + byY,
        );
        expect(rounded(moved)).toEqual(rounded(expected));
      }),
      { numRuns: 25 },
    );
  });
});

describe("bringing detections to a picture some times as large does it to the drawing", () => {
  const factors = fc.integer({ min: 2, max: 3 });
  const at = (factor: number) => ({ width: SIDE * factor, height: SIDE * factor });
  const holds = (
    annotator: Annotator,
    check: (large: readonly Shape[], small: readonly Shape[], factor: number) => void,
  ) =>
    fc.assert(
      fc.property(detectionsOf, factors, (detections, factor) => {
        const large = draw(annotator, detections.resize(at(factor)), at(factor));
        check(large, draw(annotator, detections), factor);
      }),
      { numRuns: 12 },
    );

  const atMiddles = ["boxes", "key points", "bones", ...POSITIONS.map((position) => `dots at ${position}`)];
  test.each(atMiddles.filter((name) => name !== "dots at center-of-mass"))("%s", (name) => {
    holds(DRAWN[name] ?? boxAnnotator(), (large, small, factor) => {
      expect(rounded(large)).toEqual(rounded(changed(small, scaledMiddle(factor), factor)));
    });
  });

  test("masks, whose lines are edges of pixels", () => {
    holds(maskAnnotator(), (large, small, factor) => {
      expect(large).toEqual(changed(small, (value) => value * factor));
    });
  });

  test("polygons, whose lines go through the outermost of the pixels that one becomes", () => {
    holds(polygonAnnotator({ thickness }), (large, small, factor) => {
      const expected = numbersOf(changed(small, scaledMiddle(factor)));
      const found = numbersOf(large);
      expect(found).toHaveLength(expected.length);
      const worst = Math.max(0, ...found.map((value, index) => Math.abs(value - (expected[index] ?? 0))));
      expect(worst).toBeLessThanOrEqual(factor - 1);
    });
  });

  test("labels, which hang on a corner of their boxes", () => {
    holds(labelAnnotator({ textPixel: 1, padding: 1, overflow: "cut" }), (large, small, factor) => {
      const plates = (shapes: readonly Shape[]) => shapes.filter((shape) => shape.kind === "rect");
      const hangsOn = plates(small).map(({ x, y, width, height }) => {
        return { x: x * factor, bottom: (y + height - 1) * factor + 1, width };
      });
      expect(plates(large).map(({ x, y, width, height }) => ({ x, bottom: y + height, width }))).toEqual(
        hangsOn,
      );
    });
  });
});

test("boxes about their centres grow in the drawing about their centres, and nothing else changes", () => {
  const factors = fc.constantFrom(0.5, 2, 3);
  fc.assert(
    fc.property(detectionsOf, factors, (detections, factor) => {
      const frames = (some: Detections) => numbersOf(draw(boxAnnotator({ thickness }), some));
      const [small, large] = [frames(detections), frames(detections.scale(factor))];
      for (let at = 0; at < small.length; at += 5) {
        const [x = 0, y = 0, width = 0, height = 0, strokeWidth] = small.slice(at, at + 5);
        const left = x - 0.5 + width / 2 - (width * factor) / 2;
        const top = y - 0.5 + height / 2 - (height * factor) / 2;
        const [right, bottom] = [left + width * factor, top + height * factor];
        const whole = [left, top, right, bottom].map(Math.trunc);
        const [wholeLeft = 0, wholeTop = 0, wholeRight = 0, wholeBottom = 0] = whole;
        expect(large.slice(at, at + 5)).toEqual([
          ...[wholeLeft + 0.5, wholeTop + 0.5, wholeRight - wholeLeft, wholeBottom - wholeTop],
          strokeWidth,
        ]);
      }
      for (const name of ["masks", "polygons", "key points", "bones", "dots at center"]) {
        const annotator = DRAWN[name] ?? boxAnnotator();
        expect(draw(annotator, detections.scale(factor))).toEqual(draw(annotator, detections));
      }
    }),
    { numRuns: 25 },
  );
});

function rounded(shapes: unknown): unknown {
  const short = (value: unknown) => (typeof value === "number" ? Math.round(value * 1e6) / 1e6 : value);
  return JSON.parse(JSON.stringify(shapes, (_, value: unknown) => short(value)));
}
