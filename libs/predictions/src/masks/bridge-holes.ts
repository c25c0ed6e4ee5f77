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
  for (const vertex of way.slice(0, -2)) attached.push(vertex);
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

/** The seams from a vertex of a hole to the nearest attached vertices; of equally near ones those that were attached first. */
function seamsFrom(point: Point, from: number, attached: readonly Vertex[], nearest: number): Seam[] {
  const seamTo = (to: Vertex): Seam => ({ from, to, squaredLength: squaredLength(point, to.point) });
  if (attached.length <= nearest) return attached.map(seamTo);
  // Few are kept of many, so that sorting all of them would take most of the time.
  const kept: Seam[] = [];
  for (const to of attached) {
    const length = squaredLength(point, to.point);
    if (kept.length === nearest && !isShorter(length, kept.at(-1))) continue;
    let place = kept.length;
    while (isShorter(length, kept[place - 1])) place--;
    kept.splice(place, 0, seamTo(to));
    if (kept.length > nearest) kept.pop();
  }
  return kept;
}

const squaredLength = (from: Point, to: Point): number => (to.x - from.x) ** 2 + (to.y - from.y) ** 2;

const isShorter = (length: number, seam: Seam | undefined): boolean =>
  seam !== undefined && length < seam.squaredLength;
