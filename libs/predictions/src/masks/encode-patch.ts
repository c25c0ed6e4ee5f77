import { InvalidParameterError } from "@inference-ts/errors";
import type { Mask } from "../mask.ts";
import type { ImageDimensions } from "../results.ts";
import type { Runs } from "../rle.ts";
import type { Patch } from "./patch.ts";
import { RunBuilder } from "./run-builder.ts";

/**
 * A bitmap as a part that is the whole picture.
 *
 * @throws InvalidParameterError when it has more or fewer bytes than pixels; missing ones would count as covered
 */
export function wholePatch({ width, height, data }: Mask): Patch {
  if (data.length === width * height) return { left: 0, top: 0, width, height, data };
  throw new InvalidParameterError(
    `A bitmap of ${width} x ${height} pixels must have one byte a pixel, got ${data.length} bytes.`,
  );
}

/**
 * The runs of a part of a picture; every byte that is not 0 is covered. Reads row by row: a stretch of a column is noted when
 * the row in which it ends is reached, and the stretches are put in order of columns at the end.
 *
 * @param size of the whole picture
 */
export function encodePatch(patch: Patch, size: ImageDimensions): Runs {
  const { width, height, data } = patch;
  /** Row in which the covered stretch of a column began, plus 1; 0 = not covered. */
  const open = new Int32Array(width);
  const stretches: number[] = [];
  const perColumn = new Int32Array(width + 1);
  for (let row = 0; row <= height; row++) {
    const start = row * width;
    for (let column = 0; column < width; column++) {
      const covered = row < height && data[start + column] !== 0;
      const began = open[column] ?? 0;
      if (covered === began > 0) continue;
      if (covered) open[column] = row + 1;
      else {
        stretches.push(column, began - 1, row);
        perColumn[column + 1] = (perColumn[column + 1] ?? 0) + 1;
        open[column] = 0;
      }
    }
  }
  return inOrder(patch, size, stretches, perColumn);
}

function inOrder(
  { left, top, width }: Patch,
  size: ImageDimensions,
  stretches: readonly number[],
  perColumn: Int32Array,
): Runs {
  const place = new Int32Array(width + 1);
  for (let column = 1; column <= width; column++) {
    place[column] = (place[column - 1] ?? 0) + (perColumn[column] ?? 0);
  }
  const sorted = new Int32Array(stretches.length);
  for (let index = 0; index < stretches.length; index += 3) {
    const column = stretches[index] ?? 0;
    const at = place[column] ?? 0;
    place[column] = at + 1;
    sorted[at * 3] = column;
    sorted[at * 3 + 1] = stretches[index + 1] ?? 0;
    sorted[at * 3 + 2] = stretches[index + 2] ?? 0;
  }
  const builder = new RunBuilder();
  for (let index = 0; index < sorted.length; index += 3) {
    const start = (left + (sorted[index] ?? 0)) * size.height + top;
    builder.cover(start + (sorted[index + 1] ?? 0), start + (sorted[index + 2] ?? 0));
  }
  return builder.finish(size);
}
