import { InvalidParameterError } from "@inference-ts/errors";
import type { Point } from "../results.ts";
import type { Patch } from "./patch.ts";
import { isStretchCovered } from "./stretch-covered.ts";

interface Vertex {
  readonly point: Point;
  readonly next: { vertex: Vertex | null };
}

interface Seam {
  readonly from: number;
  readonly to: Vertex;
}

/**
 * One closed polygon of an outer outline and its holes: each hole is joined to what is there already by a seam that is walked out
 * and back over covered pixels. The filled area leaves the holes out, by the even-odd and by the non-zero rule.
 *
 * @param patch the covered pixels, for the way of the seams
 * @throws InvalidParameterError when no straight seam over covered pixels leads to a hole
 */
export function bridgeHoles(
  patch: Patch,
  outer: readonly Point[],
  holes: readonly (readonly Point[])[],
): Point[] {
  const attached = linked(outer);
  let waiting = holes.map((hole) => ({ hole, tried: 0 }));
  while (waiting.length > 0) {
    // A hole may be within reach only from one that is attached later; what it was not before, it never will be.
    const unreached = waiting.flatMap(({ hole, tried }) =>
      attach(patch, hole, attached, tried) ? [] : [{ hole, tried: attached.length }],
    );
    if (unreached.length === waiting.length) refuseSeam();
    waiting = unreached;
  }
  const polygon: Point[] = [];
  for (let vertex = attached[0] ?? null; vertex !== null; vertex = vertex.next.vertex)
    polygon.push(vertex.point);
  return polygon;
}

function linked(points: readonly Point[]): Vertex[] {
  const vertices = points.map((point): Vertex => ({ point, next: { vertex: null } }));
  for (const [index, vertex] of vertices.entries()) vertex.next.vertex = vertices[index + 1] ?? null;
  return vertices;
}

/** Joins a hole to what is attached, but for the vertices tried already; `false` when no seam leads there. */
function attach(patch: Patch, hole: readonly Point[], attached: Vertex[], tried: number): boolean {
  const seam = shortestSeam(patch, hole, tried === 0 ? attached : attached.slice(tried));
  if (seam === null) return false;
  const { from, to } = seam;
  const way = linked([...hole.slice(from), ...hole.slice(0, from + 1), to.point]);
  const [first, last] = [way[0], way.at(-1)];
  if (first === undefined || last === undefined) return false;
  last.next.vertex = to.next.vertex;
  to.next.vertex = first;
  // The way back ends in copies of vertices that are attached already.
  for (const vertex of way.slice(0, -2)) attached.push(vertex);
  return true;
}

/** The shortest seam over covered pixels from a hole to an attached vertex; of equally short ones the one attached last. */
function shortestSeam(patch: Patch, hole: readonly Point[], attached: readonly Vertex[]): Seam | null {
  let best: Seam | null = null;
  let shortest = Number.POSITIVE_INFINITY;
  // What was attached last is near as a rule, and rules out most of the rest by its distance.
  const latest = [...attached].reverse();
  for (const [from, { x, y }] of hole.entries()) {
    for (const to of latest) {
      const squaredLength = (to.point.x - x) ** 2 + (to.point.y - y) ** 2;
      if (squaredLength >= shortest || !isStretchCovered(patch, { x, y }, to.point)) continue;
      best = { from, to };
      shortest = squaredLength;
    }
  }
  return best;
}

function refuseSeam(): never {
  throw new InvalidParameterError(
    "A hole of a mask cannot be joined to the outline around it: no straight line over covered pixels leads there.",
    { hint: "Simplify less, or export COCO, which writes masks with holes as run lengths." },
  );
}
