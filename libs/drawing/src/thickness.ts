import type { ImageDimensions } from "@inference-ts/predictions";

/** Short side up to which lines have their plain thickness. */
const PLAIN_SHORT_SIDE = 720;

/** Lengths that are meant for small pictures grow with large ones: one and a half times at 1080 pixels on the short side. */
export function growWith({ width, height }: ImageDimensions, length: number): number {
  return Math.round(length * Math.max(1, Math.min(width, height) / PLAIN_SHORT_SIDE));
}

/**
 * Width in pixels of a line of a thickness, as OpenCV draws it: 1 stays 1, more reaches half of it, rounded up, to both
 * sides of the middle pixel.
 */
export function lineWidth(thickness: number): number {
  return thickness <= 1 ? 1 : 2 * Math.ceil(thickness / 2) + 1;
}

/** The middle of the pixel that a coordinate falls into; fractions are cut off. */
export function pixelCentre(coordinate: number): number {
  return Math.trunc(coordinate) + 0.5;
}
