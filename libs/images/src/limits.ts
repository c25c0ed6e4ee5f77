import { ImageTooLargeError } from "@inference-ts/errors";
import type { ImageSize } from "./ports.ts";

/** Most bytes of one encoded picture, 64 MiB. */
export const DEFAULT_MAX_IMAGE_BYTES = 64 * 1024 * 1024;

/** Most pixels of one picture, 268,402,689 (16,383 squared): sharp's own default. */
export const DEFAULT_MAX_IMAGE_PIXELS = 0x3fff * 0x3fff;

/** JPEG quality 1..100 where a JPEG is made and none is asked for. */
export const DEFAULT_JPEG_QUALITY = 90;

/** @throws ImageTooLargeError when `byteLength` (of what was read so far) is over `maxBytes`. */
export function checkByteLength(byteLength: number, maxBytes: number, label: string): void {
  check(byteLength, maxBytes, `${label} has ${byteLength}`, "bytes");
}

/** @throws ImageTooLargeError when the picture has more than `maxPixels` pixels. */
export function checkPixelCount({ width, height }: ImageSize, maxPixels: number, label: string): void {
  check(width * height, maxPixels, `${label} has ${width} x ${height}`, "pixels");
}

function check(count: number, max: number, what: string, unit: "bytes" | "pixels"): void {
  if (count <= max) return;
  throw new ImageTooLargeError(`The image ${what} ${unit} or more; the limit is ${max}.`, {
    hint: `Shrink it or raise the limit of ${unit}.`,
  });
}
