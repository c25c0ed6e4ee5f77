import { EncodingError, InvalidParameterError, MissingPeerError } from "@inference-ts/errors";
import { type InferenceResult, readSemanticMask } from "@inference-ts/predictions";
import { type AnnotateOptions, annotate } from "../annotate.ts";
import { type Annotator, compose } from "../annotators/annotator.ts";
import { drawOnPixels } from "../pixels/draw-on-pixels.ts";
import { sceneOf } from "../scene.ts";

/** What is drawn, and the format of the picture that comes out. */
export interface DrawOnImageOptions extends Omit<AnnotateOptions, "size" | "semanticMask"> {
  /** What is drawn, lowest first, instead of what the options above say. */
  readonly annotators?: readonly Annotator[] | undefined;
  /** Default `png`. */
  readonly format?: "png" | "jpeg" | undefined;
  /** JPEG quality, 1..100. Default 90. */
  readonly quality?: number | undefined;
  /** Pictures with more pixels are refused. Default 268,402,689, which is also sharp's. */
  readonly maxPixels?: number | undefined;
}

const DEFAULT_MAX_PIXELS = 268_402_689;
const DEFAULT_QUALITY = 90;

/**
 * Draws a result on the picture it was made from and encodes it again. The picture is turned upright by its EXIF
 * orientation first, as the server does; a result of a smaller copy of it is scaled up.
 *
 * @param picture encoded bytes that sharp reads: JPEG, PNG, WebP, GIF, TIFF or AVIF, not BMP
 * @returns encoded bytes without metadata
 * @throws MissingPeerError when the package `sharp` is not installed
 * @throws EncodingError when the picture cannot be decoded or encoded
 * @throws InvalidParameterError when `quality` is not a whole number of 1..100
 * @throws InvalidResponseError when a mask of the result cannot be decoded
 */
export async function drawOnImage(
  picture: Uint8Array,
  result: InferenceResult,
  options: DrawOnImageOptions = {},
): Promise<Uint8Array> {
  const {
    format = "png",
    quality = DEFAULT_QUALITY,
    maxPixels = DEFAULT_MAX_PIXELS,
    annotators,
    ...annotateOptions
  } = options;
  if (!(Number.isInteger(quality) && quality >= 1 && quality <= 100)) {
    throw new InvalidParameterError(`quality must be a whole number of 1 to 100, got ${quality}.`);
  }
  const sharp = await loadSharp();
  const { data, info } = await sharp(picture, { limitInputPixels: maxPixels })
    .autoOrient()
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(refuseInput(picture));
  const { width, height } = info;
  const size = { width, height };
  const semanticMask =
    result.task === "semantic-segmentation" ? await readSemanticMask(result, size) : undefined;
  const list =
    annotators === undefined
      ? annotate(result, { ...annotateOptions, size, semanticMask })
      : compose(sceneOf(result, { size, semanticMask }), annotators);
  drawOnPixels({ ...size, data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength) }, list);
  const drawn = sharp(data, { raw: { ...size, channels: 4 }, limitInputPixels: maxPixels });
  const encoded =
    format === "jpeg" ? drawn.flatten({ background: "#ffffff" }).jpeg({ quality }) : drawn.png();
  const bytes = await encoded.toBuffer().catch((cause: unknown) => refusePicture(cause));
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

async function loadSharp() {
  try {
    return (await import("sharp")).default;
  } catch (cause) {
    throw new MissingPeerError("sharp", "drawing on PNG and JPEG pictures", { cause });
  }
}

const READABLE = "Give a JPEG, PNG, WebP, GIF, TIFF or AVIF.";

/** What sharp's own message leaves open: what the picture is, and the formats that can be read. */
function refuseInput(picture: Uint8Array): (cause: unknown) => never {
  const isBmp = picture[0] === 0x42 && picture[1] === 0x4d;
  return (cause) => {
    const isUnread = cause instanceof Error && /unsupported image format/i.test(cause.message);
    return refusePicture(cause, isBmp ? "a BMP cannot be drawn on; " : "", isUnread ? READABLE : undefined);
  };
}

function refusePicture(cause: unknown, what = "", hint?: string): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `The picture to draw on could not be decoded or encoded: ${what}${reason}.`;
  throw new EncodingError(message, { cause, hint });
}
