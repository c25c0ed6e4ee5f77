import type { ImageDimensions } from "@inference-ts/predictions";

/**
 * The pixels of a picture, changed in place: red, green, blue and alpha (not multiplied into the colours) of each, row by
 * row from the top left. A browser's `ImageData` is one.
 */
export interface Pixels extends ImageDimensions {
  readonly data: Uint8ClampedArray;
}

/** Mixes a colour into a pixel; `share` 0..1 is how much of it there is. */
export function mix(
  data: Uint8ClampedArray,
  pixel: number,
  red: number,
  green: number,
  blue: number,
  share: number,
): void {
  const at = pixel * 4;
  const under = ((data[at + 3] ?? 0) / 255) * (1 - share);
  const alpha = share + under;
  if (alpha === 0) return;
  data[at] = (red * share + (data[at] ?? 0) * under) / alpha;
  data[at + 1] = (green * share + (data[at + 1] ?? 0) * under) / alpha;
  data[at + 2] = (blue * share + (data[at + 2] ?? 0) * under) / alpha;
  data[at + 3] = alpha * 255;
}
