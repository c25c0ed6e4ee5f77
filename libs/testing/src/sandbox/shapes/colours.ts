/** The colours that the sandbox's models know, in the order of their class ids. */
export const COLOURS = ["red", "green", "blue"] as const;

/** A colour that the sandbox's models know. */
export type Colour = (typeof COLOURS)[number];

/** RGB pixels, 8 bits a channel, three bytes a pixel, row by row from the top left. */
export interface RgbPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Strength from which a pixel counts as coloured, on a scale of 0 to 255 (0.15 in the networks of the real test server). */
export const STRENGTH_THRESHOLD = 0.15 * 255;

/** How much the channel `colour` (0 red, 1 green, 2 blue) stands out over the two others, 0..255. */
export function strengthOf(colour: number, red: number, green: number, blue: number): number {
  if (colour === 0) return Math.max(0, red - Math.max(green, blue));
  if (colour === 1) return Math.max(0, green - Math.max(red, blue));
  return Math.max(0, blue - Math.max(red, green));
}
