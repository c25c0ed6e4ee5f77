import type { Mask } from "../mask.ts";
import type { BoxFields, Rle } from "../results.ts";
import { readRle, writeRle } from "../rle.ts";
import { decodeRuns } from "./decode-runs.ts";
import { encodePatch, wholePatch } from "./encode-patch.ts";
import { runsArea, runsBox } from "./measure-runs.ts";

/**
 * The mask as one byte a pixel, row by row from the top left; 1 = covered.
 *
 * @throws InvalidResponseError when the mask cannot be decoded
 */
export function decodeRle(rle: Rle): Mask {
  return decodeRuns(readRle(rle));
}

/**
 * A COCO mask with compressed text; every pixel that is not 0 is covered.
 *
 * @throws InvalidParameterError when the mask has more or fewer bytes than pixels
 */
export function encodeRle(mask: Mask): { size: [number, number]; counts: string } {
  return writeRle(encodePatch(wholePatch(mask), mask));
}

/** Covered pixels of a mask. */
export function rleArea(rle: Rle): number {
  return runsArea(readRle(rle));
}

/** Smallest box around the covered pixels, `x`, `y` its **top left** corner; all 0 when nothing is covered. */
export function rleBox(rle: Rle): BoxFields {
  return runsBox(readRle(rle));
}
