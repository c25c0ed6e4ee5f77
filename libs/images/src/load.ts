import {
  InvalidInputFormatError,
  isInferenceError,
  redact,
  redactUrl,
  urlWithoutQuery,
} from "@inference-ts/errors";
import { throwIfAborted } from "./abort.ts";
import { decodeBase64 } from "./base64.ts";
import { decodeDataUrl, isDataUrl } from "./data-url.ts";
import { type EncodedImage, isEncodedImage, isRemoteImage, type RemoteImage } from "./encoded-image.ts";
import type { ImageSource } from "./image-source.ts";
import {
  checkByteLength,
  DEFAULT_JPEG_QUALITY,
  DEFAULT_MAX_IMAGE_BYTES,
  DEFAULT_MAX_IMAGE_PIXELS,
} from "./limits.ts";
import type { FileReadOptions, ImageRuntime, ImageSize, RawPixels } from "./ports.ts";
import { type PrepareOptions, prepareEncoded, preparePixels } from "./prepare.ts";
import { checkRawPixels, looksLikePixels, typeName } from "./raw-pixels.ts";
import { readStream } from "./read-stream.ts";
import { sniffImageFormat } from "./sniff.ts";
import { checkUrl } from "./url-policy.ts";

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
  const found = wasLoaded ? source : await readSource(source, { runtime, signal, maxBytes });
  throwIfAborted(signal);
  const prepare: PrepareOptions = {
    codec: runtime.codec,
    label: found.label,
    maxBytes,
    maxPixels: options.maxPixels ?? DEFAULT_MAX_IMAGE_PIXELS,
    downsizeTo,
    jpegQuality: options.jpegQuality ?? DEFAULT_JPEG_QUALITY,
  };
  const image =
    "bytes" in found
      ? await prepareEncoded(found.bytes, prepare)
      : await preparePixels(found.pixels, prepare);
  throwIfAborted(signal);
  return image;
}

const NEVER = new AbortController().signal;

interface ReadContext extends FileReadOptions {
  readonly runtime: ImageRuntime;
}

type Found =
  | { readonly label: string; readonly bytes: Uint8Array }
  | { readonly label: string; readonly pixels: RawPixels };

async function readSource(source: unknown, context: ReadContext): Promise<Found> {
  if (typeof source === "string") return readText(source, context);
  if (source instanceof URL) return readUrl(source, context);
  if (source instanceof Uint8Array) return { label: "bytes", bytes: source };
  if (source instanceof ArrayBuffer) return { label: "bytes", bytes: new Uint8Array(source) };
  if (source instanceof Blob) return readBlob(source, context);
  if (source instanceof ReadableStream) return readWhole(source, context);
  if (typeof source === "object" && source !== null) {
    const extra = await context.runtime.extras?.(source, context);
    if (extra instanceof Uint8Array) return { label: typeName(source), bytes: extra };
    const pixels = extra ?? source;
    if (looksLikePixels(pixels)) return { label: "raw pixels", pixels: checkRawPixels(pixels) };
  }
  throw new InvalidInputFormatError(`A value of type ${typeName(source)} is not one image.`, {
    hint: "Give a path, URL, base64 text, encoded bytes, Blob, stream or 8-bit pixels {data, width, height, channels}.",
  });
}

async function readWhole(source: ReadableStream<unknown>, context: ReadContext): Promise<Found> {
  const label = "stream";
  try {
    return { label, bytes: await readStream(source, context, label) };
  } catch (error) {
    throw isInferenceError(error)
      ? error
      : new InvalidInputFormatError(`The image ${label} broke off: ${redact(String(error))}.`);
  }
}

async function readBlob(blob: Blob, { maxBytes }: ReadContext): Promise<Found> {
  const label = "name" in blob ? shown(String(blob.name)) : "blob";
  checkByteLength(blob.size, maxBytes, label);
  return { label, bytes: new Uint8Array(await blob.arrayBuffer()) };
}

async function readUrl(url: URL, context: ReadContext): Promise<Found> {
  const { runtime, signal, maxBytes } = context;
  if (url.protocol === "data:") return readText(url.href, context);
  const label = urlWithoutQuery(url.href);
  if (url.protocol !== "file:") return { label, bytes: await runtime.urls.fetch(url, signal, maxBytes) };
  const bytes = await runtime.files?.read(url, context);
  if (bytes) return { label, bytes };
  throw new InvalidInputFormatError(`The image ${label} does not exist${whereNoFiles(runtime)}.`);
}

const whereNoFiles = ({ files }: ImageRuntime): string =>
  files === null ? " (local files: Node entry only)" : "";

async function readText(text: string, context: ReadContext): Promise<Found> {
  if (/^\s*https?:/i.test(text)) return readUrl(checkUrl(text), context);
  const { runtime } = context;
  if (isDataUrl(text)) {
    const bytes = decodeDataUrl(text, runtime.decodeBase64);
    if (bytes !== null) return { label: "data URL", bytes };
    throw new InvalidInputFormatError("The data of the data URL is not valid.");
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
    throw new InvalidInputFormatError(`The image URL ${shown(text)} has a scheme that is not supported.`);
  }
  const file = await runtime.files?.read(text, context);
  if (file) return { label: shown(text), bytes: file };
  const bytes = (runtime.decodeBase64 ?? decodeBase64)(text);
  if (bytes !== null && sniffImageFormat(bytes) !== null) return { label: "base64 text", bytes };
  throw new InvalidInputFormatError(
    `The text "${shown(text)}" is neither an existing file, a URL nor base64 of an image${whereNoFiles(runtime)}.`,
  );
}

/** Text for messages: without keys, and long text (such as base64) only as its beginning. */
function shown(text: string): string {
  return text.length > 200
    ? `${redactUrl(text.slice(0, 40))}... (${text.length} characters)`
    : redactUrl(text);
}
