import type { Mask } from "./mask.ts";
import type { BoxFields, ImageDimensions, Point } from "./results.ts";

/** Area inside a polygon (shoelace), without sign; parts of a polygon that crosses itself cancel out. */
export function polygonArea(points: readonly Point[]): number {
  let twice = 0;
  let previous = points.at(-1);
  for (const point of points) {
    if (previous !== undefined) twice += previous.x * point.y - point.x * previous.y;
    previous = point;
  }
  return Math.abs(twice) / 2;
}

/** Smallest box around a polygon, `x`, `y` its **top left** corner; all 0 for no points. */
export function polygonBox(points: readonly Point[]): BoxFields {
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return left > right
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * The pixels inside a polygon (or several rings): those whose centre is inside by the even-odd rule, where pixel (0, 0)
 * covers the square from 0 to 1. Parts outside of the picture are cut off.
 */
export function polygonMask(rings: readonly (readonly Point[])[], { width, height }: ImageDimensions): Mask {
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const crossings = rings.flatMap((ring) => crossingsAt(ring, row + 0.5)).sort((a, b) => a - b);
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const from = Math.max(0, Math.ceil((crossings[index] ?? 0) - 0.5));
      const to = Math.min(width, Math.ceil((crossings[index + 1] ?? 0) - 0.5));
      if (to > from) data.fill(1, row * width + from, row * width + to);
    }
  }
  return { width, height, data };
}

function crossingsAt(ring: readonly Point[], y: number): number[] {
  const found: number[] = [];
  let from = ring.at(-1);
  for (const to of ring) {
    if (from !== undefined && from.y <= y !== to.y <= y) {
      found.push(from.x + ((y - from.y) * (to.x - from.x)) / (to.y - from.y));
    }
    from = to;
  }
  return found;
}
