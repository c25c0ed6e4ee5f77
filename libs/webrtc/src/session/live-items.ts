import type { InferenceError } from "@inference-ts/errors";
import type { ChannelCounts } from "../data-channel/channel-reader.ts";
import type { VideoMetadata } from "../data-channel/video-metadata.ts";
import type { PairingCounts } from "../pairing/frame-pairing.ts";
import type { FrameImage, PeerStats } from "../peer/live-peer.ts";
import type { EndReason, SessionPhase } from "./session-state.ts";

/** One picture of a session with the results that belong to it. */
export interface LiveFrame {
  /** The picture: pixels, a JPEG, or what a browser shows without copying. */
  readonly image: FrameImage;
  /** Outputs by name, without the picture; null when no result belongs to the picture. */
  readonly data: unknown;
  /** What the worker says about the frame; null when no result belongs to the picture. */
  readonly metadata: VideoMetadata | null;
  /** What went wrong with this frame on the server; empty when all is well. */
  readonly errors: readonly string[];
  /** Number of the picture in the session, from 0. A gap means pictures that nobody took in time. */
  readonly index: number;
  /** Time in the video in ms; null when it is not known. */
  readonly timestampMs: number | null;
}

/** The results of one frame. */
export interface LiveData {
  /** Outputs by name, without a picture that is delivered as a frame; null when nothing was asked for or the frame failed. */
  readonly data: unknown;
  readonly metadata: VideoMetadata | null;
  /** What went wrong with this frame on the server; empty when all is well. */
  readonly errors: readonly string[];
}

/** Something that went wrong and did not end the session. */
export type LiveProblem =
  /** The worker could not work on a frame, or on an output of it. */
  | { readonly kind: "frame"; readonly errors: readonly string[]; readonly metadata: VideoMetadata | null }
  /** A handler of the caller threw or rejected. */
  | { readonly kind: "handler"; readonly handler: string; readonly error: unknown }
  /** A message or picture could not be read. */
  | { readonly kind: "message"; readonly error: InferenceError }
  /** Something optional was left out, such as TURN servers that could not be asked for. */
  | { readonly kind: "note"; readonly message: string };

/** How a session ended. */
export interface SessionEnd {
  readonly reason: EndReason;
  /** The worker's own word for it, such as `timeout_reached`. */
  readonly terminationReason: string | null;
  /** Set unless the end was orderly (`complete`, `processing-timeout`, `closed`). */
  readonly error: InferenceError | undefined;
}

/** Counters of a session. */
export interface LiveStats {
  readonly phase: SessionPhase;
  /** Pictures that came in, and those of them that were dropped since nobody took them in time. */
  readonly frames: { readonly received: number; readonly dropped: number };
  /** Messages with results, and those of them that a slow reader missed. */
  readonly data: { readonly received: number; readonly dropped: number };
  /** Acks sent; 0 in a realtime session. */
  readonly acks: number;
  /** Frames sent one by one. */
  readonly framesSent: number;
  /** Bytes of the file that were handed to the channel. */
  readonly uploadedBytes: number;
  readonly channel: ChannelCounts;
  readonly pairing: PairingCounts;
  /** Counters of the connection, the last ones after the end; null while there was none. */
  readonly peer: PeerStats | null;
}
