import { ImageTooLargeError } from "@inference-ts/errors";
import type { ImageSize } from "./ports.ts";

/** Most bytes of one encoded picture, 64 MiB. */
export const DEFAULT_MAX_IMAGE_BYTES = 64 * 1024 * 1024;

/** Most pixels of one picture, 268,402,689 (16,383 squared): sharp's own default. */
export const DEFAULT_MAX_IMAGE_PIXELS = 0x3fff * 0x3fff;

/** JPEG quality 1..100 where a JPEG is made and none is asked for. */
export const DEFAULT_JPEG_QUALITY = 90;

/** @throws ImageTooLargeError when `byteLength` is over `maxBytes`. */
export function checkByteLength(byteLength: number, maxBytes: number, label: string): void {
  if (byteLength > maxBytes) throw tooManyBytes(maxBytes, label, `${byteLength} bytes`);
}

/** The error for a picture over the byte limit; `amount` is what is known of its length. */
export function tooManyBytes(maxBytes: number, label: string, amount: string): ImageTooLargeError {
  return new ImageTooLargeError(`The image ${label} has ${amount}; at most ${maxBytes} are read.`, {
    hint: "Shrink the picture or raise maxImageBytes.",
  });
}

/** @throws ImageTooLargeError when the picture has more than `maxPixels` pixels. */
export function checkPixelCount({ width, height }: ImageSize, maxPixels: number, label: string): void {
  if (width * height <= maxPixels) return;
  throw new ImageTooLargeError(
    `The image ${label} has ${width} x ${height} pixels; at most ${maxPixels} in all are taken.`,
    { hint: "Shrink the picture or raise maxImagePixels." },
  );
}
