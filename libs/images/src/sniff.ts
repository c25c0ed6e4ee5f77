import type { ImageFormat } from "./encoded-image.ts";

/** ASCII text of a few bytes; bytes outside the buffer are left out. */
export function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

/** Format, where the mark stands, the mark as Latin-1 text. */
const MARKS: readonly (readonly [format: ImageFormat, offset: number, mark: string])[] = [
  ["jpeg", 0, "\xff\xd8\xff"],
  ["png", 0, "\x89PNG\r\n\x1a\n"],
  ["gif", 0, "GIF87a"],
  ["gif", 0, "GIF89a"],
  ["webp", 8, "WEBP"],
  ["bmp", 0, "BM"],
  ["tiff", 0, "II*\0"],
  ["tiff", 0, "MM\0*"],
];

/** Brands of the ISO base media file format (ISO 23008-12, AV1 image file format). */
const BRANDS: Readonly<Record<string, ImageFormat>> = {
  avif: "avif",
  avis: "avif",
  heic: "heic",
  heix: "heic",
  hevc: "heic",
  heim: "heic",
  heis: "heic",
  mif1: "heic",
  msf1: "heic",
};

/**
 * The picture format that the first bytes tell, `null` when they tell none. Never reads a file name or a content type.
 * 32 bytes are enough.
 */
export function sniffImageFormat(bytes: Uint8Array): ImageFormat | null {
  if (ascii(bytes, 4, 8) === "ftyp") return brandFormat(bytes);
  for (const [format, offset, mark] of MARKS) {
    if (ascii(bytes, offset, offset + mark.length) !== mark) continue;
    if (format === "webp" && ascii(bytes, 0, 4) !== "RIFF") continue;
    return format;
  }
  return null;
}

function brandFormat(bytes: Uint8Array): ImageFormat | null {
  const brands = [ascii(bytes, 8, 12), ...[16, 20, 24, 28].map((at) => ascii(bytes, at, at + 4))];
  if (brands.some((brand) => BRANDS[brand] === "avif")) return "avif";
  return BRANDS[brands[0] ?? ""] ?? null;
}

/** What bytes that are no picture seem to be, for messages. */
export function describeContent(bytes: Uint8Array): string {
  if (bytes.length === 0) return "empty";
  const start = ascii(bytes, 0, 256).trimStart().toLowerCase();
  if (/^<(!doctype html|html|head|body|script)/.test(start)) return "an HTML page";
  if (/^(<\?xml|<svg)/.test(start)) return "XML or SVG";
  if (/^[{[]/.test(start)) return "JSON text";
  if (start.startsWith("%pdf")) return "a PDF document";
  return "no known picture format";
}
