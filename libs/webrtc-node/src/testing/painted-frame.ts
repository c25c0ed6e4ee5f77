import type { FramePixels } from "@inference-ts/webrtc";

/** Bits of a painted number. */
const BITS = 12;
const BRIGHT = 235;
const DARK = 20;

/** A picture that shows its number as a row of bright and dark blocks at the top, over a pattern that moves. */
export function paintFrame(
  number: number,
  { width = 320, height = 240, channels = 3 }: Partial<Omit<FramePixels, "data">> = {},
): FramePixels {
  const data = new Uint8Array(width * height * channels);
  const side = Math.floor(width / BITS);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = Math.floor(x / side);
      const isBright = bit < BITS && ((number >> bit) & 1) === 1;
      const shade = y < side ? (isBright ? BRIGHT : DARK) : 60 + ((x + y + number * 3) & 127);
      for (let channel = 0; channel < channels; channel++) data[at++] = channel === 3 ? 255 : shade;
    }
  }
  return { data, width, height, channels };
}

/** The number that {@link paintFrame} painted. */
export function readFrame({ data, width, channels }: FramePixels): number {
  const side = Math.floor(width / BITS);
  let number = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const middle = (Math.floor(side / 2) * width + bit * side + Math.floor(side / 2)) * channels;
    if ((data[middle] ?? 0) > 128) number |= 1 << bit;
  }
  return number;
}
