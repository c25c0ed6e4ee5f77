import { InvalidParameterError } from "@inference-ts/errors";
import type { ImageDimensions, Rle } from "./results.ts";
import { refuse } from "./wire-guards.ts";

/** A decoded run-length mask: runs of 0 and 1 in turn, starting with 0, column by column. */
export interface Runs extends ImageDimensions {
  readonly runs: readonly number[];
}

/** COCO's text holds 5 bits a character, 6th bit = more to come, characters from "0" (48) on. */
const FIRST_CHARACTER = 48;

/** No picture goes further; more would only be taken for memory. */
const MAX_SIDE = 2 ** 20;
const MAX_PIXELS = 2 ** 28;

/** Whether a picture is one that masks are made for. */
export function isMaskSize({ width, height }: ImageDimensions): boolean {
  return width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS;
}

/** The rule of `isMaskSize`, for messages. */
export const MASK_SIZE_RULE = `at most ${MAX_SIDE} pixels a side and ${MAX_PIXELS} in all`;

/**
 * The size of a picture that a caller gives.
 *
 * @param least - The shortest side that is allowed. Masks may be empty.
 * @throws InvalidParameterError unless it is whole pixels within the rule of `isMaskSize`.
 */
export function pictureSize({ width, height }: ImageDimensions, least = 1): ImageDimensions {
  const isWhole = [width, height].every((side) => Number.isInteger(side) && side >= least);
  if (isWhole && isMaskSize({ width, height })) return { width, height };
  throw new InvalidParameterError(
    `A picture of ${width} x ${height} pixels is none: its sides must be whole numbers from ${least} up, ${MASK_SIZE_RULE}.`,
  );
}

function checkSize(width: number, height: number, path: string): void {
  if (isMaskSize({ width, height })) return;
  refuse(`${path}.size`, MASK_SIZE_RULE, [height, width]);
}

function readText(text: string, path: string): number[] {
  const runs: number[] = [];
  for (let at = 0; at < text.length; ) {
    let value = 0;
    let shift = 0;
    let bits: number;
    do {
      if (at >= text.length) refuse(`${path}.counts`, "whole numbers to its end", text);
      bits = text.charCodeAt(at++) - FIRST_CHARACTER;
      if (bits < 0 || bits > 63 || shift > 30) refuse(`${path}.counts`, "text of COCO's mask alphabet", text);
      value |= (bits & 31) << shift;
      shift += 5;
    } while (bits & 32);
    if (bits & 16 && shift < 32) value |= -1 << shift;
    if (runs.length > 2) value += runs[runs.length - 2] ?? 0;
    runs.push(value);
  }
  return runs;
}

function writeText(runs: readonly number[]): string {
  let text = "";
  for (const [index, run] of runs.entries()) {
    let value = index > 2 ? run - (runs[index - 2] ?? 0) : run;
    let more: boolean;
    do {
      let bits = value & 31;
      value >>= 5;
      more = bits & 16 ? value !== -1 : value !== 0;
      if (more) bits |= 32;
      text += String.fromCharCode(bits + FIRST_CHARACTER);
    } while (more);
  }
  return text;
}

/**
 * The runs of a mask, from either form of `counts`.
 *
 * @param path where the mask stands, for the error
 * @throws InvalidResponseError when the text is no COCO mask or the runs do not fill `size` exactly
 */
export function readRle(rle: Rle, path = "rle"): Runs {
  const [height, width] = rle.size;
  checkSize(width, height, path);
  const runs = typeof rle.counts === "string" ? readText(rle.counts, path) : rle.counts;
  let pixels = 0;
  for (const run of runs) {
    if (!(Number.isInteger(run) && run >= 0))
      refuse(`${path}.counts`, "whole run lengths, none negative", rle.counts);
    pixels += run;
  }
  if (pixels !== width * height) {
    refuse(`${path}.counts`, `runs over ${width * height} pixels (they cover ${pixels})`, rle.counts);
  }
  return { width, height, runs };
}

/** Runs as a COCO mask with compressed text. */
export function writeRle({ width, height, runs }: Runs): { size: [number, number]; counts: string } {
  return { size: [height, width], counts: writeText(runs) };
}

/** Calls `visit` with every piece of a covered run inside one column: rows `top` to `bottom`, the last not included. */
export function eachColumnRun(
  { height, runs }: Runs,
  visit: (column: number, top: number, bottom: number) => void,
): void {
  let at = 0;
  for (const [index, run] of runs.entries()) {
    const end = at + run;
    if (index % 2 === 0) {
      at = end;
      continue;
    }
    while (at < end) {
      const column = Math.floor(at / height);
      const stop = Math.min(end, (column + 1) * height);
      visit(column, at - column * height, stop - column * height);
      at = stop;
    }
  }
}

/**
 * The mask at another size: each pixel takes the value under its centre. Works on runs, never on a whole bitmap.
 *
 * @throws InvalidResponseError when the mask cannot be decoded
 */
export function resizeRle(
  rle: Rle,
  size: ImageDimensions,
  path = "rle",
): { size: [number, number]; counts: string } {
  const source = readRle(rle, path);
  const { width, height } = size;
  checkSize(width, height, path);
  const columns: number[][] = Array.from({ length: source.width }, () => []);
  const rowUnder = (edge: number) => Math.ceil((edge * height) / source.height - 0.5);
  eachColumnRun(source, (column, top, bottom) => {
    const [from, to] = [rowUnder(top), rowUnder(bottom)];
    if (to > from) columns[column]?.push(from, to);
  });
  const runs: number[] = [];
  let end = 0;
  for (let x = 0; x < width; x++) {
    const pieces = columns[Math.floor(((x + 0.5) * source.width) / width)] ?? [];
    for (let index = 0; index + 1 < pieces.length; index += 2) {
      const from = x * height + (pieces[index] ?? 0);
      const to = x * height + (pieces[index + 1] ?? 0);
      if (from === end && runs.length > 0) runs[runs.length - 1] = to - from + (runs[runs.length - 1] ?? 0);
      else runs.push(from - end, to - from);
      end = to;
    }
  }
  if (end < width * height || runs.length === 0) runs.push(width * height - end);
  return writeRle({ width, height, runs });
}
