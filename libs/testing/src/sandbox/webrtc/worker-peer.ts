import type { Description, FrameSender, IncomingPicture, LiveChannel } from "@inference-ts/webrtc";

/** What the connection tells the worker. None of these may throw. */
export interface WorkerPeerEvents {
  connected(): void;
  /** The caller's next picture. */
  picture(picture: IncomingPicture): void;
  /** The caller sends no more pictures. */
  trackEnded(): void;
  channelOpened(label: string, channel: LiveChannel): void;
  message(label: string, message: string | Uint8Array): void;
  /** The caller is gone, or was never reached. */
  closed(): void;
}

/** The worker's end of a connection. */
export interface WorkerPeer {
  readonly answer: Description;
  /** Sends pictures back; null where the offer has no video line for them. */
  readonly sender: FrameSender | null;
  /** Tells the caller, then lets everything go. Idempotent, never rejects. */
  close(): Promise<void>;
  /** Lets everything go without a word, as a worker that is killed. */
  vanish(): Promise<void>;
}

/** Answers an offer. */
export type AnswerOffer = (
  offer: Description,
  options: { readonly sendsVideo: boolean; readonly events: WorkerPeerEvents },
) => Promise<WorkerPeer>;
