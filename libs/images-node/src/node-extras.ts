import { Readable } from "node:stream";
import { EncodingError, InvalidInputFormatError, isInferenceError, redact } from "@inference-ts/errors";
import {
  type ChunkStream,
  type ExtraImage,
  type ExtraInputReader,
  type FileReadOptions,
  type RawPixels,
  readDrawable,
  readStream,
} from "@inference-ts/images";
import type { Sharp } from "sharp";
import { guarded, readPixels } from "./sharp-codec.ts";

function hasMethods(input: object, names: readonly string[]): boolean {
  return names.every((name) => typeof Reflect.get(input, name) === "function");
}

/** A pipeline is known by its methods, so that any installed copy of sharp is taken. */
function isSharp(input: object): input is Sharp {
  return hasMethods(input, ["clone", "toBuffer", "metadata", "toColourspace"]);
}

/** The output format that a pipeline's owner chose, such as `png`; `input` when none was. */
function chosenFormat(image: Sharp): unknown {
  const options: unknown = Reflect.get(image, "options");
  return typeof options === "object" && options !== null ? Reflect.get(options, "formatOut") : undefined;
}

const SENDABLE: readonly unknown[] = ["jpeg", "png", "webp", "gif", "tiff", "heif", "avif"];

function readPipeline(image: Sharp): Promise<ExtraImage> {
  return guarded<ExtraImage>(async () => {
    const copy = image.clone();
    return SENDABLE.includes(chosenFormat(copy)) ? copy.toBuffer() : readPixels(copy);
  });
}

interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: "2d"): unknown;
}

interface PixelContext {
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
}

function isCanvas(input: object): input is Canvas {
  return hasMethods(input, ["getContext"]) && "width" in input && "height" in input;
}

function isPixelContext(value: unknown): value is PixelContext {
  return typeof value === "object" && value !== null && hasMethods(value, ["getImageData"]);
}

function readCanvas(canvas: Canvas): RawPixels {
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  if (!isPixelContext(context)) throw new EncodingError("The canvas has no 2d context to read pixels from.");
  return { data: context.getImageData(0, 0, width, height).data, width, height, channels: 4 };
}

function isAsyncIterable(input: object): input is AsyncIterable<unknown> {
  return Symbol.asyncIterator in input;
}

const ENDED = { done: true, value: undefined } as const;

/**
 * The iterable as a stream of chunks whose `cancel` waits for nothing: an iterator alone would first wait for the chunk that is
 * under way, and Node's own adapter throws where nobody can catch it when a stream is cancelled while it flows.
 */
function toChunkStream(input: AsyncIterable<unknown>): ChunkStream {
  const iterator = input[Symbol.asyncIterator]();
  const cancelled = Promise.withResolvers<typeof ENDED>();
  return {
    locked: input instanceof Readable && (input.destroyed || input.readableEnded),
    getReader: () => ({
      read: async () => {
        const { done, value } = await Promise.race([iterator.next(), cancelled.promise]);
        return { done: done === true, value };
      },
      cancel: async () => {
        cancelled.resolve(ENDED);
        if (input instanceof Readable) input.destroy();
        else await iterator.return?.();
      },
    }),
  };
}

async function readIterable(input: AsyncIterable<unknown>, options: FileReadOptions): Promise<Uint8Array> {
  const label = "stream";
  try {
    return await readStream(toChunkStream(input), options, label);
  } catch (error) {
    if (isInferenceError(error)) throw error;
    throw new InvalidInputFormatError(`The image ${label} broke off: ${redact(String(error))}.`);
  }
}

/**
 * Reads what only Node programs have: sharp pipelines, canvases of canvas packages, Node streams and other async iterables of bytes.
 *
 * A pipeline runs as its owner built it (EXIF orientation is applied only with `.autoOrient()`); with an output format chosen its
 * encoded bytes are taken, otherwise its pixels. The pipeline stays usable.
 */
export const nodeExtras: ExtraInputReader = async (input, options) => {
  if (isSharp(input)) return readPipeline(input);
  if (isCanvas(input)) return (await readDrawable(input, options)) ?? readCanvas(input);
  if (isAsyncIterable(input)) return readIterable(input, options);
  return readDrawable(input, options);
};
