import type { ImageFormat } from "./encoded-image.ts";
import { exifOrientation } from "./exif.ts";
import type { ImageSize } from "./ports.ts";
import { ascii, sniffImageFormat } from "./sniff.ts";

/** What the header of an encoded picture says. */
export interface ImageHeader {
  readonly format: ImageFormat;
  /** Size after EXIF orientation; `null` when the header is damaged or of a format that is not read here (TIFF, AVIF, HEIC). */
  readonly size: ImageSize | null;
  /** EXIF orientation, 1 = upright. */
  readonly orientation: number;
  /** True when the bytes surely end before the picture does. */
  readonly truncated: boolean;
}

interface Structure {
  readonly width?: number;
  readonly height?: number;
  readonly orientation?: number;
  readonly truncated?: boolean;
}

type StructureReader = (bytes: Uint8Array, view: DataView) => Structure;

const READERS: Partial<Record<ImageFormat, StructureReader>> = { jpeg, png, webp, gif, bmp };

/**
 * Reads format, size, orientation and completeness from the structure of an encoded picture, without decoding pixels.
 * `null` when the bytes are no known picture. Never throws.
 *
 * Incomplete means: a JPEG without an end mark after its picture data (bytes after that mark are legal), a PNG without its
 * last chunk, a WebP shorter than it says. Other formats are not judged.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const format = sniffImageFormat(bytes);
  if (format === null) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { width = 0, height = 0, orientation = 1, truncated = false } = READERS[format]?.(bytes, view) ?? {};
  if (width === 0 || height === 0) return { format, size: null, orientation, truncated };
  const size = orientation >= 5 ? { width: height, height: width } : { width, height };
  return { format, size, orientation, truncated };
}

/** Size of an encoded picture from its header, EXIF orientation applied; `null` when unknown. Never throws. */
export function readImageSize(bytes: Uint8Array): ImageSize | null {
  return readImageHeader(bytes)?.size ?? null;
}

/** ISO/IEC 10918-1: markers with a length up to the start of scan; everything after it belongs to the picture data. */
function jpeg(bytes: Uint8Array, view: DataView): Structure {
  let found: Structure = {};
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (marker === 0xda) return { ...found, truncated: !hasEndMark(bytes, end) };
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame && at + 9 <= bytes.length) {
      found = { ...found, height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    if (marker === 0xe1 && ascii(bytes, at + 4, at + 10) === "Exif\0\0") {
      found = { ...found, orientation: exifOrientation(bytes.subarray(at + 10, end)) };
    }
    at = end;
  }
  return { ...found, truncated: at + 4 > bytes.length };
}

/** In picture data 0xff is followed by 0x00 or a restart mark, so `ff d9` can only be the end; thumbnails lie before `from`. */
function hasEndMark(bytes: Uint8Array, from: number): boolean {
  let at = bytes.lastIndexOf(0xd9);
  while (at > from) {
    if (bytes[at - 1] === 0xff) return true;
    at = bytes.lastIndexOf(0xd9, at - 1);
  }
  return false;
}

/** PNG: length, type, data, checksum; the first chunk is IHDR, the last IEND. */
function png(bytes: Uint8Array, view: DataView): Structure {
  if (bytes.length < 24) return { truncated: true };
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  let orientation = 1;
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const type = ascii(bytes, at + 4, at + 8);
    if (type === "IEND") return { ...size, orientation };
    if (type === "eXIf") orientation = exifOrientation(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return { ...size, orientation, truncated: true };
}

/** WebP container specification: VP8 (lossy), VP8L (lossless), VP8X (extended, with an EXIF chunk at the end). */
function webp(bytes: Uint8Array, view: DataView): Structure {
  if (bytes.length < 30) return { truncated: true };
  const truncated = view.getUint32(4, true) + 8 > bytes.length;
  const kind = ascii(bytes, 12, 16);
  if (kind === "VP8 ") {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, truncated };
  }
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, truncated };
  }
  if (kind !== "VP8X") return { truncated };
  const width = (view.getUint32(24, true) & 0xffffff) + 1;
  const height = (view.getUint32(26, true) >>> 8) + 1;
  return { width, height, truncated, orientation: webpOrientation(bytes, view) };
}

function webpOrientation(bytes: Uint8Array, view: DataView): number {
  let at = 12;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at + 4, true);
    if (ascii(bytes, at, at + 4) === "EXIF") {
      const start = ascii(bytes, at + 8, at + 14) === "Exif\0\0" ? at + 14 : at + 8;
      return exifOrientation(bytes.subarray(start, at + 8 + length));
    }
    at += 8 + length + (length % 2);
  }
  return 1;
}

function gif(bytes: Uint8Array, view: DataView): Structure {
  if (bytes.length < 10) return {};
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** A negative height means rows from the top. The 12-byte core header has 16-bit sizes. */
function bmp(bytes: Uint8Array, view: DataView): Structure {
  if (bytes.length < 26) return {};
  if (view.getUint32(14, true) === 12)
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}
