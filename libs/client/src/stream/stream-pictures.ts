import { InvalidInputFormatError, InvalidParameterError } from "@inference-ts/errors";
import type { ImageSource, SourceReader, VideoFrame } from "@inference-ts/images";
import type { IndexedImage } from "../infer/image-batches.ts";
import type { InferOnStreamOptions, StreamSource } from "./stream-options.ts";

/** A picture of a stream with its place and, in a video, its time. */
export interface StreamPicture extends IndexedImage {
  readonly timestampMs?: number;
}

/** An opened source. */
export interface StreamPictures {
  readonly kind: "images" | "frames";
  /** Number of pictures where it is known. */
  readonly total: number | undefined;
  /** Whether asking for the next picture ends soon after the signal aborts. */
  readonly endsWithSignal: boolean;
  /** Read once; nothing is opened before the first picture is asked for. */
  readonly pictures: AsyncIterable<StreamPicture>;
}

/** What is told to the folder and video readers beside the user's options. */
export interface OpeningOptions extends InferOnStreamOptions {
  readonly extensions: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Finds out what a source is. A text is looked at, nothing of it is read yet.
 *
 * @throws InvalidParameterError for what is no source, InvalidInputFormatError for a text or number without a reader of them.
 */
export async function openPictures(
  source: StreamSource,
  reader: SourceReader | undefined,
  options: OpeningOptions,
): Promise<StreamPictures> {
  if (typeof source === "number") {
    if (!Number.isSafeInteger(source) || source < 0) {
      throw new InvalidParameterError(`The camera ${source} must be a whole number, 0 or more.`);
    }
    return video(source, readerFor("A camera", reader), options);
  }
  if (typeof source === "string" || source instanceof URL) {
    const text = String(source);
    const files = readerFor("A path or address as a stream", reader);
    if (await files.isVideo(text)) return video(text, files, options);
    const { recursive, extensions, followSymlinks, signal } = options;
    const paths = files.findImages(text, { recursive, extensions, followSymlinks, signal });
    return { kind: "images", total: undefined, endsWithSignal: true, pictures: numbered(paths) };
  }
  if (!isManyPictures(source)) {
    throw new InvalidParameterError(
      "inferOnStream takes a folder, a video, or a list or stream of images, not one image.",
      {
        hint: "Use infer for one image.",
      },
    );
  }
  return {
    kind: "images",
    total: Array.isArray(source) ? source.length : undefined,
    endsWithSignal: false,
    pictures: numbered(source),
  };
}

function readerFor(what: string, reader: SourceReader | undefined): SourceReader {
  if (reader !== undefined) return reader;
  throw new InvalidInputFormatError(`${what} cannot be opened here.`, {
    hint: 'Only the entry "./node" of the package reads folders, videos and cameras; give a list or an async iterable of images.',
  });
}

function video(source: string | number, reader: SourceReader, options: OpeningOptions): StreamPictures {
  const { stride, maxFps, signal } = options;
  const frames = reader.openVideo(source, { stride, maxFps, signal });
  return { kind: "frames", total: undefined, endsWithSignal: true, pictures: timed(frames) };
}

function isManyPictures(source: unknown): source is Iterable<ImageSource> | AsyncIterable<ImageSource> {
  if (typeof source !== "object" || source === null || ArrayBuffer.isView(source)) return false;
  return Symbol.asyncIterator in source || Symbol.iterator in source;
}

async function* numbered(
  images: Iterable<ImageSource> | AsyncIterable<ImageSource>,
): AsyncGenerator<StreamPicture, void, undefined> {
  let index = 0;
  for await (const input of images) {
    yield { index, input };
    index += 1;
  }
}

async function* timed(frames: AsyncIterable<VideoFrame>): AsyncGenerator<StreamPicture, void, undefined> {
  for await (const { image, index, timestampMs } of frames) yield { index, input: image, timestampMs };
}
