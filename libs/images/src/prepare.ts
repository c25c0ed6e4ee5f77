import { EncodingError, InvalidInputFormatError } from "@inference-ts/errors";
import { planDownsizing } from "./downsizing.ts";
import type { EncodedImage } from "./encoded-image.ts";
import { type ImageHeader, readImageHeader } from "./image-header.ts";
import { checkByteLength, checkPixelCount } from "./limits.ts";
import type { ImageCodec, ImageSize, RawPixels } from "./ports.ts";
import { describeContent } from "./sniff.ts";

/** What a picture is made ready for. */
export interface PrepareOptions {
  readonly codec: ImageCodec | null;
  readonly label: string;
  readonly maxBytes: number;
  readonly maxPixels: number;
  readonly downsizeTo: ImageSize | null;
  readonly jpegQuality: number;
}

/** Refuses what is empty, no picture, incomplete or too large. */
function checkEncoded(bytes: Uint8Array, options: PrepareOptions): ImageHeader {
  const { label, maxBytes, maxPixels } = options;
  checkByteLength(bytes.length, maxBytes, label);
  if (bytes.length === 0) throw new InvalidInputFormatError(`The image ${label} is empty.`);
  const header = readImageHeader(bytes);
  if (header === null) {
    throw new InvalidInputFormatError(
      `The image ${label} is no picture: its content is ${describeContent(bytes)}.`,
      {
        hint: "JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF and HEIC are known.",
      },
    );
  }
  if (header.truncated) {
    throw new InvalidInputFormatError(
      `The image ${label} is truncated: its ${header.format} data ends after ${bytes.length} bytes, before the picture does.`,
      { hint: "Copy or download it again." },
    );
  }
  if (header.size !== null) checkPixelCount(header.size, maxPixels, label);
  return header;
}

/**
 * Makes encoded bytes ready: checked, and sent untouched unless downsizing is asked for. With downsizing everything leaves as an
 * upright JPEG, as in the Python SDK; a JPEG that is one already and fits is left alone.
 */
export async function prepareEncoded(bytes: Uint8Array, options: PrepareOptions): Promise<EncodedImage> {
  const { label, downsizeTo, maxPixels, jpegQuality: quality } = options;
  const { format, size, orientation } = checkEncoded(bytes, options);
  const untouched = {
    kind: "encoded-image",
    bytes,
    format,
    label,
    size,
    originalSize: size,
    scale: UNSCALED,
  } as const;
  if (downsizeTo === null) return untouched;
  const codec = needCodec(options, "downsized");
  const originalSize = size ?? (await measure(codec, bytes));
  checkPixelCount(originalSize, maxPixels, label);
  const plan = planDownsizing(originalSize, downsizeTo);
  if (plan === null && format === "jpeg" && orientation === 1) return untouched;
  const sent = plan?.size ?? originalSize;
  const jpeg = await coded(codec.resize(bytes, sent, { format: "jpeg", quality }), label);
  return {
    ...untouched,
    bytes: jpeg,
    format: "jpeg",
    size: sent,
    originalSize,
    scale: scaleOf(plan?.factor),
  };
}

/** Encodes raw pixels as JPEG, shrunk when downsizing asks for it. */
export async function preparePixels(pixels: RawPixels, options: PrepareOptions): Promise<EncodedImage> {
  const { label, downsizeTo, maxPixels, jpegQuality: quality } = options;
  checkPixelCount(pixels, maxPixels, label);
  const codec = needCodec(options, "encoded");
  const originalSize = { width: pixels.width, height: pixels.height };
  const plan = downsizeTo === null ? null : planDownsizing(originalSize, downsizeTo);
  const size = plan?.size ?? originalSize;
  const bytes = await coded(codec.encode(pixels, { format: "jpeg", quality, size }), label);
  return {
    kind: "encoded-image",
    bytes,
    format: "jpeg",
    size,
    originalSize,
    scale: scaleOf(plan?.factor),
    label,
  };
}

const UNSCALED = { x: 1, y: 1 } as const;

function scaleOf(factor: number | undefined): EncodedImage["scale"] {
  return factor === undefined ? UNSCALED : { x: factor, y: factor };
}

function needCodec({ codec, label }: PrepareOptions, action: "downsized" | "encoded"): ImageCodec {
  if (codec !== null) return codec;
  throw new EncodingError(`The image ${label} cannot be ${action}: this runtime has no picture codec.`, {
    hint: "Give encoded bytes (JPEG, PNG, ...) without downsizing, or use the Node entry with sharp.",
  });
}

async function measure(codec: ImageCodec, bytes: Uint8Array): Promise<ImageSize> {
  return codec.measure === undefined ? codec.decode(bytes) : codec.measure(bytes);
}

/** Names the picture in a codec's failure. */
async function coded(work: Promise<Uint8Array>, label: string): Promise<Uint8Array> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    throw new EncodingError(`The image ${label} cannot be read: ${error.message}`, { cause: error });
  }
}
