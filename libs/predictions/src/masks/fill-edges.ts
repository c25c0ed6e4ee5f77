import type { Patch } from "./patch.ts";
import { ONE_PIXEL, type PolygonEdges } from "./polygon-edges.ts";

/**
 * Covers the pixels between every second pair of edges (even-odd), row by row: from the first pixel that begins at or behind
 * an edge to the last one that begins before or at the next edge.
 *
 * @param patch must hold every pixel of the polygon that is in the picture
 */
export function fillEdges(patch: Patch, edges: PolygonEdges): void {
  const order = edges.fromTheTop();
  const crossings = new Crossings(edges);
  const endRow = patch.top + patch.height;
  let waiting = 0;
  let row = Math.max(patch.top, edges.fromRow[order[0] ?? 0] ?? endRow);
  while (row < endRow) {
    let until = crossings.dropEnded(row, endRow);
    for (; waiting < order.length; waiting++) {
      const edge = order[waiting] ?? 0;
      const begins = edges.fromRow[edge] ?? 0;
      if (begins > row) {
        if (begins < until) until = begins;
        break;
      }
      const ends = edges.toRow[edge] ?? 0;
      // One that begins above the patch may have ended there.
      if (ends <= row) continue;
      if (ends < until) until = ends;
      crossings.begin(edge, row);
    }
    if (crossings.count === 0 && waiting === order.length) return;
    for (; row < until; row++) crossings.coverRow(patch, row);
  }
}

/** The edges that cross a row, from left to right. */
class Crossings {
  count = 0;
  readonly #edges: PolygonEdges;
  readonly #edge: number[] = [];
  /** Where each crosses the row, and how far it moves a row. */
  readonly #x: number[] = [];
  readonly #dx: number[] = [];

  constructor(edges: PolygonEdges) {
    this.#edges = edges;
  }

  begin(edge: number, row: number): void {
    const { fromRow, x, dx } = this.#edges;
    const slope = dx[edge] ?? 0;
    const at = this.count++;
    this.#edge[at] = edge;
    this.#x[at] = (x[edge] ?? 0) + (row - (fromRow[edge] ?? 0)) * slope;
    this.#dx[at] = slope;
  }

  /** Drops the edges that end before a row. Returns the first row before which another one ends, `last` at most. */
  dropEnded(row: number, last: number): number {
    const [edges, x, dx] = [this.#edge, this.#x, this.#dx];
    const { toRow } = this.#edges;
    let next = last;
    let kept = 0;
    for (let index = 0; index < this.count; index++) {
      const edge = edges[index] ?? 0;
      const ends = toRow[edge] ?? 0;
      if (ends <= row) continue;
      if (ends < next) next = ends;
      edges[kept] = edge;
      x[kept] = x[index] ?? 0;
      dx[kept] = dx[index] ?? 0;
      kept++;
    }
    this.count = kept;
    return next;
  }

  /** Covers the row and goes on to the next one. */
  coverRow(patch: Patch, row: number): void {
    const { count } = this;
    const [x, dx] = [this.#x, this.#dx];
    for (let index = 1; index < count; index++) {
      if ((x[index - 1] ?? 0) > (x[index] ?? 0)) this.#moveLeft(index);
    }
    for (let index = 0; index + 1 < count; index += 2) {
      coverSpan(patch, row, x[index] ?? 0, x[index + 1] ?? 0);
    }
    for (let index = 0; index < count; index++) x[index] = (x[index] ?? 0) + (dx[index] ?? 0);
  }

  /** Brings a crossing to its place among the ones left of it, which are in order. */
  #moveLeft(index: number): void {
    const [edges, x, dx] = [this.#edge, this.#x, this.#dx];
    const [movedEdge = 0, movedX = 0, movedDx = 0] = [edges[index], x[index], dx[index]];
    let place = index;
    for (; place > 0 && (x[place - 1] ?? 0) > movedX; place--) {
      edges[place] = edges[place - 1] ?? 0;
      x[place] = x[place - 1] ?? 0;
      dx[place] = dx[place - 1] ?? 0;
    }
    edges[place] = movedEdge;
    x[place] = movedX;
    dx[place] = movedDx;
  }
}

/** Up to here a loop takes less time than the call of `fill`. */
const SHORT_SPAN = 24;

/** Covers the pixels of a row between two crossings, both included. */
function coverSpan({ data, left, top, width }: Patch, row: number, from: number, to: number): void {
  const start = (row - top) * width - left;
  const first = start + Math.max(left, Math.ceil(from / ONE_PIXEL));
  const end = start + Math.min(left + width, Math.floor(to / ONE_PIXEL) + 1);
  if (end - first > SHORT_SPAN) data.fill(1, first, end);
  else for (let at = first; at < end; at++) data[at] = 1;
}
