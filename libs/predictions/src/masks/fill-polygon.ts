import type { ImageDimensions, Point } from "../results.ts";
import type { LineEnds } from "./clip-line.ts";
import { drawLine } from "./draw-line.ts";
import { fillEdges } from "./fill-edges.ts";
import { EMPTY_PATCH, type Patch } from "./patch.ts";
import { PolygonEdges } from "./polygon-edges.ts";

/**
 * The pixels of a polygon, or of several rings together: those inside by the even-odd rule and those under the outline, bit
 * for bit as OpenCV's `fillPoly` does (`LINE_8`).
 *
 * @param rings vertices in whole pixels; a ring of one or two vertices covers its point or line
 */
export function fillPolygon(rings: readonly (readonly Point[])[], { width, height }: ImageDimensions): Patch {
  const patch = patchAround(rings, width, height);
  if (patch.width === 0) return patch;
  const edges = new PolygonEdges(rings.reduce((count, ring) => count + ring.length, 0));
  for (const ring of rings) {
    let from = ring.at(-1);
    for (const to of ring) {
      if (from !== undefined) {
        const line: LineEnds = [from.x, from.y, to.x, to.y];
        drawLine(patch, line, width, height);
        edges.add(line, width, height);
      }
      from = to;
    }
  }
  fillEdges(patch, edges);
  return patch;
}

/** An empty patch that holds all vertices that are in the picture. */
function patchAround(rings: readonly (readonly Point[])[], width: number, height: number): Patch {
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
  if (!(size.width > 0 && size.height > 0)) return EMPTY_PATCH;
  return { left, top, ...size, data: new Uint8Array(size.width * size.height) };
}
