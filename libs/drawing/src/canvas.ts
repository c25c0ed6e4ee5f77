import type { DisplayList, Shape } from "./display-list.ts";
import { textRects } from "./glyphs.ts";

/** The part of a 2D context that is used: a browser's, an OffscreenCanvas', or that of any canvas package for Node. */
export interface Canvas2D {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  globalAlpha: number;
  lineJoin: unknown;
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
}

/** Draws a display list with the context's current transform; the context's state is left as it was. */
export function drawOnCanvas(context: Canvas2D, list: DisplayList): void {
  for (const shape of list.shapes) {
    context.save();
    context.lineJoin = "round";
    context.beginPath();
    trace(context, shape);
    paint(context, shape);
    context.restore();
  }
}

function trace(context: Canvas2D, shape: Shape): void {
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

function paint(context: Canvas2D, shape: Shape): void {
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
