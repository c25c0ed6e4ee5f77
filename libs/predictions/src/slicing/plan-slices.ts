import { InvalidParameterError } from "@inference-ts/errors";
import type { ImageDimensions } from "../results.ts";
import { pictureSize } from "../rle.ts";

/** A part of a picture in whole pixels, `x`, `y` its **top left** corner. */
export interface Slice extends ImageDimensions {
  readonly x: number;
  readonly y: number;
}

/** Size of the slices and how far neighbours overlap, in pixels. */
export interface SliceSizes {
  /** Default 640. */
  readonly sliceWidth?: number;
  /** Default 640. */
  readonly sliceHeight?: number;
  /** One number for both axes or one for each; default 100. */
  readonly overlap?: number | { readonly x: number; readonly y: number };
}

const DEFAULT_SIDE = 640;
const DEFAULT_OVERLAP = 100;

/**
 * The slices that cover a picture, row by row. With overlap the last slice of a row or column is moved back so that it is of full
 * size; without, it is the rest and may be thin.
 *
 * @throws InvalidParameterError for sides, of the picture or the slices, that are no whole numbers of at least 1, and an overlap below 0 or not below the side
 */
export function planSlices(picture: ImageDimensions, sizes: SliceSizes = {}): Slice[] {
  const { sliceWidth = DEFAULT_SIDE, sliceHeight = DEFAULT_SIDE, overlap = DEFAULT_OVERLAP } = sizes;
  const { x: overlapX, y: overlapY } = typeof overlap === "number" ? { x: overlap, y: overlap } : overlap;
  const { width, height } = pictureSize(picture);
  const columns = starts(width, sliceWidth, overlapX, "width");
  const rows = starts(height, sliceHeight, overlapY, "height");
  return rows.flatMap((y) =>
    columns.map((x) => ({
      x,
      y,
      width: Math.min(sliceWidth, width - x),
      height: Math.min(sliceHeight, height - y),
    })),
  );
}

function starts(side: number, slice: number, overlap: number, name: string): number[] {
  if (!(Number.isInteger(slice) && slice >= 1)) {
    throw new InvalidParameterError(
      `The ${name} of a slice must be a whole number of at least 1, got ${slice}.`,
    );
  }
  if (!(Number.isInteger(overlap) && overlap >= 0 && overlap < slice)) {
    throw new InvalidParameterError(
      `Slices with a ${name} of ${slice} can overlap by a whole number from 0 to ${slice - 1}, got ${overlap}.`,
    );
  }
  if (side <= slice) return [0];
  const steps = (end: number, stride: number) =>
    Array.from({ length: Math.ceil(end / stride) }, (_, index) => index * stride);
  if (overlap === 0) return steps(side, slice);
  const last = side - slice;
  return [...steps(last, slice - overlap), last];
}
