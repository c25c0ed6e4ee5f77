import { EncodingError, isInferenceError } from "@inference-ts/errors";
import { planDownsizing } from "./downsizing.ts";
import { type EncodedImage, encodedImage } from "./encoded-image.ts";
import { readImageHeader } from "./image-header.ts";
import { checkPixelCount } from "./limits.ts";
import type { EncodeOptions, ImageCodec, ImageSize, RawPixels } from "./ports.ts";

/** What a picture is made into. */
export interface Conversion {
  readonly codec: ImageCodec | null;
  readonly maxPixels: number;
  /** Box that the picture is shrunk into; `null` = no downsizing. */
  readonly downsizeTo: ImageSize | null;
  readonly jpegQuality: number;
}

interface Pixels {
  readonly pixels: RawPixels;
  readonly label: string;
}

/** Makes a picture what the conversion asks for. */
export async function convert(picture: EncodedImage | Pixels, conversion: Conversion): Promise<EncodedImage> {
  if ("pixels" in picture) return encodePixels(picture, conversion);
  return conversion.downsizeTo === null ? picture : shrinkEncoded(picture, conversion.downsizeTo, conversion);
}

/**
 * Shrinks a picture into a box. Everything leaves as an upright JPEG, as in the Python SDK; a JPEG that is one already and fits is
 * left alone.
 */
function shrinkEncoded(image: EncodedImage, box: ImageSize, conversion: Conversion): Promise<EncodedImage> {
  const { bytes, format, label, size } = image;
  return withCodec(label, conversion, async (codec, encoding) => {
    // The orientation of other formats is known to the codec only.
    const measured = format === "jpeg" ? size : await codec.measure?.(bytes);
    const original = measured ?? size ?? (await codec.decode(bytes));
    checkPixelCount(original, conversion.maxPixels, label);
    const plan = planDownsizing(original, box);
    if (plan === null && format === "jpeg" && readImageHeader(bytes)?.orientation === 1) return image;
    const sent = plan?.size ?? original;
    const jpeg = await codec.resize(bytes, sent, encoding);
    return encodedImage(jpeg, "jpeg", label, sent, original, plan?.factor);
  });
}

/** Encodes raw pixels as JPEG, shrunk when downsizing asks for it. */
function encodePixels({ pixels, label }: Pixels, conversion: Conversion): Promise<EncodedImage> {
  return withCodec(label, conversion, async (codec, encoding) => {
    checkPixelCount(pixels, conversion.maxPixels, label);
    const plan = conversion.downsizeTo && planDownsizing(pixels, conversion.downsizeTo);
    const { width, height } = plan?.size ?? pixels;
    const size = { width, height };
    const bytes = await codec.encode(pixels, { ...encoding, size });
    return encodedImage(bytes, "jpeg", label, size, pixels, plan?.factor);
  });
}

/** Runs work of the codec; its failures name the picture. */
async function withCodec<T>(
  label: string,
  { codec, jpegQuality: quality }: Conversion,
  work: (codec: ImageCodec, encoding: EncodeOptions) => Promise<T>,
): Promise<T> {
  try {
    if (codec === null) throw new EncodingError("this runtime has no picture codec, give encoded bytes.");
    return await work(codec, { format: "jpeg", quality });
  } catch (error) {
    if (isInferenceError(error) && !(error instanceof EncodingError)) throw error;
    const reason = error instanceof Error ? error.message : "the codec failed.";
    throw new EncodingError(`The image ${label} cannot be converted: ${reason}`, { cause: error });
  }
}
