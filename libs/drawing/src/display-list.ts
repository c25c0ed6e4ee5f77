import type { Point } from "@inference-ts/predictions";
import type { Color } from "./palette.ts";

/** Line and fill of a shape; what is left out is not drawn. Lines end and turn round. */
export interface Style {
  readonly fill?: Color;
  /** 0..1, default 1. */
  readonly fillOpacity?: number;
  readonly stroke?: Color;
  /** Pixels of the picture. */
  readonly strokeWidth?: number;
}

/** A rectangle; `x`, `y` are the **top left** corner. */
export interface RectShape extends Style {
  readonly kind: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Closed rings, filled together by the even-odd rule, so that inner rings are holes. */
export interface PolygonShape extends Style {
  readonly kind: "polygon";
  readonly rings: readonly (readonly Point[])[];
}

/** Open lines. */
export interface PolylineShape extends Style {
  readonly kind: "polyline";
  readonly points: readonly Point[];
}

export interface CircleShape extends Style {
  readonly kind: "circle";
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** One line of text in the built-in alphabet; `x`, `y` are the top left corner of its first character. */
export interface TextShape {
  readonly kind: "text";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Pixels of the picture for one pixel of the alphabet. */
  readonly pixel: number;
  readonly color: Color;
}

/** Filled shapes that are drawn over each other first and over the picture then: where they overlap, the last one shows alone. */
export interface LayerShape {
  readonly kind: "layer";
  /** 0..1 */
  readonly opacity: number;
  readonly shapes: readonly (RectShape | PolygonShape)[];
}

/** A part of the picture made unrecognisable; whole pixels, inside the picture. */
export interface VeilShape {
  /** `blur` takes the mean of `size` x `size` pixels around each pixel, `pixelate` makes squares of `size` pixels of one colour. */
  readonly kind: "blur" | "pixelate";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture. */
  readonly size: number;
}

/** A glow around shapes, not inside of them. */
export interface GlowShape {
  readonly kind: "glow";
  /** 0..1 */
  readonly opacity: number;
  /** Reach of the glow to both sides together, pixels of the picture. */
  readonly size: number;
  readonly shapes: readonly PolygonShape[];
}

/** Places by how often they were visited. */
export interface HeatShape {
  readonly kind: "heat";
  /** Visits of every pixel of the picture, row by row from the top left. */
  readonly visits: Uint16Array;
  /** 0..1 */
  readonly opacity: number;
  /** Side of the square over which the colours are evened out, pixels of the picture. */
  readonly size: number;
  /** Colours of the most and of the least visited places: half of the hue's angle, 0 = red, 60 = green, 120 = blue. */
  readonly topHue: number;
  readonly lowHue: number;
}

/** What lines and fillings can show. */
export type VectorShape = RectShape | PolygonShape | PolylineShape | CircleShape | TextShape | LayerShape;

/** What needs the picture's own pixels. */
export type PixelShape = VeilShape | GlowShape | HeatShape;

export type Shape = VectorShape | PixelShape;

/** Whether a shape needs the picture's own pixels. */
export function isPixelShape(shape: Shape): shape is PixelShape {
  return ["blur", "pixelate", "glow", "heat"].includes(shape.kind);
}

/** What to draw over a picture of `width` x `height` pixels, first shape lowest. */
export interface DisplayList {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}
