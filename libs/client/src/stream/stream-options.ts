import type { ImageSource, RawPixels } from "@inference-ts/images";
import type { InferenceResult, TaskType } from "@inference-ts/predictions";
import type { InferEachItem, InferOptions } from "../infer/infer-options.ts";

/**
 * Where the pictures of a stream come from: a list or async iterable of images, or a text that is opened (`./node` only): a folder, a glob
 * pattern, a picture, a video file, the address of a stream. A number is a camera.
 */
export type StreamSource<Input extends ImageSource = ImageSource> =
  | string
  | URL
  | number
  | Iterable<Input>
  | AsyncIterable<Input>;

/** How far a stream is, after each of its items. */
export interface StreamProgress {
  /** Pictures that were taken from the source. */
  readonly found: number;
  /** Items that were given, the failed ones included. */
  readonly finished: number;
  /** Items that were given with an error. */
  readonly failed: number;
  /** Number of all pictures where it is known before the end: for lists. */
  readonly total: number | undefined;
}

/** What a stream takes beside its source. */
export interface InferOnStreamOptions<Task extends TaskType = TaskType> extends InferOptions<Task> {
  /** Folders: look into folders inside. Default false. */
  readonly recursive?: boolean | undefined;
  /**
   * Folders and patterns: file name endings, with or without the dot, in any letter case. Default: the configuration's
   * `imageExtensionsForDirectoryScan`.
   */
  readonly extensions?: readonly string[] | undefined;
  /** Folders: follow symbolic links; loops and second ways to one file are noticed. Default true. */
  readonly followSymlinks?: boolean | undefined;
  /** Videos: every how-manyeth frame is looked at, an integer of 1 or more. Default 1. */
  readonly stride?: number | undefined;
  /** Videos: most frames a second that are looked at, by their timestamps. Default: all. */
  readonly maxFps?: number | undefined;
  /** Told after each item. What it throws is dropped. */
  readonly onProgress?: ((progress: StreamProgress) => void) | undefined;
}

/**
 * What became of one picture of a stream.
 *
 * `index` is its place in the source, from 0; for a video the number of the frame, frames that `stride` or `maxFps` left out
 * counted. `input` is what was given, a path with its real letter case for folders, the frame's pixels for videos.
 */
export type StreamItem<Result = InferenceResult, Input = ImageSource> = InferEachItem<Result, Input> & {
  /** Time of a video's frame in milliseconds from its first frame; `undefined` for other pictures. */
  readonly timestampMs?: number | undefined;
};

/** A path or address in a folder, or a frame of a video. */
export type OpenedInput = string | RawPixels;
