import type { Point } from "../results.ts";
import type { Patch } from "./patch.ts";

/** An outline of covered pixels, through the centres of the pixels at its border. */
export interface Outline {
  /** Corner points in whole pixels of the picture; outer outlines counter-clockwise on a screen, holes clockwise. */
  readonly points: readonly Point[];
  /** Whether it runs around an uncovered part inside; its points are the covered pixels next to the hole. */
  readonly hole: boolean;
  /** Index of the outline right around this one: of a hole its outer outline, of a part in a hole the hole; `null` outside. */
  readonly parent: number | null;
}

/** Directions from 0 = right, counter-clockwise on a screen. */
const STEPS: readonly (readonly [dx: number, dy: number])[] = [
  [1, 0],
  [1, -1],
  [0, -1],
  [-1, -1],
  [-1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
];

const RIGHT = 0;
const LEFT = 4;

/** Labels: 0 = not covered, 1 = covered and on no border so far; from here on the index of the pixel's outline is added. */
const FIRST_BORDER = 2;

/**
 * All borders between covered and uncovered pixels (Suzuki and Abe), covered pixels being neighbours along edges and corners:
 * the outlines of OpenCV's `findContours` with `RETR_TREE` and `CHAIN_APPROX_SIMPLE`, in order of their first pixel from the top left. A single
 * pixel is an outline of one point.
 */
export function traceOutlines({ width, height, left, top, data }: Patch): Outline[] {
  const stride = width + 2;
  const labels = new Int32Array(stride * (height + 2));
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (data[row * width + column] !== 0) labels[(row + 1) * stride + column + 1] = 1;
    }
  }
  const offsets = STEPS.map(([dx, dy]) => dy * stride + dx);
  const outlines: Outline[] = [];
  const trace = (start: number, towards: number, last: number | null) => {
    const hole = towards === RIGHT;
    const label = outlines.length + FIRST_BORDER;
    const points = followBorder(labels, start, towards, label, offsets).map((pixel) => ({
      x: left + (pixel % stride) - 1,
      y: top + Math.floor(pixel / stride) - 1,
    }));
    const met = last === null ? undefined : outlines[last];
    const parent = met === undefined || met.hole !== hole ? last : met.parent;
    outlines.push({ points, hole, parent });
  };
  for (let row = 1; row <= height; row++) {
    /** The outline met last on the way along the row. */
    let last: number | null = null;
    for (let pixel = row * stride + 1; pixel <= row * stride + width; pixel++) {
      if (labels[pixel] === 0) continue;
      if (labels[pixel] === 1 && labels[pixel - 1] === 0) trace(pixel, LEFT, last);
      const label = Math.abs(labels[pixel] ?? 0);
      if (label >= FIRST_BORDER) last = label - FIRST_BORDER;
      if ((labels[pixel] ?? 0) > 0 && labels[pixel + 1] === 0) {
        trace(pixel, RIGHT, last);
        last = Math.abs(labels[pixel] ?? 0) - FIRST_BORDER;
      }
    }
  }
  return outlines;
}

/**
 * Follows a border and labels its pixels with `label`; with `-label` where the pixel on the right is not covered, since no hole
 * begins there any more.
 *
 * @param towards direction of the uncovered neighbour that showed the border
 * @returns the pixels in which the direction changes
 */
function followBorder(
  labels: Int32Array,
  start: number,
  towards: number,
  label: number,
  offsets: readonly number[],
): number[] {
  const step = (pixel: number, direction: number) => pixel + (offsets[direction & 7] ?? 0);
  let direction = towards;
  do direction = (direction + 7) & 7;
  while (direction !== towards && labels[step(start, direction)] === 0);
  if (direction === towards) {
    labels[start] = -label;
    return [start];
  }
  const second = step(start, direction);
  const points: number[] = [];
  let previous = direction ^ 4;
  for (let pixel = start; ; ) {
    const from = direction;
    do direction++;
    while (labels[step(pixel, direction)] === 0);
    direction &= 7;
    // The uncovered neighbour on the right was passed on the way round.
    if (direction !== RIGHT && direction <= from) labels[pixel] = -label;
    else if (labels[pixel] === 1) labels[pixel] = label;
    if (direction !== previous) points.push(pixel);
    previous = direction;
    const next = step(pixel, direction);
    if (next === start && pixel === second) return points;
    pixel = next;
    direction = (direction + 4) & 7;
  }
}
