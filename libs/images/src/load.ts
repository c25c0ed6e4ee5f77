import { throwIfAborted } from "./abort.ts";
import { acceptEncoded } from "./accept-encoded.ts";
import { decodeBase64 } from "./decode-base64.ts";
import { type EncodedImage, isEncodedImage, isRemoteImage, type RemoteImage } from "./encoded-image.ts";
import type { ImageSource } from "./image-source.ts";
import { DEFAULT_JPEG_QUALITY, DEFAULT_MAX_IMAGE_BYTES, DEFAULT_MAX_IMAGE_PIXELS } from "./limits.ts";
import type { ImageRuntime, ImageSize } from "./ports.ts";
import type { Found } from "./read-source.ts";
import { sniffImageFormat } from "./sniff.ts";

/** How a picture is loaded. */
export interface LoadImageOptions {
  readonly runtime: ImageRuntime;
  readonly signal?: AbortSignal | undefined;
  /** Most bytes of the encoded picture. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
  /** Most pixels of the picture. Default 268,402,689. */
  readonly maxPixels?: number | undefined;
  /** Box in pixels that the picture is shrunk into, keeping its proportions; `null` (default) = no downsizing. */
  readonly downsizeTo?: ImageSize | null | undefined;
  /** Quality 1..100 where a JPEG is made. Default 90. */
  readonly jpegQuality?: number | undefined;
}

/**
 * Turns any {@link ImageSource} into a picture that can be sent. The caller's bytes are sent untouched unless downsizing is asked for
 * or raw pixels are given; those leave as JPEG.
 *
 * A string is tried as http(s) URL, data URL, path of an existing file, base64 of a picture, in this order.
 *
 * @throws InvalidInputFormatError when the input is no picture, is empty or is truncated.
 * @throws InvalidUrlInputError when a URL is refused or cannot be fetched.
 * @throws ImageTooLargeError over `maxBytes` or `maxPixels`.
 * @throws EncodingError when pixels cannot be decoded or encoded.
 * @throws AbortedError when the signal aborts (or the signal's reason, where that is an error of this package).
 */
export async function loadImage(
  source: ImageSource,
  options: LoadImageOptions,
): Promise<EncodedImage | RemoteImage> {
  const { runtime, signal = NEVER, maxBytes = DEFAULT_MAX_IMAGE_BYTES } = options;
  throwIfAborted(signal);
  const downsizeTo = options.downsizeTo ?? null;
  if (isRemoteImage(source)) return source;
  const wasLoaded = isEncodedImage(source);
  if (wasLoaded && (source.scale.x !== 1 || downsizeTo === null)) return source;
  const found = wasLoaded ? source : (bytesAtHand(source, runtime) ?? (await readOther(source, options)));
  throwIfAborted(signal);
  const maxPixels = options.maxPixels ?? DEFAULT_MAX_IMAGE_PIXELS;
  const picture =
    "bytes" in found ? acceptEncoded(found.bytes, { label: found.label, maxBytes, maxPixels }) : found;
  if ("bytes" in picture && downsizeTo === null) return picture;
  // Most pictures are sent as they are, and need no codec.
  const { convert } = await import("./convert.ts");
  const { codec } = runtime;
  const jpegQuality = options.jpegQuality ?? DEFAULT_JPEG_QUALITY;
  const image = await convert(picture, { codec, maxPixels, downsizeTo, jpegQuality });
  throwIfAborted(signal);
  return image;
}

const NEVER = new AbortController().signal;

/** Encoded bytes that are here already; `null` for every other source. Where files can be read, text may be a path. */
function bytesAtHand(source: unknown, runtime: ImageRuntime): Found | null {
  if (source instanceof Uint8Array) return { label: "bytes", bytes: source };
  if (source instanceof ArrayBuffer) return { label: "bytes", bytes: new Uint8Array(source) };
  if (typeof source !== "string" || runtime.files !== null) return null;
  const bytes = (runtime.decodeBase64 ?? decodeBase64)(source);
  return bytes === null || sniffImageFormat(bytes) === null ? null : { label: "base64 text", bytes };
}

/** What must be fetched, opened, drawn or refused takes more code than bytes that are here. */
async function readOther(
  source: unknown,
  { runtime, signal = NEVER, maxBytes = DEFAULT_MAX_IMAGE_BYTES }: LoadImageOptions,
): Promise<Found> {
  const { readSource } = await import("./read-source.ts");
  return readSource(source, { runtime, signal, maxBytes });
}
