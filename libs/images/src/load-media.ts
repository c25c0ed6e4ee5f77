import { EncodingError, InvalidInputFormatError } from "@inference-ts/errors";
import { throwIfAborted } from "./abort.ts";
import { isEncodedImage, isRemoteImage } from "./encoded-image.ts";
import type { ImageSource } from "./image-source.ts";
import { checkByteLength, DEFAULT_MAX_IMAGE_BYTES } from "./limits.ts";
import type { ImageRuntime } from "./ports.ts";

/** How bytes of any kind are loaded. */
export interface LoadMediaOptions {
  readonly runtime: ImageRuntime;
  readonly signal: AbortSignal;
  /** Most bytes. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
  /** Whether bytes are what is asked for; decides over text that may be base64. */
  recognise(bytes: Uint8Array): boolean;
}

/** Bytes as they are sent. */
export interface LoadedMedia {
  /** How the source is named in messages. */
  readonly label: string;
  readonly bytes: Uint8Array;
}

/**
 * Turns any source of {@link ImageSource} into bytes, of pictures, sounds or anything else: the content is not looked at. Pixels leave as
 * PNG.
 *
 * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, AbortedError.
 */
export async function loadMedia(source: ImageSource, options: LoadMediaOptions): Promise<LoadedMedia> {
  const { runtime, signal, recognise, maxBytes = DEFAULT_MAX_IMAGE_BYTES } = options;
  throwIfAborted(signal);
  const found = isEncodedImage(source)
    ? source
    : (bytesAtHand(source) ?? (await readOther(source, { runtime, signal, maxBytes, recognise })));
  checkByteLength(found.bytes.byteLength, maxBytes, found.label);
  return { label: found.label, bytes: found.bytes };
}

function bytesAtHand(source: unknown): LoadedMedia | null {
  if (source instanceof Uint8Array) return { label: "bytes", bytes: source };
  return source instanceof ArrayBuffer ? { label: "bytes", bytes: new Uint8Array(source) } : null;
}

async function readOther(source: unknown, context: Required<LoadMediaOptions>): Promise<LoadedMedia> {
  if (isRemoteImage(source)) {
    throw new InvalidInputFormatError(
      "A remote image cannot be sent here: the bytes themselves are needed.",
      {
        hint: "Give the URL as text or as a URL; it is downloaded.",
      },
    );
  }
  const { readSource } = await import("./read-source.ts");
  const found = await readSource(source, {
    ...context,
    maxBytes: context.maxBytes ?? DEFAULT_MAX_IMAGE_BYTES,
  });
  if ("bytes" in found) return found;
  const { codec } = context.runtime;
  if (codec === null)
    throw new EncodingError("This runtime has no picture codec: give encoded bytes, not pixels.");
  return { label: found.label, bytes: await codec.encode(found.pixels, { format: "png" }) };
}
