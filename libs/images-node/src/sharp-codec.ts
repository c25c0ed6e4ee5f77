import { EncodingError, ImageTooLargeError } from "@inference-ts/errors";
import {
  DEFAULT_JPEG_QUALITY,
  DEFAULT_MAX_IMAGE_PIXELS,
  type EncodeOptions,
  type ImageCodec,
  type ImageSize,
  type RawPixels,
  sniffImageFormat,
} from "@inference-ts/images";
import type { Sharp } from "sharp";
import { decodeBmp } from "./bmp.ts";
import { loadSharp } from "./load-sharp.ts";

/** How {@link sharpCodec} works. */
export interface SharpCodecOptions {
  /** Most pixels of a picture that is decoded. Default 268,402,689 (sharp's own). */
  readonly maxPixels?: number | undefined;
}

const NEEDED_FOR = "resizing, encoding and decoding pictures";

/**
 * Codec of Node, made of sharp, which is loaded at the first use; its concurrency and cache settings are the program's. EXIF
 * orientation is applied; alpha is dropped for JPEG and the colours under it are kept, as the server does with a PNG that it
 * decodes; 16-bit, palette and CMYK pictures become 8-bit sRGB.
 *
 * Every method throws MissingPeerError without sharp, EncodingError for pictures that cannot be decoded, ImageTooLargeError
 * over the pixel limit.
 */
export function sharpCodec(options: SharpCodecOptions = {}): ImageCodec {
  const limitInputPixels = options.maxPixels ?? DEFAULT_MAX_IMAGE_PIXELS;

  async function open(bytes: Uint8Array): Promise<Sharp> {
    return (await loadSharpOpener(options))(bytes);
  }

  async function openPixels({ data, width, height, channels }: RawPixels): Promise<Sharp> {
    const sharp = await loadSharp(NEEDED_FOR);
    return sharp(data, { raw: { width, height, channels }, limitInputPixels });
  }

  return {
    name: "sharp",
    resize: (bytes, size, encoding) =>
      guarded(async () => encodeWith(stretch(await open(bytes), size), encoding)),
    encode: (pixels, encoding) =>
      guarded(async () => {
        const image = await openPixels(pixels);
        const { size } = encoding;
        const fits = size === undefined || (size.width === pixels.width && size.height === pixels.height);
        return encodeWith(fits ? image : stretch(image, size), encoding);
      }),
    decode: (bytes) => guarded(async () => readPixels(await open(bytes))),
    measure: (bytes) =>
      guarded(async () => {
        const { autoOrient, width, height } = await (await open(bytes)).metadata();
        return { width: autoOrient.width ?? width, height: autoOrient.height ?? height };
      }),
  };
}

/**
 * Loads sharp and gives what makes pipelines of encoded pictures, upright.
 *
 * @throws MissingPeerError without sharp; what it gives throws EncodingError and ImageTooLargeError for BMP, the pipelines the rest.
 */
export async function loadSharpOpener(
  options: SharpCodecOptions = {},
): Promise<(bytes: Uint8Array) => Sharp> {
  const limitInputPixels = options.maxPixels ?? DEFAULT_MAX_IMAGE_PIXELS;
  const sharp = await loadSharp(NEEDED_FOR);
  return (bytes) => {
    if (sniffImageFormat(bytes) !== "bmp") {
      return sharp(bytes, { limitInputPixels, failOn: "error" }).autoOrient();
    }
    const { data, width, height, channels } = decodeBmp(bytes, limitInputPixels);
    return sharp(data, { raw: { width, height, channels }, limitInputPixels });
  };
}

/** The linear kernel is the one of OpenCV's default resize; sharp averages while shrinking, so that nothing aliases. */
function stretch(image: Sharp, { width, height }: ImageSize): Sharp {
  return image.resize({ width, height, fit: "fill", kernel: "linear" });
}

/** JPEG in full colour resolution: half of it, the usual, moves coloured edges by a pixel of the small picture. */
function encodeWith(image: Sharp, { format, quality }: EncodeOptions): Promise<Uint8Array> {
  const colours = image.toColourspace("srgb");
  const encoded =
    format === "png"
      ? colours.png()
      : colours.removeAlpha().jpeg({ quality: quality ?? DEFAULT_JPEG_QUALITY, chromaSubsampling: "4:4:4" });
  return encoded.toBuffer();
}

/** Pixels of a pipeline as 8-bit grey, RGB or RGBA. */
export async function readPixels(image: Sharp): Promise<RawPixels> {
  const { data, info } = await image
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 1 || channels === 3 || channels === 4) return { data, width, height, channels };
  // Grey with alpha is the only other form; the alpha is dropped.
  return { data: data.filter((_, index) => index % channels === 0), width, height, channels: 1 };
}

/** Turns sharp's failures into ours; its messages name formats and limits, never content. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || "code" in error) throw error;
    if (/exceeds pixel limit/i.test(error.message)) {
      throw new ImageTooLargeError("The picture has more pixels than the limit.", {
        cause: error,
        hint: "Shrink it or raise maxImagePixels.",
      });
    }
    throw new EncodingError(`sharp: ${error.message}.`, { cause: error });
  }
}
