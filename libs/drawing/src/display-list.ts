import type { Point } from "@inference-ts/predictions";
import type { Color } from "./palette.ts";

/** Line and fill of a shape; what is left out is not drawn. */
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

export type Shape = RectShape | PolygonShape | PolylineShape | CircleShape | TextShape;

/** What to draw over a picture of `width` x `height` pixels, first shape lowest. */
export interface DisplayList {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}
