import type { BoxFields, Point } from "../results.ts";
import { eachColumnRun, type Runs } from "../rle.ts";

/** Number of covered pixels. */
export function runsArea({ runs }: Runs): number {
  let area = 0;
  for (let index = 1; index < runs.length; index += 2) area += runs[index] ?? 0;
  return area;
}

/** Smallest box around the covered pixels, `x`, `y` its **top left** corner; all 0 when nothing is covered. */
export function runsBox(mask: Runs): BoxFields {
  let [left, top, right, bottom] = [mask.width, mask.height, 0, 0];
  eachColumnRun(mask, (column, from, to) => {
    if (column < left) left = column;
    right = column + 1;
    if (from < top) top = from;
    if (to > bottom) bottom = to;
  });
  return right === 0
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Mean of the centres of the covered pixels, where pixel (0, 0) has its centre at 0.5, 0.5; `null` when nothing is covered. */
export function runsCentre(mask: Runs): Point | null {
  let [area, sumX, sumY] = [0, 0, 0];
  eachColumnRun(mask, (column, from, to) => {
    const pixels = to - from;
    area += pixels;
    sumX += (column + 0.5) * pixels;
    sumY += ((from + to) / 2) * pixels;
  });
  return area === 0 ? null : { x: sumX / area, y: sumY / area };
}
