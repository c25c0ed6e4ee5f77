import type { RawPixels } from "@inference-ts/images";

/** Clockwise quarter turns that make a picture upright. */
export type QuarterTurns = 0 | 1 | 2 | 3;

const TURNS: readonly QuarterTurns[] = [0, 1, 2, 3];
const MATRIX_BYTES = 36;
const CHANNELS = 3;

/**
 * The turns that a display matrix asks for: nine 32-bit numbers in the machine's order, of which the first two hold the angle
 * (`av_display_rotation_get` of FFmpeg). Angles between quarter turns are rounded, mirroring is left out.
 */
export function turnsOfDisplayMatrix(matrix: Uint8Array | null): QuarterTurns {
  if (matrix === null || matrix.byteLength < MATRIX_BYTES) return 0;
  const numbers = new Int32Array(matrix.slice(0, MATRIX_BYTES).buffer);
  const [a = 0, b = 0] = numbers;
  if (a === 0 && b === 0) return 0;
  const quarters = Math.round(Math.atan2(b, a) / (Math.PI / 2));
  return TURNS[(quarters + TURNS.length) % TURNS.length] ?? 0;
}

/** Turns RGB pixels clockwise. */
export function rotateRgb(pixels: RawPixels, turns: QuarterTurns): RawPixels {
  if (turns === 0) return pixels;
  const { width, height, data } = pixels;
  const isLying = turns !== 2;
  const turned = { width: isLying ? height : width, height: isLying ? width : height };
  const out = new Uint8Array(data.length);
  // Where the pixel at the top left goes, and how far its right and lower neighbours are from there.
  const right = { 1: turned.width, 2: -1, 3: -turned.width }[turns];
  const down = { 1: -1, 2: -turned.width, 3: 1 }[turns];
  const start = { 1: height - 1, 2: width * height - 1, 3: (width - 1) * turned.width }[turns];
  for (let y = 0, from = 0; y < height; y++) {
    let to = (start + y * down) * CHANNELS;
    for (let x = 0; x < width; x++, from += CHANNELS, to += right * CHANNELS) {
      out[to] = data[from] ?? 0;
      out[to + 1] = data[from + 1] ?? 0;
      out[to + 2] = data[from + 2] ?? 0;
    }
  }
  return { ...turned, channels: CHANNELS, data: out };
}
