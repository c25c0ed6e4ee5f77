import { InvalidParameterError } from "@inference-ts/errors";
import {
  type DisplayList,
  isPixelShape,
  type LayerShape,
  type PixelShape,
  type VectorShape,
} from "./display-list.ts";
import { textRects } from "./glyphs.ts";
import type { Pixels } from "./pixels/pixels.ts";

/** The part of a 2D context that is used: a browser's, an OffscreenCanvas', or that of any canvas package for Node. */
export interface Canvas2D {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  globalAlpha: number;
  lineJoin: unknown;
  lineCap: unknown;
  save(): void;
  restore(): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  arc(x: number, y: number, radius: number, start: number, end: number): void;
  fill(rule?: "evenodd"): void;
  stroke(): void;
  clip(rule?: "evenodd"): void;
  /** Only for blurs, squares, glows and heat maps. */
  getImageData?(x: number, y: number, width: number, height: number): Pixels;
  /** Only for blurs, squares, glows and heat maps. */
  putImageData?(pixels: Pixels, x: number, y: number): void;
}

/** Changes the pixels of a picture as a shape says. */
export type ChangePixels = (picture: Pixels, shape: PixelShape) => void;

/**
 * Draws a display list with the context's current transform; the context's state is left as it was. Blurs, squares, glows
 * and heat maps change the pixels themselves: they need a context without transform, and that no picture of another
 * origin was drawn on it.
 *
 * @param changePixels what changes pixels: the function of this name; without it nothing of it has to be loaded
 * @throws InvalidParameterError when the list changes pixels and `changePixels` or the context's `getImageData` is missing
 */
export function drawOnCanvas(context: Canvas2D, list: DisplayList, changePixels?: ChangePixels): void {
  for (const shape of list.shapes) {
    if (isPixelShape(shape)) drawPixels(context, shape, list, changePixels);
    else if (shape.kind === "layer") drawLayer(context, shape, list);
    else drawVector(context, shape);
  }
}

function drawVector(context: Canvas2D, shape: Exclude<VectorShape, LayerShape>): void {
  context.save();
  context.lineJoin = "round";
  context.lineCap = "round";
  context.beginPath();
  trace(context, shape);
  paint(context, shape);
  context.restore();
}

/** Each shape is filled outside of those above it, so that no place is filled twice. */
function drawLayer(context: Canvas2D, { shapes, opacity }: LayerShape, { width, height }: DisplayList): void {
  const boxes = shapes.map(boxOf);
  for (const [index, shape] of shapes.entries()) {
    context.save();
    const own = boxes[index];
    for (const [at, above] of shapes.entries()) {
      const other = boxes[at];
      if (at <= index || own === undefined || other === undefined || !meet(own, other)) continue;
      context.beginPath();
      context.rect(0, 0, width, height);
      trace(context, above);
      context.clip("evenodd");
    }
    drawVector(context, { ...shape, fillOpacity: opacity });
    context.restore();
  }
}

type Extent = readonly [left: number, top: number, right: number, bottom: number];

function boxOf(shape: LayerShape["shapes"][number]): Extent {
  if (shape.kind === "rect") return [shape.x, shape.y, shape.x + shape.width, shape.y + shape.height];
  const far = Number.POSITIVE_INFINITY;
  let box: Extent = [far, far, -far, -far];
  for (const { x, y } of shape.rings.flat()) {
    box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
  }
  return box;
}

function meet(a: Extent, b: Extent): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function drawPixels(
  context: Canvas2D,
  shape: PixelShape,
  { width, height }: DisplayList,
  changePixels: ChangePixels | undefined,
): void {
  if (changePixels === undefined) {
    throw new InvalidParameterError(
      `A ${shape.kind} needs the argument changePixels, which is exported too.`,
    );
  }
  const pixels = context.getImageData?.(0, 0, width, height);
  if (pixels === undefined || context.putImageData === undefined) {
    throw new InvalidParameterError(
      `A ${shape.kind} changes pixels, and this canvas has no getImageData and putImageData.`,
    );
  }
  changePixels(pixels, shape);
  context.putImageData(pixels, 0, 0);
}

function trace(context: Canvas2D, shape: Exclude<VectorShape, LayerShape>): void {
  switch (shape.kind) {
    case "rect":
      context.rect(shape.x, shape.y, shape.width, shape.height);
      return;
    case "circle":
      context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
      return;
    case "polyline":
      line(context, shape.points);
      return;
    case "polygon":
      for (const ring of shape.rings) {
        line(context, ring);
        context.closePath();
      }
      return;
    case "text":
      for (const rect of textRects(shape.text, shape.x, shape.y, shape.pixel)) context.rect(...rect);
  }
}

function line(context: Canvas2D, points: readonly { readonly x: number; readonly y: number }[]): void {
  for (const [index, { x, y }] of points.entries()) {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}

function paint(context: Canvas2D, shape: Exclude<VectorShape, LayerShape>): void {
  const {
    fill,
    fillOpacity = 1,
    stroke,
    strokeWidth = 1,
  } = shape.kind === "text" ? { fill: shape.color } : shape;
  if (fill !== undefined) {
    context.fillStyle = fill;
    context.globalAlpha = fillOpacity;
    context.fill("evenodd");
  }
  if (stroke !== undefined) {
    context.globalAlpha = 1;
    context.strokeStyle = stroke;
    context.lineWidth = strokeWidth;
    context.stroke();
  }
}
