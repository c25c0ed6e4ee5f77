import type { Point } from "@inference-ts/predictions";
import {
  type CircleShape,
  type DisplayList,
  isPixelShape,
  type PixelShape,
  type PolygonShape,
  type PolylineShape,
  type RectShape,
  type Shape,
  type TextShape,
} from "../display-list.ts";
import { textRects } from "../glyphs.ts";
import { type Color, parseColor } from "../palette.ts";
import { type Area, cover } from "./cover.ts";
import { glow } from "./glow.ts";
import { heat } from "./heat.ts";
import { mix, type Pixels } from "./pixels.ts";
import { crispLine, strokeArea } from "./stroke.ts";
import { blur, pixelate } from "./veil.ts";

/** How edges are drawn. */
export interface PixelOptions {
  /** Whether pixels at edges are covered in part. Default true; without it every pixel has one of the given colours. */
  readonly smooth?: boolean | undefined;
}

/** Draws a display list on pixels, in place. */
export function drawOnPixels(picture: Pixels, list: DisplayList, options: PixelOptions = {}): void {
  for (const shape of list.shapes) drawShape(picture, shape, options.smooth ?? true);
}

/** Does what a shape says that needs the picture's own pixels, in place. */
export function changePixels(picture: Pixels, shape: PixelShape): void {
  if (shape.kind === "glow") glow(picture, shape);
  else if (shape.kind === "heat") heat(picture, shape);
  else if (shape.kind === "blur") blur(picture, shape);
  else pixelate(picture, shape);
}

function drawShape(picture: Pixels, shape: Shape, smooth: boolean): void {
  if (isPixelShape(shape)) changePixels(picture, shape);
  else if (shape.kind === "layer") drawLayer(picture, shape.shapes, shape.opacity, smooth);
  else if (shape.kind === "text") drawText(picture, shape, smooth);
  else drawVector(picture, shape, smooth);
}

function drawText(picture: Pixels, { text, x, y, pixel, color }: TextShape, smooth: boolean): void {
  for (const [left, top, width, height] of textRects(text, x, y, pixel)) {
    drawVector(picture, { kind: "rect", x: left, y: top, width, height, fill: color }, smooth);
  }
}

/** Draws over a copy, then mixes the copy in. */
function drawLayer(picture: Pixels, shapes: readonly Shape[], opacity: number, smooth: boolean): void {
  // Not spread: the sizes of an `ImageData` are no properties of its own.
  const copy: Pixels = { width: picture.width, height: picture.height, data: picture.data.slice() };
  for (const shape of shapes) drawShape(copy, shape, smooth);
  const { data } = picture;
  for (let at = 0; at < data.length; at++) {
    const [under, over] = [data[at] ?? 0, copy.data[at] ?? 0];
    if (under !== over) data[at] = (1 - opacity) * under + opacity * over;
  }
}

type LineShape = RectShape | PolygonShape | PolylineShape | CircleShape;

function drawVector(picture: Pixels, shape: LineShape, smooth: boolean): void {
  const { fill, fillOpacity = 1, stroke, strokeWidth = 1 } = shape;
  if (fill !== undefined) {
    const area: Area =
      shape.kind === "circle"
        ? { rings: [], discs: [shape], rule: "evenodd" }
        : { rings: linesOf(shape), discs: [], rule: "evenodd" };
    fillArea(picture, area, fill, fillOpacity, smooth);
  }
  if (stroke === undefined) return;
  const closed = shape.kind !== "polyline";
  if (!smooth) {
    const lines = shape.kind === "circle" ? [circleCorners(shape, strokeWidth)] : linesOf(shape);
    fillPixels(picture, crispLine(lines, strokeWidth, closed, picture), stroke);
    return;
  }
  const area =
    shape.kind === "circle"
      ? circleLine(shape, strokeWidth)
      : strokeArea(linesOf(shape), strokeWidth, closed);
  fillArea(picture, area, stroke, 1, true);
}

/** Degrees between the corners by which a thick circle without smooth edges is drawn, up to a radius; those of OpenCV. */
const CORNER_STEPS: readonly (readonly [belowRadius: number, degrees: number])[] = [
  [3, 90],
  [10, 30],
  [15, 18],
];

function circleCorners({ x, y, radius }: CircleShape, width: number): readonly Point[] {
  const step = width > 1 ? (CORNER_STEPS.find(([below]) => radius < below)?.[1] ?? 5) : 5;
  return Array.from({ length: 360 / step }, (_, index) => {
    const angle = (index * step * Math.PI) / 180;
    return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
  });
}

function fillPixels({ data }: Pixels, pixels: Iterable<number>, color: Color): void {
  const [red, green, blue, alpha] = parseColor(color);
  for (const pixel of pixels) mix(data, pixel, red, green, blue, alpha / 255);
}

function circleLine({ x, y, radius }: CircleShape, width: number): Area {
  const discs = [radius + width / 2, radius - width / 2].filter((one) => one > 0);
  return { rings: [], discs: discs.map((one) => ({ x, y, radius: one })), rule: "evenodd" };
}

function linesOf(shape: Exclude<LineShape, CircleShape>): readonly (readonly Point[])[] {
  if (shape.kind === "polygon") return shape.rings;
  if (shape.kind === "polyline") return [shape.points];
  const { x, y, width, height } = shape;
  return [
    [
      { x, y },
      { x: x + width, y },
      { x: x + width, y: y + height },
      { x, y: y + height },
    ],
  ];
}

/** Mixes a colour into the pixels that an area covers. */
function fillArea(picture: Pixels, area: Area, color: Color, opacity: number, smooth: boolean): void {
  const [red, green, blue, alpha] = parseColor(color);
  const full = (opacity * alpha) / 255;
  cover(area, picture.width, picture.height, smooth, (row, from, to, share) => {
    const start = row * picture.width;
    for (let x = from; x < to; x++) mix(picture.data, start + x, red, green, blue, share * full);
  });
}
