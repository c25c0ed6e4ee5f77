import { InvalidParameterError } from "@inference-ts/errors";
import type { ImageDimensions, Point } from "../results.ts";

/**
 * Boxes as corners, four numbers a box: x_min, y_min, x_max, y_max in pixels. No function here repairs a box whose corners
 * are the wrong way round, and none changes its argument.
 */
export type Boxes = Float64Array;

/** One box as corners: `[x_min, y_min, x_max, y_max]`. */
export type BoxCorners = readonly [xMin: number, yMin: number, xMax: number, yMax: number];

type Corners = [number, number, number, number];

/** Boxes from any list of four numbers each; a flat list is copied. */
export function toBoxes(boxes: Iterable<readonly number[]> | Float64Array): Boxes {
  const flat = boxes instanceof Float64Array ? boxes.slice() : Float64Array.from([...boxes].flat());
  if (flat.length % 4 !== 0) {
    throw new InvalidParameterError(`A box has four numbers, got ${flat.length} numbers in all.`);
  }
  return flat;
}

/** One box of many. */
export function boxAt(boxes: Boxes, index: number): BoxCorners {
  const at = index * 4;
  return [boxes[at] ?? 0, boxes[at + 1] ?? 0, boxes[at + 2] ?? 0, boxes[at + 3] ?? 0];
}

/** The boxes as a list of lists. */
export function boxList(boxes: Boxes): BoxCorners[] {
  return Array.from({ length: boxes.length / 4 }, (_, index) => boxAt(boxes, index));
}

function mapBoxes(boxes: Boxes, map: (...box: BoxCorners) => Corners): Boxes {
  const mapped = new Float64Array(boxes.length);
  for (let at = 0; at < boxes.length; at += 4) mapped.set(map(...boxAt(boxes, at / 4)), at);
  return mapped;
}

/** Corners to `x_min, y_min, width, height`. */
export function cornersToXywh(boxes: Boxes): Float64Array {
  return mapBoxes(boxes, (x1, y1, x2, y2) => [x1, y1, x2 - x1, y2 - y1]);
}

/** `x_min, y_min, width, height` to corners. */
export function xywhToCorners(boxes: Float64Array): Boxes {
  return mapBoxes(boxes, (x, y, width, height) => [x, y, x + width, y + height]);
}

/** Corners to `x, y, width, height` with the centre, as servers write boxes. */
export function cornersToCentres(boxes: Boxes): Float64Array {
  return mapBoxes(boxes, (x1, y1, x2, y2) => [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1]);
}

/** `x, y, width, height` with the centre to corners. */
export function centresToCorners(boxes: Float64Array): Boxes {
  return mapBoxes(boxes, (x, y, width, height) => {
    const [left, top] = [x - width / 2, y - height / 2];
    return [left, top, left + width, top + height];
  });
}

/** Corners to `x, y, aspect ratio, height` with the centre, as trackers want them; the ratio is 0 for a height of 0. */
export function cornersToCentresWithRatio(boxes: Boxes): Float64Array {
  return mapBoxes(boxes, (x1, y1, x2, y2) => {
    const [width, height] = [x2 - x1, y2 - y1];
    return [x1 + width / 2, y1 + height / 2, height === 0 ? 0 : width / height, height];
  });
}

/** The four corner points of each box, clockwise from the top left. */
export function boxPolygons(boxes: Boxes): Point[][] {
  return boxList(boxes).map(([x1, y1, x2, y2]) => [
    { x: x1, y: y1 },
    { x: x2, y: y1 },
    { x: x2, y: y2 },
    { x: x1, y: y2 },
  ]);
}

/** Boxes cut to a picture; a far edge may equal the width or height. */
export function clipBoxes(boxes: Boxes, { width, height }: ImageDimensions): Boxes {
  const clip = (value: number, end: number) => Math.min(Math.max(value, 0), end);
  return mapBoxes(boxes, (x1, y1, x2, y2) => [
    clip(x1, width),
    clip(y1, height),
    clip(x2, width),
    clip(y2, height),
  ]);
}

/** Boxes grown by `byX` pixels on the left and right and `byY` (default `byX`) above and below; negative numbers shrink. */
export function padBoxes(boxes: Boxes, byX: number, byY: number = byX): Boxes {
  return mapBoxes(boxes, (x1, y1, x2, y2) => [x1 - byX, y1 - byY, x2 + byX, y2 + byY]);
}

/** Boxes with sides times `factor`, about their centres. */
export function scaleBoxes(boxes: Boxes, factor: number): Boxes {
  return mapBoxes(boxes, (x1, y1, x2, y2) => {
    const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
    const [halfWidth, halfHeight] = [((x2 - x1) * factor) / 2, ((y2 - y1) * factor) / 2];
    return [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight];
  });
}

/** Boxes shifted by pixels. */
export function moveBoxes(boxes: Boxes, byX: number, byY: number): Boxes {
  return mapBoxes(boxes, (x1, y1, x2, y2) => [x1 + byX, y1 + byY, x2 + byX, y2 + byY]);
}

/**
 * Boxes in parts of a picture to pixels.
 *
 * @param whole the number that stands for the whole width or height, default 1
 */
export function denormalizeBoxes(boxes: Boxes, { width, height }: ImageDimensions, whole = 1): Boxes {
  return mapBoxes(boxes, (x1, y1, x2, y2) => [
    (x1 * width) / whole,
    (y1 * height) / whole,
    (x2 * width) / whole,
    (y2 * height) / whole,
  ]);
}

/** Width times height of each box; negative when one pair of corners is the wrong way round. */
export function boxAreas(boxes: Boxes): Float64Array {
  return Float64Array.from({ length: boxes.length / 4 }, (_, index) => {
    const [x1, y1, x2, y2] = boxAt(boxes, index);
    return (x2 - x1) * (y2 - y1);
  });
}

/** Width divided by height of each box; `NaN` for a height of 0. */
export function boxAspectRatios(boxes: Boxes): Float64Array {
  return Float64Array.from({ length: boxes.length / 4 }, (_, index) => {
    const [x1, y1, x2, y2] = boxAt(boxes, index);
    return y2 === y1 ? Number.NaN : (x2 - x1) / (y2 - y1);
  });
}

/** A place of a box, of a mask for `center-of-mass`. */
export type Anchor =
  | "center"
  | "center-left"
  | "center-right"
  | "top-center"
  | "top-left"
  | "top-right"
  | "bottom-left"
  | "bottom-center"
  | "bottom-right";

/** Where each anchor is: parts of the width and of the height. */
const ANCHORS: { readonly [anchor in Anchor]: readonly [x: number, y: number] } = {
  center: [0.5, 0.5],
  "center-left": [0, 0.5],
  "center-right": [1, 0.5],
  "top-center": [0.5, 0],
  "top-left": [0, 0],
  "top-right": [1, 0],
  "bottom-left": [0, 1],
  "bottom-center": [0.5, 1],
  "bottom-right": [1, 1],
};

/** A place of each box. */
export function boxAnchors(boxes: Boxes, anchor: Anchor): Point[] {
  const [partX, partY] = ANCHORS[anchor];
  const between = (from: number, to: number, part: number) =>
    part === 0 ? from : part === 1 ? to : (from + to) / 2;
  return boxList(boxes).map(([x1, y1, x2, y2]) => ({ x: between(x1, x2, partX), y: between(y1, y2, partY) }));
}
