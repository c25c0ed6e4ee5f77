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
import { type EncodedImage, isEncodedImage, type RemoteImage } from "./encoded-image.ts";
import type { ImageSource } from "./image-source.ts";
import {
  checkByteLength,
  DEFAULT_JPEG_QUALITY,
  DEFAULT_MAX_IMAGE_BYTES,
  DEFAULT_MAX_IMAGE_PIXELS,
} from "./limits.ts";
import type { ImageRuntime, ImageSize, RawPixels } from "./ports.ts";
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
  if (isRemoteImage(source)) return source;
  const wasLoaded = isEncodedImage(source);
  if (wasLoaded && (source.scale.x !== 1 || (options.downsizeTo ?? null) === null)) return source;
  const found = wasLoaded ? source : await readSource(source, { runtime, signal, maxBytes });
  throwIfAborted(signal);
  const prepare: PrepareOptions = {
    codec: runtime.codec,
    label: found.label,
    maxBytes,
    maxPixels: options.maxPixels ?? DEFAULT_MAX_IMAGE_PIXELS,
    downsizeTo: options.downsizeTo ?? null,
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

interface ReadContext {
  readonly runtime: ImageRuntime;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}

type Found =
  | { readonly label: string; readonly bytes: Uint8Array }
  | { readonly label: string; readonly pixels: RawPixels };

function isRemoteImage(value: unknown): value is RemoteImage {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "remote-image";
}

async function readSource(source: unknown, context: ReadContext): Promise<Found> {
  if (typeof source === "string") return readText(source, context);
  if (typeof source !== "object" || source === null) throw unknownKind(source);
  if (source instanceof URL) return readUrl(source, context);
  if (source instanceof Uint8Array) return { label: "bytes", bytes: source };
  if (source instanceof ArrayBuffer) return { label: "bytes", bytes: new Uint8Array(source) };
  if (source instanceof Blob) return readBlob(source, context);
  const extra = (await context.runtime.extras?.(source, context.signal)) ?? null;
  if (extra !== null) {
    const label = typeName(source);
    return extra instanceof Uint8Array ? { label, bytes: extra } : { label, pixels: checkRawPixels(extra) };
  }
  if (looksLikePixels(source)) return { label: "raw pixels", pixels: checkRawPixels(source) };
  if (isStream(source)) return readWhole(source, context);
  throw unknownKind(source);
}

function isStream(value: object): value is ReadableStream<unknown> | AsyncIterable<unknown> {
  return ("getReader" in value && typeof value.getReader === "function") || Symbol.asyncIterator in value;
}

async function readWhole(
  source: ReadableStream<unknown> | AsyncIterable<unknown>,
  context: ReadContext,
): Promise<Found> {
  const label = "stream";
  try {
    return { label, bytes: await readStream(source, { ...context, label }) };
  } catch (error) {
    if (isInferenceError(error)) throw error;
    const reason = redact(error instanceof Error ? error.message : String(error));
    throw new InvalidInputFormatError(`The image stream broke off: ${reason}.`);
  }
}

function unknownKind(source: unknown): InvalidInputFormatError {
  const hint = Array.isArray(source)
    ? "A list is given where one image is meant."
    : "Give a path, a URL, base64 text, encoded bytes, a Blob, a stream or raw 8-bit pixels {data, width, height, channels}.";
  return new InvalidInputFormatError(`A value of type ${typeName(source)} is not an image.`, { hint });
}

async function readBlob(blob: Blob, { maxBytes }: ReadContext): Promise<Found> {
  const label = "name" in blob && typeof blob.name === "string" ? shown(blob.name) : "blob";
  checkByteLength(blob.size, maxBytes, label);
  return { label, bytes: new Uint8Array(await blob.arrayBuffer()) };
}

async function readUrl(url: URL, context: ReadContext): Promise<Found> {
  if (isDataUrl(url.href)) return readDataUrl(url.href, context);
  if (url.protocol !== "file:") return download(url, context);
  const { files } = context.runtime;
  const label = shown(url.href);
  if (files === null) {
    throw new InvalidInputFormatError(
      `The image ${label} cannot be opened: this runtime reads no local files.`,
    );
  }
  const found = await readFile(files.pathOf(url), label, context);
  if (found === null) throw new InvalidInputFormatError(`The image ${label} does not exist.`);
  return found;
}

async function download(url: URL, { runtime, signal, maxBytes }: ReadContext): Promise<Found> {
  return { label: urlWithoutQuery(url.href), bytes: await runtime.urls.fetch(url, signal, maxBytes) };
}

function readDataUrl(text: string, { runtime }: ReadContext): Found {
  const label = "data URL";
  const bytes = decodeDataUrl(text, runtime.decodeBase64);
  if (bytes === null)
    throw new InvalidInputFormatError("The data URL is damaged: its data is not valid base64.");
  return { label, bytes };
}

/** Longest text that is tried as a path: PATH_MAX of Linux. */
const MAX_PATH_LENGTH = 4096;

async function readText(text: string, context: ReadContext): Promise<Found> {
  if (/^\s*https?:/i.test(text)) return download(checkUrl(text), context);
  if (isDataUrl(text)) return readDataUrl(text, context);
  const scheme = /^[a-z][a-z0-9+.-]+:\/\//i.exec(text)?.[0];
  if (scheme !== undefined) {
    throw new InvalidInputFormatError(`The image URL ${shown(text)} has a scheme that is not supported.`, {
      hint: "Give an http, https or data URL, or a path.",
    });
  }
  const { files } = context.runtime;
  if (files !== null && text.length > 0 && text.length <= MAX_PATH_LENGTH) {
    const found = await readFile(text, shown(text), context);
    if (found !== null) return found;
  }
  return readBase64(text, context);
}

function readBase64(text: string, { runtime, maxBytes }: ReadContext): Found {
  const label = "base64 text";
  const bytes = (runtime.decodeBase64 ?? decodeBase64)(text);
  if (bytes !== null && sniffImageFormat(bytes) !== null) {
    checkByteLength(bytes.length, maxBytes, label);
    return { label, bytes };
  }
  const tried =
    runtime.files === null
      ? "neither a URL nor base64 of an image"
      : "neither an existing file, a URL nor base64 of an image";
  throw new InvalidInputFormatError(`The text "${shown(text)}" is ${tried}.`, {
    hint:
      runtime.files === null
        ? "Local files are read by the Node entry only."
        : "Check the path; it is taken relative to the working directory.",
  });
}

async function readFile(path: string, label: string, context: ReadContext): Promise<Found | null> {
  const content = await context.runtime.files?.read(path, context);
  if (content === undefined || content === null) return null;
  if (content === "directory") {
    throw new InvalidInputFormatError(`The image ${label} is a directory.`, {
      hint: "Give the path of one file, or list the directory's files.",
    });
  }
  return { label, bytes: content };
}

const SHOWN_LENGTH = 200;
const SHOWN_START = 40;

/** Text for messages: without keys, and long text (such as base64) only as its beginning. */
function shown(text: string): string {
  if (text.length <= SHOWN_LENGTH) return redactUrl(text);
  return `${redactUrl(text.slice(0, SHOWN_START))}... (${text.length} characters)`;
}
