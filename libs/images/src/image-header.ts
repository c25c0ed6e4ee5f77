import type { ImageFormat } from "./encoded-image.ts";
import { exifOrientation } from "./exif.ts";
import { pngStructure } from "./png.ts";
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

/** May read past the end: that throws, and means that the picture is cut off. */
type StructureReader = (view: DataView, bytes: Uint8Array) => Structure;

const READERS: Partial<Record<ImageFormat, StructureReader>> = {
  jpeg,
  png: pngStructure,
  webp,
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  // A negative height means rows from the top.
  bmp: (view) => ({ width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }),
};

/**
 * Reads format, size, orientation and completeness from the structure of an encoded picture, without decoding pixels.
 * `null` when the bytes are no known picture. Never throws.
 *
 * Incomplete means: a JPEG without an end mark after its picture data (bytes after that mark are legal), a PNG without its last
 * chunk, a WebP shorter than it says, any header that is cut off. EXIF is read in JPEG only, where cameras write it.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const format = sniffImageFormat(bytes);
  if (format === null) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let structure: Structure;
  try {
    structure = READERS[format]?.(view, bytes) ?? {};
  } catch {
    structure = { truncated: true };
  }
  const { width = 0, height = 0, orientation = 1, truncated = false } = structure;
  const upright = orientation < 5 ? { width, height } : { width: height, height: width };
  return { format, size: width > 0 && height > 0 ? upright : null, orientation, truncated };
}

/** Size of an encoded picture from its header, EXIF orientation applied; `null` when unknown. Never throws. */
export function readImageSize(bytes: Uint8Array): ImageSize | null {
  return readImageHeader(bytes)?.size ?? null;
}

/** ISO/IEC 10918-1: markers with a length up to the start of scan; everything after it belongs to the picture data. */
function jpeg(view: DataView, bytes: Uint8Array): Structure {
  let found: Structure = {};
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === 0xda) return { ...found, truncated: !hasEndMark(bytes, end) };
    // Frame headers, without the tables (c4, cc) and the extension (c8) among their numbers.
    if ((marker >> 4 === 0xc && marker % 4 !== 0) || marker === 0xc0) {
      found = { ...found, height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    if (marker === 0xe1 && ascii(bytes, at + 4, at + 8) === "Exif") {
      found = { ...found, orientation: exifOrientation(bytes.subarray(at + 10, end)) };
    }
    at = end;
  }
  return found;
}

/** In picture data 0xff is followed by 0x00 or a restart mark, so `ff d9` can only be the end; thumbnails lie before `from`. */
function hasEndMark(bytes: Uint8Array, from: number): boolean {
  let at = bytes.lastIndexOf(0xd9);
  while (at > from && bytes[at - 1] !== 0xff) at = bytes.lastIndexOf(0xd9, at - 1);
  return at > from;
}

/** WebP container specification: VP8 (lossy), VP8L (lossless), VP8X (extended). Sizes are kept minus one, but in VP8. */
function webp(view: DataView, bytes: Uint8Array): Structure {
  const truncated = view.getUint32(4, true) + 8 > bytes.length;
  const kind = bytes[15];
  if (kind === 0x20) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, truncated };
  }
  const bits = view.getUint32(kind === 0x4c ? 21 : 24, true);
  return kind === 0x4c
    ? { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, truncated }
    : { width: (bits & 0xffffff) + 1, height: (view.getUint32(26, true) >>> 8) + 1, truncated };
}
