import type { Patch } from "./patch.ts";
import { ONE_PIXEL, type PolygonEdges } from "./polygon-edges.ts";

/**
 * Covers the pixels between every second pair of edges (even-odd), row by row: from the first pixel that begins at or behind
 * an edge to the last one that begins before or at the next edge.
 *
 * @param patch must hold every pixel of the polygon that is in the picture
 */
export function fillEdges(patch: Patch, edges: PolygonEdges): void {
  const { fromRow, toRow, x, dx } = edges;
  const order = edges.fromTheTop();
  /** Edges that cross the row, from left to right, and where. */
  const active = new Int32Array(edges.count);
  const crossings = new Float64Array(edges.count);
  let count = 0;
  let waiting = 0;
  const endRow = patch.top + patch.height;
  for (let row = patch.top; row < endRow; row++) {
    let kept = 0;
    for (let index = 0; index < count; index++) {
      const edge = active[index] ?? 0;
      if ((toRow[edge] ?? 0) > row) active[kept++] = edge;
    }
    count = kept;
    for (; waiting < order.length; waiting++) {
      const edge = order[waiting] ?? 0;
      if ((fromRow[edge] ?? 0) > row) break;
      if ((toRow[edge] ?? 0) > row) active[count++] = edge;
    }
    for (let index = 0; index < count; index++) {
      const edge = active[index] ?? 0;
      const crossing = (x[edge] ?? 0) + (row - (fromRow[edge] ?? 0)) * (dx[edge] ?? 0);
      let place = index;
      for (; place > 0 && (crossings[place - 1] ?? 0) > crossing; place--) {
        crossings[place] = crossings[place - 1] ?? 0;
        active[place] = active[place - 1] ?? 0;
      }
      crossings[place] = crossing;
      active[place] = edge;
    }
    for (let index = 0; index + 1 < count; index += 2) {
      coverRow(patch, row, crossings[index] ?? 0, crossings[index + 1] ?? 0);
    }
  }
}

function coverRow({ data, left, top, width }: Patch, row: number, from: number, to: number): void {
  const first = Math.max(0, Math.ceil(from / ONE_PIXEL) - left);
  const end = Math.min(width, Math.floor(to / ONE_PIXEL) + 1 - left);
  const start = (row - top) * width;
  if (first < end) data.fill(1, start + first, start + end);
}
