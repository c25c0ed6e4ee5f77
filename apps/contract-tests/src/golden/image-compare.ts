import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { isRecord, numberAt, textAt } from "./json.ts";

/** Mean colours of a grid of cells, red-green-blue, rows of cells. */
export type ColourGrid = readonly (readonly (readonly number[])[])[];

/** Most that one cell's mean colour may differ, by kind of picture (measured between encoders, see the recorded format). */
const CELL_TOLERANCE = 10;
const SMALL_CELL_TOLERANCE = 33;
const SMALL_SIDE = 32;

/** Mean colours of `bytes` in a 4 by 4 grid, alpha dropped, orientation as stored. */
async function colourGrid(
  bytes: Uint8Array,
  cells = 4,
): Promise<{ width: number; height: number; format: string; grid: ColourGrid }> {
  const picture = sharp(bytes, { failOn: "none" });
  const { format } = await picture.metadata();
  const { data, info } = await picture
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const grid: number[][][] = [];
  for (let row = 0; row < cells; row++) {
    const line: number[][] = [];
    for (let column = 0; column < cells; column++) {
      const top = Math.floor((row * info.height) / cells);
      const bottom = Math.max(top + 1, Math.floor(((row + 1) * info.height) / cells));
      const left = Math.floor((column * info.width) / cells);
      const right = Math.max(left + 1, Math.floor(((column + 1) * info.width) / cells));
      const sums = [0, 0, 0];
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          for (let channel = 0; channel < 3; channel++) {
            const at = (y * info.width + x) * info.channels + (info.channels >= 3 ? channel : 0);
            sums[channel] = (sums[channel] ?? 0) + (data[at] ?? 0);
          }
        }
      }
      const pixels = (bottom - top) * (right - left);
      line.push(sums.map((sum) => Math.round(sum / pixels)));
    }
    grid.push(line);
  }
  return { width: info.width, height: info.height, format: String(format), grid };
}

/**
 * Compares picture bytes with a recorded `$image` (or `$bytes`, `$video`): identical to a named input, or of the same format, size
 * and colours where it was encoded anew. Rules write `encoded_anew_from` (an input, turned `upright` or not) where nothing was recorded. Returns what is wrong, or `undefined`.
 */
export async function compareImage(
  expected: unknown,
  actual: Uint8Array,
  inputs: string,
): Promise<string | undefined> {
  const same = textAt(expected, "same_bytes_as");
  if (same !== undefined) {
    const wanted = readFileSync(join(inputs, same));
    return wanted.equals(actual)
      ? undefined
      : `bytes differ from ${same} (${actual.byteLength} bytes, expected ${wanted.byteLength})`;
  }
  const source = textAt(expected, "encoded_anew_from");
  if (source !== undefined && isRecord(expected)) {
    const file = readFileSync(join(inputs, source));
    if (expected.upright === true) {
      const { grid } = await colourGrid(await sharp(file).rotate().png().toBuffer());
      return compareReencoded(expected, grid, actual);
    }
    const { width, height, grid } = await colourGrid(file);
    return compareReencoded({ ...expected, width, height }, grid, actual);
  }
  const grid = isRecord(expected) ? expected.rgb_grid_4x4 : undefined;
  if (isRecord(expected) && expected.reencoded === true && Array.isArray(grid)) {
    return compareReencoded(expected, grid, actual);
  }
  const sha256 = textAt(expected, "sha256");
  if (sha256 !== undefined) {
    const found = createHash("sha256").update(actual).digest("hex");
    return found === sha256 ? undefined : `sha256 is ${found}, expected ${sha256}`;
  }
  return "the recorded picture says neither same_bytes_as, nor reencoded with a grid, nor sha256";
}

async function compareReencoded(
  expected: Record<string, unknown>,
  grid: readonly unknown[],
  actual: Uint8Array,
): Promise<string | undefined> {
  let found: Awaited<ReturnType<typeof colourGrid>>;
  try {
    found = await colourGrid(actual);
  } catch {
    return `not a picture (${actual.byteLength} bytes)`;
  }
  if (found.format !== expected.format)
    return `format is ${found.format}, expected ${String(expected.format)}`;
  const width = numberAt(expected, "width") ?? 0;
  const height = numberAt(expected, "height") ?? 0;
  if (found.width !== width || found.height !== height) {
    return `size is ${found.width}x${found.height}, expected ${width}x${height}`;
  }
  const tolerance = Math.min(width, height) < SMALL_SIDE ? SMALL_CELL_TOLERANCE : CELL_TOLERANCE;
  for (const [row, line] of found.grid.entries()) {
    for (const [column, colour] of line.entries()) {
      for (const [channel, value] of colour.entries()) {
        const wanted = cellAt(grid, row, column, channel);
        if (wanted === undefined || Math.abs(wanted - value) > tolerance) {
          return `colour of cell ${row},${column} channel ${channel} is ${value}, expected ${String(wanted)} ± ${tolerance}`;
        }
      }
    }
  }
  return undefined;
}

function cellAt(grid: readonly unknown[], row: number, column: number, channel: number): number | undefined {
  const line = grid[row];
  const cell: unknown = Array.isArray(line) ? line[column] : undefined;
  const value: unknown = Array.isArray(cell) ? cell[channel] : undefined;
  return typeof value === "number" ? value : undefined;
}
