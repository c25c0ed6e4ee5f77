import type { UrlPolicy } from "@inference-ts/images";
import type { SourcePlan } from "../config/video-source.ts";
import type { FrameSender } from "./live-peer.ts";

/**
 * Where the frames of a session come from. Made by the functions of `./webrtc` and `./webrtc/node`; one source serves one session.
 *
 * The session asks for exactly what `plan.kind` says: `startFrames` for frames of this machine, `openUpload` for a file,
 * `track` for a `MediaStreamTrack`, nothing for a camera that the server reads.
 */
export interface LiveSource {
  readonly plan: SourcePlan;
  /** Tells a source that downloads which addresses the client of the session takes; called before everything else. */
  useUrlPolicy?(policy: Partial<UrlPolicy>): void;
  /** Opens the device or file before the offer is made, and tells what the offer has to know. */
  prepare?(signal: AbortSignal): Promise<SourceFacts>;
  /** Called once the worker listens: sends frames until the source ends or the signal is aborted. Rejects when the source fails. */
  startFrames?(sender: FrameSender, signal: AbortSignal): Promise<void>;
  /** The bytes of a file, opened when the worker listens. */
  openUpload?(signal: AbortSignal): Promise<UploadBody>;
  /** Progress of the upload, in bytes. */
  onUploadProgress?(progress: { readonly sentBytes: number; readonly totalBytes: number }): void;
  /** A `MediaStreamTrack`, for sources of a browser. */
  track?(signal: AbortSignal): Promise<unknown>;
  /** Lets device and files go. Idempotent, never rejects. */
  close(): Promise<void>;
}

/** What a source knows once it is open. */
export interface SourceFacts {
  /** Frames per second of the device. */
  readonly fps?: number;
}

/** A file that is sent over channel `video_upload`. */
export interface UploadBody {
  readonly totalBytes: number;
  /** Fills `into` from `offset`; returns the bytes read, 0 at the end. */
  read(offset: number, into: Uint8Array): Promise<number>;
  close(): Promise<void>;
}
