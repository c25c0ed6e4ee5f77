import { EncodingError, InvalidInputFormatError } from "@inference-ts/errors";
import { planDownsizing } from "./downsizing.ts";
import type { EncodedImage, ImageFormat } from "./encoded-image.ts";
import { type ImageHeader, readImageHeader } from "./image-header.ts";
import { checkByteLength, checkPixelCount } from "./limits.ts";
import type { EncodeOptions, ImageCodec, ImageSize, RawPixels } from "./ports.ts";
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
function checkEncoded(bytes: Uint8Array, { label, maxBytes, maxPixels }: PrepareOptions): ImageHeader {
  checkByteLength(bytes.length, maxBytes, label);
  const header = readImageHeader(bytes);
  if (header === null) {
    throw new InvalidInputFormatError(
      `The image ${label} is no picture: its content is ${describeContent(bytes)}.`,
    );
  }
  if (header.truncated) {
    throw new InvalidInputFormatError(
      `The image ${label} is truncated: its ${header.format} data ends after ${bytes.length} bytes.`,
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
  const { label, downsizeTo, maxPixels } = options;
  const { format, size, orientation } = checkEncoded(bytes, options);
  const untouched = toImage(bytes, format, label, size, size, 1);
  if (downsizeTo === null) return untouched;
  return withCodec(options, async (codec, encoding) => {
    // The orientation of other formats is known to the codec only.
    const measured = format === "jpeg" ? size : await codec.measure?.(bytes);
    const original = measured ?? size ?? (await codec.decode(bytes));
    checkPixelCount(original, maxPixels, label);
    const plan = planDownsizing(original, downsizeTo);
    if (plan === null && format === "jpeg" && orientation === 1) return untouched;
    const sent = plan?.size ?? original;
    return toImage(
      await codec.resize(bytes, sent, encoding),
      "jpeg",
      label,
      sent,
      original,
      plan?.factor ?? 1,
    );
  });
}

/** Encodes raw pixels as JPEG, shrunk when downsizing asks for it. */
export function preparePixels(pixels: RawPixels, options: PrepareOptions): Promise<EncodedImage> {
  const { label, downsizeTo, maxPixels } = options;
  return withCodec(options, async (codec, encoding) => {
    checkPixelCount(pixels, maxPixels, label);
    const plan = downsizeTo === null ? null : planDownsizing(pixels, downsizeTo);
    const size = plan?.size ?? pixels;
    const bytes = await codec.encode(pixels, { ...encoding, size: sizeOf(size) });
    return toImage(bytes, "jpeg", label, size, pixels, plan?.factor ?? 1);
  });
}

const sizeOf = ({ width, height }: ImageSize): ImageSize => ({ width, height });

function toImage(
  bytes: Uint8Array,
  format: ImageFormat,
  label: string,
  size: ImageSize | null,
  originalSize: ImageSize | null,
  factor: number,
): EncodedImage {
  return {
    kind: "encoded-image",
    bytes,
    format,
    label,
    size: size && sizeOf(size),
    originalSize: originalSize && sizeOf(originalSize),
    scale: { x: factor, y: factor },
  };
}

/** Runs work of the codec; its failures name the picture. */
async function withCodec<T>(
  { codec, label, jpegQuality: quality }: PrepareOptions,
  work: (codec: ImageCodec, encoding: EncodeOptions) => Promise<T>,
): Promise<T> {
  try {
    if (codec === null) throw new EncodingError("this runtime has no picture codec, give encoded bytes.");
    return await work(codec, { format: "jpeg", quality });
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    throw new EncodingError(`The image ${label} cannot be converted: ${error.message}`, { cause: error });
  }
}
