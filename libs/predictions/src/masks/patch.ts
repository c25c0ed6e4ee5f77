import type { ImageDimensions } from "../results.ts";

/**
 * The pixels of a part of a picture, one byte a pixel (0 or 1), row by row; nothing outside of the part is covered. Keeps
 * the work on a small object in a large picture as small as the object.
 */
export interface Patch extends ImageDimensions {
  /** Column of the picture where the part begins. */
  readonly left: number;
  /** Row of the picture where the part begins. */
  readonly top: number;
  readonly data: Uint8Array;
}

/** A part without pixels. */
export const EMPTY_PATCH: Patch = { left: 0, top: 0, width: 0, height: 0, data: new Uint8Array(0) };
