import { InvalidParameterError } from "@inference-ts/errors";
import type { Point } from "../results.ts";

/** How far the tolerance grows until enough points are gone, in pixels. */
const TOLERANCE_STEP = 0.05;
const FEWEST_POINTS = 3;

/**
 * The polygon with fewer points: the tolerance of Douglas-Peucker grows until at most `1 - share` of the points are left, but
 * never below three. The steps and the result are those of `supervision.approximate_polygon` with OpenCV.
 *
 * @param share of the points to remove, 0 (none) up to 1 (not included)
 * @throws InvalidParameterError for another share
 */
export function simplifyPolygon(points: readonly Point[], share: number): readonly Point[] {
  if (!(share >= 0 && share < 1)) {
    throw new InvalidParameterError(
      `The share of points to remove must be at least 0 and below 1, got ${share}.`,
    );
  }
  const target = Math.max(Math.trunc(points.length * (1 - share)), FEWEST_POINTS);
  let simplified = points;
  for (let tolerance = 0; simplified.length > target; ) {
    tolerance += TOLERANCE_STEP;
    const candidate = douglasPeucker(points, tolerance);
    if (candidate.length < FEWEST_POINTS) break;
    simplified = candidate;
  }
  return simplified;
}

/**
 * Points of a closed polygon without those that are at most `tolerance` pixels from the line that is left (Douglas-Peucker,
 * measured to the stretch between two points, as OpenCV's `approxPolyDP`).
 */
function douglasPeucker(points: readonly Point[], tolerance: number): Point[] {
  const squared = tolerance * tolerance;
  const split = farthestPair(points, squared);
  if (split.length === 1) return split.map((index) => at(points, index));
  const [first = 0, second = 0] = split;
  const stack: [number, number][] = [
    [second, first],
    [first, second],
  ];
  const kept: Point[] = [];
  for (let range = stack.pop(); range !== undefined; range = stack.pop()) {
    const [start, end] = range;
    const middle = farthestPoint(points, start, end, squared);
    if (middle === null) kept.push(at(points, start));
    else stack.push([middle, end], [start, middle]);
  }
  return withoutStraightPoints(kept, squared);
}

function at(points: readonly Point[], index: number): Point {
  return points[index % points.length] ?? { x: 0, y: 0 };
}

/** Two points far from each other, found in three hops from point 0; one index when all are within the tolerance. */
function farthestPair(points: readonly Point[], squaredTolerance: number): number[] {
  let start = 0;
  let hop = 0;
  let farthest = 0;
  for (let round = 0; round < 3; round++) {
    start = (start + hop) % points.length;
    farthest = 0;
    const from = at(points, start);
    for (let offset = 1; offset < points.length; offset++) {
      const to = at(points, start + offset);
      const distance = (to.x - from.x) ** 2 + (to.y - from.y) ** 2;
      if (distance > farthest) {
        farthest = distance;
        hop = offset;
      }
    }
  }
  return farthest <= squaredTolerance ? [start] : [start, (start + hop) % points.length];
}

/** The point between two others that is farthest from the stretch between them; `null` when all are within the tolerance. */
function farthestPoint(
  points: readonly Point[],
  start: number,
  end: number,
  squaredTolerance: number,
): number | null {
  const [from, to] = [at(points, start), at(points, end)];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  let farthest = 0;
  let found = start;
  for (let index = (start + 1) % points.length; index !== end; index = (index + 1) % points.length) {
    const point = at(points, index);
    const [x, y] = [point.x - from.x, point.y - from.y];
    const along = x * dx + y * dy;
    // Squared distances times the squared length, which saves dividing.
    const distance =
      along < 0
        ? (x * x + y * y) * length
        : along > length
          ? ((point.x - to.x) ** 2 + (point.y - to.y) ** 2) * length
          : (x * dy - y * dx) ** 2;
    if (distance > farthest) {
      farthest = distance;
      found = index;
    }
  }
  return farthest <= squaredTolerance * length ? null : found;
}

/**
 * Removes points that lie almost on the line between their neighbours (slanted lines only, half the squared tolerance), going round
 * once and overwriting in place; after a removed point the next one stays.
 */
function withoutStraightPoints(points: readonly Point[], squaredTolerance: number): Point[] {
  const result = [...points];
  const count = points.length;
  if (count <= 2) return result;
  let left = count;
  let read = 1;
  let write = 0;
  let before = at(result, count - 1);
  let point = at(result, 0);
  write = 0;
  const next = () => at(result, read++ % count);
  for (let index = 0; index < count && left > 2; index++) {
    const after = next();
    const [dx, dy] = [after.x - before.x, after.y - before.y];
    const distance = Math.abs((point.x - before.x) * dy - (point.y - before.y) * dx);
    const forward =
      (point.x - before.x) * (after.x - point.x) + (point.y - before.y) * (after.y - point.y) >= 0;
    const straight = distance * distance <= 0.5 * squaredTolerance * (dx * dx + dy * dy);
    if (straight && dx !== 0 && dy !== 0 && forward) {
      left--;
      result[write % count] = after;
      before = after;
      write++;
      point = next();
      index++;
      continue;
    }
    result[write % count] = point;
    before = point;
    write++;
    point = after;
  }
  return result.slice(0, left);
}
