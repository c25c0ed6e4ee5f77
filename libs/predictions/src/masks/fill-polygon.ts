import type { Mask } from "../mask.ts";
import type { BoxFields, ImageDimensions, Point } from "../results.ts";
import { drawLine } from "./draw-line.ts";
import { fillEdges } from "./fill-edges.ts";
import { EMPTY_PATCH, type Patch } from "./patch.ts";
import { PolygonEdges } from "./polygon-edges.ts";

/** Vertices in whole pixels; a ring of one or two vertices covers its point or line. */
export type Rings = readonly (readonly Point[])[];

/** Rows of a picture. */
export interface RowRange {
  readonly from: number;
  /** The first row behind. */
  readonly to: number;
}

/**
 * The pixels of a polygon, or of several rings together: those inside by the even-odd rule and those under the outline, bit
 * for bit as OpenCV's `fillPoly` does (`LINE_8`).
 */
export function fillPolygon(rings: Rings, size: ImageDimensions): Patch {
  const { x: left, y: top, width, height } = boxInPicture(rings, size);
  if (width === 0) return EMPTY_PATCH;
  const patch = { left, top, width, height, data: new Uint8Array(width * height) };
  cover(rings, size, patch);
  return patch;
}

/**
 * The same into a bitmap that is there.
 *
 * @returns the rows from the highest to the lowest vertex
 */
export function paintPolygon(rings: Rings, bitmap: Mask): RowRange {
  const { y, height } = boxInPicture(rings, bitmap);
  if (height > 0) cover(rings, bitmap, { left: 0, top: 0, ...bitmap });
  return { from: y, to: y + height };
}

/** @param patch must hold every vertex that is in the picture */
function cover(rings: Rings, { width, height }: ImageDimensions, patch: Patch): void {
  const edges = new PolygonEdges();
  for (const ring of rings) {
    let from = ring.at(-1);
    for (const to of ring) {
      if (from !== undefined) {
        drawLine(patch, from.x, from.y, to.x, to.y, width, height);
        edges.add(from.x, from.y, to.x, to.y, width, height);
      }
      from = to;
    }
  }
  fillEdges(patch, edges);
}

/** The part of the picture that holds all vertices in it; all 0 when there is none. */
function boxInPicture(rings: Rings, { width, height }: ImageDimensions): BoxFields {
  let [left, top] = [width, height];
  let [right, bottom] = [-1, -1];
  for (const ring of rings) {
    for (const { x, y } of ring) {
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  left = Math.max(0, left);
  top = Math.max(0, top);
  const size = { width: Math.min(right + 1, width) - left, height: Math.min(bottom + 1, height) - top };
  if (!(size.width > 0 && size.height > 0)) return { x: 0, y: 0, width: 0, height: 0 };
  return { x: left, y: top, ...size };
}
