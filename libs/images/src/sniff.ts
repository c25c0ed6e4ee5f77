import type { ImageFormat } from "./encoded-image.ts";

/** ASCII text of a few bytes; bytes outside the buffer are left out. */
export function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

/** Tested on the first 32 bytes as Latin-1 text. */
const MARKS: readonly (readonly [format: ImageFormat, mark: RegExp])[] = [
  ["jpeg", /^\xff\xd8\xff/],
  ["png", /^\x89PNG\r\n/],
  ["gif", /^GIF8[79]a/],
  ["webp", /^RIFF.{4}WEBP/s],
  ["bmp", /^BM/],
  ["tiff", /^(II\*\0|MM\0\*)/],
  // Brands of the ISO base media file format (ISO 23008-12, AV1 image file format); many AVIF files start with a general brand.
  ["avif", /^.{4}ftyp(.{4})*avi[fs]/s],
  ["heic", /^.{4}ftyp(hei|hev|mif|msf)/s],
];

/**
 * The picture format that the first bytes tell, `null` when they tell none. Never reads a file name or a content type. 32 bytes are
 * enough.
 */
export function sniffImageFormat(bytes: Uint8Array): ImageFormat | null {
  const start = ascii(bytes, 0, 32);
  return MARKS.find(([, mark]) => mark.test(start))?.[0] ?? null;
}
