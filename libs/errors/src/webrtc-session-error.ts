import { InferenceError, type InferenceErrorOptions } from "./inference-error.ts";

/** Why a live video session failed. */
export type WebRTCFailure =
  | "connection-failed"
  | "connect-timeout"
  | "channel-closed"
  | "first-message-timeout"
  | "idle-timeout"
  | "start-failed"
  | "source-failed";

/** How a connection came about. Holds no address, no user name and no credential. */
export interface WebRTCConnectionFacts {
  readonly connectionState: string;
  readonly iceState: string;
  readonly dtlsState: string;
  /** Number of candidates per type (`host`, `srflx`, `relay`), ours and the worker's. */
  readonly localCandidates: Readonly<Record<string, number>>;
  readonly remoteCandidates: Readonly<Record<string, number>>;
  /** What was tried, and what did not work on the way. */
  readonly notes: readonly string[];
}

/** A live video session could not be connected, or ended without the worker's word; `reason` and `connection` say how. */
export class WebRTCSessionError extends InferenceError {
  override readonly code = "WEBRTC_SESSION_FAILED";
  readonly reason: WebRTCFailure;
  /** How the connection stood; undefined when there was none yet. */
  readonly connection: WebRTCConnectionFacts | undefined;

  constructor(
    message: string,
    options: InferenceErrorOptions & {
      readonly reason: WebRTCFailure;
      readonly connection?: WebRTCConnectionFacts | undefined;
    },
  ) {
    super(message, options);
    this.reason = options.reason;
    this.connection = options.connection;
  }
}
