import { InvalidParameterError } from "@inference-ts/errors";
import type { Point } from "../results.ts";
import type { Patch } from "./patch.ts";
import { isStretchCovered } from "./stretch-covered.ts";

/** How many of the nearest attached vertices are tried for each vertex of a hole, and then all of them. */
const NEAREST = [8, 64, Number.POSITIVE_INFINITY] as const;

interface Vertex {
  readonly point: Point;
  readonly next: { vertex: Vertex | null };
}

interface Seam {
  readonly from: number;
  readonly to: Vertex;
  readonly squaredLength: number;
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
  let waiting = holes;
  while (waiting.length > 0) {
    // A hole may be within reach only from one that is attached later.
    const unreached = waiting.filter((hole) => !attach(patch, hole, attached));
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

/** Joins a hole to what is attached; `false` when no seam leads there. */
function attach(patch: Patch, hole: readonly Point[], attached: Vertex[]): boolean {
  const seam = shortestSeam(patch, hole, attached);
  if (seam === null) return false;
  const { from, to } = seam;
  const way = linked([...hole.slice(from), ...hole.slice(0, from + 1), to.point]);
  const [first, last] = [way[0], way.at(-1)];
  if (first === undefined || last === undefined) return false;
  last.next.vertex = to.next.vertex;
  to.next.vertex = first;
  // The way back ends in copies of vertices that are attached already.
  attached.push(...way.slice(0, -2));
  return true;
}

/** The shortest seam over covered pixels from a hole to an attached vertex. */
function shortestSeam(patch: Patch, hole: readonly Point[], attached: readonly Vertex[]): Seam | null {
  for (const nearest of NEAREST) {
    const seams = hole.flatMap((point, from) => seamsFrom(point, from, attached, nearest));
    seams.sort((a, b) => a.squaredLength - b.squaredLength);
    const found = seams.find(({ from, to }) => isStretchCovered(patch, hole[from] ?? to.point, to.point));
    if (found !== undefined) return found;
  }
  return null;
}

function refuseSeam(): never {
  throw new InvalidParameterError(
    "A hole of a mask cannot be joined to the outline around it: no straight line over covered pixels leads there.",
    { hint: "Simplify less, or export COCO, which writes masks with holes as run lengths." },
  );
}

function seamsFrom(point: Point, from: number, attached: readonly Vertex[], nearest: number): Seam[] {
  const seams = attached.map(
    (to): Seam => ({
      from,
      to,
      squaredLength: (to.point.x - point.x) ** 2 + (to.point.y - point.y) ** 2,
    }),
  );
  if (seams.length <= nearest) return seams;
  return seams.sort((a, b) => a.squaredLength - b.squaredLength).slice(0, nearest);
}
