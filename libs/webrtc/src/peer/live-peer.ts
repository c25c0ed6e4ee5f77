import type { WebRTCConnectionFacts } from "@inference-ts/errors";
import type { WireIceServer } from "../config/turn-server.ts";

/** A session description, as `RTCPeerConnection` writes it. */
export interface Description {
  readonly type: "offer" | "answer";
  readonly sdp: string;
}

/** Opens the peer connection of one session. The session closes what it opened, on every path. */
export interface LivePeerFactory {
  (options: LivePeerOptions): Promise<LivePeer> | LivePeer;
  /**
   * For implementations that use one TURN address only: which of `urls` answer, asked within a short time. The session then
   * puts the first of them in front. Never rejects for addresses that do not answer.
   */
  readonly answeringTurn?: (urls: readonly string[], signal: AbortSignal) => Promise<readonly string[]>;
}

/** What a peer connection needs from the start. */
export interface LivePeerOptions {
  /** STUN and TURN servers; an empty list means none at all, also no default of the implementation. */
  readonly iceServers: readonly WireIceServer[];
  readonly events: LivePeerEvents;
}

/** What a peer connection tells its session. None of these may throw. */
export interface LivePeerEvents {
  /** Encrypted transport is up; channels may still be opening. */
  connected(): void;
  /** The connection is lost or was never made. Not called for an own `close()`. */
  failed(report: ConnectionReport): void;
  /** The next picture of the worker's video track. The session takes it or drops it. */
  picture(picture: IncomingPicture): void;
  /** The worker's video track has ended. */
  trackEnded(): void;
  /** The source behind an outgoing track has failed or ended by itself. */
  sourceEnded(error: unknown): void;
}

/**
 * One peer connection, free of the types of any implementation. Calls come in this order: channels and video, `createOffer`,
 * `acceptAnswer`, and `close` at any moment.
 */
export interface LivePeer {
  /** Opens an ordered, reliable data channel. */
  openChannel(label: string, events: LiveChannelEvents): LiveChannel;
  /** Adds a video line that receives. */
  receiveVideo(): void;
  /** Adds a video line that sends frames and receives pictures. */
  sendFrames(): FrameSender;
  /** Adds a video line that sends a `MediaStreamTrack` and receives pictures. Refused where there are no such tracks. */
  sendTrack(track: unknown): void;
  /** The offer with every candidate in it. */
  createOffer(signal: AbortSignal): Promise<Description>;
  acceptAnswer(answer: Description): Promise<void>;
  /** What happened on the connection so far. */
  report(): ConnectionReport;
  stats(): PeerStats | Promise<PeerStats>;
  /** Tells the worker, then lets everything go. Idempotent, never rejects. */
  close(): Promise<void>;
}

/** What a data channel tells its session. */
export interface LiveChannelEvents {
  opened(): void;
  message(data: string | Uint8Array): void;
  closed(): void;
}

/** A data channel. */
export interface LiveChannel {
  readonly isOpen: boolean;
  /** Bytes that wait to be sent. */
  readonly bufferedBytes: number;
  /** Sends a message that is not empty: an empty one would block the channel for good. */
  send(message: string | Uint8Array): void;
}

/** Pixels of one frame, row after row without padding. */
export interface FramePixels {
  readonly data: Uint8Array;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** 1 = grey, 3 = RGB, 4 = RGBA. */
  readonly channels: 1 | 3 | 4;
}

/** Sends frames one by one. */
export interface FrameSender {
  /**
   * Sends a frame. Resolves to true when it is on its way, to false when it was dropped: by newer ones, since too many wait, or
   * because the session ended. Whoever awaits each call loses none.
   */
  send(frame: FramePixels, timestampMs?: number): Promise<boolean>;
  /** Sends what waits, makes sure that the worker gets the last frame, and tells it that none follows. */
  finish(): Promise<void>;
  /** Frames that were dropped since too many waited. */
  readonly dropped: number;
  /** Frames that were sent. */
  readonly sent: number;
}

/** A picture of the worker's track that was not turned into pixels yet. Exactly one of `take` and `drop` is called. */
export interface IncomingPicture {
  /** Time on the clock of the track (90,000 a second), 0 for the first picture that arrived; null when it is not known. */
  readonly ticks: number | null;
  /** The worker had sent pictures before the first that arrived, so that nobody knows which of its results belongs to 0. */
  readonly isBeginningLost?: boolean;
  /** Pixels, or what the runtime shows without copying (`VideoFrame`, `ImageBitmap`). Called before `LivePeer.close`. */
  take(): Promise<FrameImage>;
  drop(): void;
}

/** A picture as the caller gets it. Pixels, and the `data` of an encoded picture, are images that the client takes. */
export type FrameImage =
  | ({ readonly kind: "pixels" } & FramePixels)
  /** A compressed picture that came over the data channel. */
  | { readonly kind: "encoded"; readonly data: Uint8Array; readonly mediaType: "image/jpeg" }
  /** `VideoFrame` or `ImageBitmap` of a browser; `close()` it after use. */
  | { readonly kind: "native"; readonly image: unknown; readonly width: number; readonly height: number };

/** How a connection came about, for the message of a failed one. */
export type ConnectionReport = WebRTCConnectionFacts;

/** Counters of a connection. */
export interface PeerStats {
  readonly framesSent: number;
  readonly framesDropped: number;
  readonly picturesReceived: number;
  readonly packetsLost: number;
  readonly keyFramesRequested: number;
  readonly keyFramesSent: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Round trip in ms; null when not measured. */
  readonly roundTripMs: number | null;
}
