import { InvalidInputFormatError, isInferenceError, redact, urlWithoutQuery } from "@inference-ts/errors";
import { decodeDataUrl, isDataUrl } from "./data-url.ts";
import { decodeBase64 } from "./decode-base64.ts";
import { describeText, fileUrl, shownName } from "./describe-text.ts";
import { checkByteLength } from "./limits.ts";
import type { FileReadOptions, ImageRuntime, RawPixels } from "./ports.ts";
import { checkRawPixels, looksLikePixels, typeName } from "./raw-pixels.ts";
import { readStream } from "./read-stream.ts";
import { sniffImageFormat } from "./sniff.ts";
import { checkUrl } from "./url-policy.ts";

/** What reading a source needs. */
export interface ReadContext extends FileReadOptions {
  readonly runtime: ImageRuntime;
  /** Whether the bytes of base64 text are what is asked for. Default: a picture. */
  readonly recognise?: ((bytes: Uint8Array) => boolean) | undefined;
}

/** What a source was found to hold. */
export type Found =
  | { readonly label: string; readonly bytes: Uint8Array }
  | { readonly label: string; readonly pixels: RawPixels };

/** Reads a source of any kind. Loaded on demand: bytes and, where there are no files, base64 text need nothing of it. */
export async function readSource(source: unknown, context: ReadContext): Promise<Found> {
  if (typeof source === "string") return readText(source, context);
  if (source instanceof URL) return readUrl(source, context);
  if (source instanceof Blob) return readBlob(source, context);
  if (source instanceof ReadableStream) return readWhole(source, context);
  if (typeof source === "object" && source !== null) {
    const { extras } = context.runtime;
    const extra = await unbroken(typeName(source), "cannot be read", async () => extras?.(source, context));
    if (extra instanceof Uint8Array) return { label: nameOf(source) ?? typeName(source), bytes: extra };
    const pixels = extra ?? source;
    if (looksLikePixels(pixels)) return { label: "raw pixels", pixels: checkRawPixels(pixels) };
  }
  throw new InvalidInputFormatError(`A value of type ${typeName(source)} is not one image.`, {
    hint: "Give a path, URL, base64 text, encoded bytes, Blob, stream or 8-bit pixels {data, width, height, channels}.",
  });
}

/** What a stream calls itself, as files do, or the path of the file that it reads. */
function nameOf(source: object): string | undefined {
  if (!(Symbol.asyncIterator in source)) return undefined;
  const names = ["name" in source ? source.name : undefined, "path" in source ? source.path : undefined];
  const name = names.find((found) => typeof found === "string" && found !== "");
  return typeof name === "string" ? shownName(name) : undefined;
}

async function readWhole(source: ReadableStream<unknown>, context: ReadContext): Promise<Found> {
  const label = "stream";
  return { label, bytes: await unbroken(label, "broke off", () => readStream(source, context, label)) };
}

async function readBlob(blob: Blob, { maxBytes }: ReadContext): Promise<Found> {
  const label = "name" in blob ? shownName(String(blob.name)) : "blob";
  checkByteLength(blob.size, maxBytes, label);
  return { label, bytes: new Uint8Array(await unbroken(label, "cannot be read", () => blob.arrayBuffer())) };
}

/** A file that was changed meanwhile, a canvas with pictures of another site: runtimes have errors of their own for those. */
async function unbroken<T>(label: string, what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isInferenceError(error)) throw error;
    throw new InvalidInputFormatError(`The image ${label} ${what}: ${redact(String(error))}.`);
  }
}

async function readUrl(url: URL, context: ReadContext): Promise<Found> {
  const { runtime, signal, maxBytes } = context;
  if (url.protocol === "data:") return readText(url.href, context);
  const label = urlWithoutQuery(url.href);
  if (url.protocol !== "file:") return { label, bytes: await runtime.urls.fetch(url, signal, maxBytes) };
  const bytes = await runtime.files?.read(url, context);
  if (bytes) return { label, bytes };
  throw new InvalidInputFormatError(`The image ${label} does not exist.`, { hint: whereFilesAre(runtime) });
}

const isPicture = (bytes: Uint8Array): boolean => sniffImageFormat(bytes) !== null;

const whereFilesAre = ({ files }: ImageRuntime): string =>
  files === null
    ? "Local files are read by the Node entry only."
    : "Check the path; it is taken relative to the working directory.";

async function readText(text: string, context: ReadContext): Promise<Found> {
  if (/^\s*https?:\/\//i.test(text)) return readUrl(checkUrl(text), context);
  const { runtime } = context;
  if (isDataUrl(text)) {
    const bytes = decodeDataUrl(text, runtime.decodeBase64);
    if (bytes !== null) return { label: "data URL", bytes };
    throw new InvalidInputFormatError("The data of the data URL is not valid.", {
      hint: "Give data:image/png;base64, and the whole base64 text after it.",
    });
  }
  const file = fileUrl(text);
  if (file !== null) return readUrl(file, context);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
    throw new InvalidInputFormatError(
      `The image URL ${shownName(urlWithoutQuery(text))} has a scheme that is not supported.`,
      {
        hint: "Give an http, https, data or file URL, or a path.",
      },
    );
  }
  const content = await runtime.files?.read(text, context);
  if (content) return { label: shownName(text), bytes: content };
  const bytes = (runtime.decodeBase64 ?? decodeBase64)(text);
  if (bytes !== null && (context.recognise ?? isPicture)(bytes)) return { label: "base64 text", bytes };
  throw new InvalidInputFormatError(
    `The text ${describeText(text)} is neither an existing file, a URL nor base64 of ${context.recognise === undefined ? "an image" : "a picture or sound"}.`,
    { hint: whereFilesAre(runtime) },
  );
}
