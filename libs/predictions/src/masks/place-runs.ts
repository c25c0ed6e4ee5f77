import type { ImageDimensions } from "../results.ts";
import { eachColumnRun, type Runs } from "../rle.ts";
import { RunBuilder } from "./run-builder.ts";

/** The mask shifted by whole pixels, in a picture of `size`; what leaves the picture is cut off. */
export function moveRuns(mask: Runs, byX: number, byY: number, size: ImageDimensions): Runs {
  const builder = new RunBuilder();
  eachColumnRun(mask, (column, top, bottom) => {
    const x = column + byX;
    if (x < 0 || x >= size.width) return;
    const start = x * size.height;
    builder.cover(start + Math.max(0, top + byY), start + Math.min(size.height, bottom + byY));
  });
  return builder.finish(size);
}

/**
 * The mask at another size: each pixel takes the value of the pixel in which its top left corner lies, as OpenCV's
 * `INTER_NEAREST` does.
 */
export function resizeRunsNearest(mask: Runs, size: ImageDimensions): Runs {
  if (mask.width === size.width && mask.height === size.height) return mask;
  const firstRow = firstTargets(mask.height, size.height);
  const pieces: number[][] = Array.from({ length: mask.width }, () => []);
  eachColumnRun(mask, (column, top, bottom) => {
    pieces[column]?.push(firstRow[top] ?? 0, firstRow[bottom] ?? 0);
  });
  const builder = new RunBuilder();
  const firstColumn = firstTargets(mask.width, size.width);
  for (let column = 0; column < mask.width; column++) {
    const rows = pieces[column] ?? [];
    for (let x = firstColumn[column] ?? 0; x < (firstColumn[column + 1] ?? 0); x++) {
      for (let index = 0; index < rows.length; index += 2) {
        builder.cover(x * size.height + (rows[index] ?? 0), x * size.height + (rows[index + 1] ?? 0));
      }
    }
  }
  return builder.finish(size);
}

/** For every pixel of the source, and for its end, the first target that takes from there or from behind it. */
function firstTargets(source: number, target: number): Int32Array {
  const first = new Int32Array(source + 1).fill(target);
  const scale = 1 / (target / source);
  for (let index = target - 1; index >= 0; index--) {
    first[Math.min(Math.floor(index * scale), source - 1)] = index;
  }
  for (let index = source - 1; index >= 0; index--) {
    first[index] = Math.min(first[index] ?? target, first[index + 1] ?? target);
  }
  return first;
}
