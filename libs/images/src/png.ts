import type { ImageSize } from "./ports.ts";
import { ascii, sniffImageFormat } from "./sniff.ts";

/** What the structure of a PNG says. */
export interface PngStructure extends ImageSize {
  readonly truncated: boolean;
}

/** PNG: length, type, data, checksum; the first chunk is IHDR, the last IEND. @throws RangeError when the header is cut off. */
export function pngStructure(view: DataView, bytes: Uint8Array): PngStructure {
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  let at = 8;
  while (at + 12 <= bytes.length) {
    if (ascii(bytes, at + 4, at + 8) === "IEND") return { ...size, truncated: false };
    at += 12 + view.getUint32(at);
  }
  return { ...size, truncated: true };
}

/** True for a PNG with a size and its last chunk. Less code than all formats; whatever else a picture may be, this is false for it. */
export function isWholePng(bytes: Uint8Array): boolean {
  if (sniffImageFormat(bytes) !== "png" || bytes.length < 24) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { width, height, truncated } = pngStructure(view, bytes);
  return width > 0 && height > 0 && !truncated;
}
