import type { RgbPixels } from "../shapes/colours.ts";

/** One frame of a session on its way into the workflow. */
export interface SourceFrame {
  readonly pixels: RgbPixels;
  /** Time of the frame in units of `timeBase`; null where the connection does not tell. */
  readonly pts: number | null;
  /** Length of one unit, in seconds. */
  readonly timeBase: number;
}

/** Where the frames of a session come from. */
export interface FrameSource {
  /** The next frame; null at the end, also when the source was closed meanwhile. Throws when the source breaks. */
  next(): Promise<SourceFrame | null>;
  close(): Promise<void>;
}

/** What is known of a file before its first frame. */
export interface FileFacts {
  readonly fps: number | null;
  readonly totalFrames: number | null;
}
