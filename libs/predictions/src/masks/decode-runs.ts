import type { Mask } from "../mask.ts";
import { eachColumnRun, type Runs } from "../rle.ts";

/**
 * The mask as one byte a pixel, row by row. Runs go down the columns, bytes along the rows: instead of scattering every
 * pixel, the rows that change between two columns are found, and each row's stretch is written when it ends.
 *
 * @param data bytes to set to 1 where the mask covers; default new ones
 */
export function decodeRuns(mask: Runs, data: Uint8Array = new Uint8Array(mask.width * mask.height)): Mask {
  const { width, height } = mask;
  /** Column in which the covered stretch of a row began, plus 1; 0 = not covered. */
  const open = new Int32Array(height);
  const toggle = (column: number, from: number, to: number) => {
    for (let row = from; row < to; row++) {
      const began = open[row] ?? 0;
      if (began === 0) open[row] = column + 1;
      else {
        data.fill(1, row * width + began - 1, row * width + column);
        open[row] = 0;
      }
    }
  };
  let before: number[] = [];
  let current: number[] = [];
  let at = 0;
  const finishColumn = () => {
    toggleDifference(before, current, at, toggle);
    before = current;
    current = [];
    at++;
  };
  eachColumnRun(mask, (column, top, bottom) => {
    if (column > at) finishColumn();
    if (column > at) {
      // Nothing is covered in the columns between: one of them closes all stretches.
      if (before.length > 0) finishColumn();
      at = column;
    }
    current.push(top, bottom);
  });
  finishColumn();
  if (before.length > 0) toggleDifference(before, [], Math.min(at, width), toggle);
  return { width, height, data };
}

/** Toggles the rows that one of two columns covers and the other does not. Both are ascending borders of stretches. */
function toggleDifference(
  a: readonly number[],
  b: readonly number[],
  column: number,
  toggle: (column: number, from: number, to: number) => void,
): void {
  let [indexA, indexB] = [0, 0];
  let start = -1;
  while (indexA < a.length || indexB < b.length) {
    const nextA = a[indexA] ?? Number.POSITIVE_INFINITY;
    const nextB = b[indexB] ?? Number.POSITIVE_INFINITY;
    if (nextA === nextB) {
      indexA++;
      indexB++;
      continue;
    }
    const border = Math.min(nextA, nextB);
    if (nextA < nextB) indexA++;
    else indexB++;
    if (start < 0) start = border;
    else {
      toggle(column, start, border);
      start = -1;
    }
  }
}
