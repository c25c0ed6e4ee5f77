import { AckRule } from "../data-channel/acks.ts";
import type { ChannelCounts, ChannelEvent, ChannelReader } from "../data-channel/channel-reader.ts";
import { takeDataFrame } from "../data-channel/data-frame.ts";
import type { VideoMetadata } from "../data-channel/video-metadata.ts";
import { carriesResults, type WorkerMessage } from "../data-channel/worker-message.ts";
import {
  type PairedFrame,
  type PairingCounts,
  TRACK_TICKS_PER_SECOND,
  trackTicks,
} from "../pairing/frame-pairing.ts";
import { TrackPairing } from "../pairing/track-pairing.ts";
import type { IncomingPicture } from "../peer/live-peer.ts";
import { dataPicture } from "./data-picture.ts";
import type { Delivery } from "./delivery.ts";
import type { LiveData } from "./live-items.ts";
import type { OutputSwitch } from "./output-switch.ts";
import type { SessionClock } from "./session-clock.ts";
import type { SessionHandlers } from "./session-handlers.ts";
import type { Happening } from "./session-parts.ts";
import { SharedPicture } from "./shared-picture.ts";

/** What a {@link SessionInbox} works with. */
export interface InboxParts {
  readonly reader: ChannelReader;
  readonly realtime: boolean;
  readonly hasVideo: boolean;
  readonly outputs: OutputSwitch;
  readonly delivery: Delivery;
  readonly handlers: SessionHandlers;
  readonly clock: SessionClock;
  readonly happened: (happening: Happening) => void;
  /** False when the channel is not open. */
  readonly sendText: (text: string) => boolean;
  readonly framesSent: () => number;
}

interface Picture {
  readonly picture: SharedPicture;
  readonly ticks: number | null;
}

/** What comes from the worker: messages and pictures, brought together and handed on in order, then acknowledged. */
export class SessionInbox {
  readonly #parts: InboxParts;
  readonly #acks: AckRule;
  readonly #pairing = new TrackPairing<Picture, LiveData>();
  #reading: Promise<unknown> = Promise.resolve();
  #pendingAck: string | undefined;
  #isHeld = false;
  #hasEnded = false;
  /** The end message has come. */
  #isComplete = false;
  /** Results that no picture can be found for, since they have no time. */
  #untimed = 0;
  #acksSent = 0;
  #results = 0;
  #terminationReason: string | null = null;

  constructor(parts: InboxParts) {
    this.#parts = parts;
    this.#acks = new AckRule({ realtime: parts.realtime });
  }

  /** The worker's word for why it stopped. */
  get terminationReason(): string | null {
    return this.#terminationReason;
  }

  counts(): { acks: number; channel: ChannelCounts; pairing: PairingCounts } {
    return {
      acks: this.#acksSent,
      channel: this.#parts.reader.counts(),
      pairing: this.#pairing.counts(),
    };
  }

  /** The worker has not answered yet for every frame that it will answer for; in a realtime session nobody knows. */
  owes(): boolean {
    return !this.#parts.realtime && this.#results < this.#parts.framesSent();
  }

  /** A message on channel `inference`. */
  receive(data: string | Uint8Array): void {
    if (this.#hasEnded) return;
    const { reader, clock } = this.#parts;
    this.#reading = reader.receive(data, clock.now()).then((event) => this.#read(event));
  }

  /** Something ends the session; the messages that came before are read first. */
  endsWith(happening: Happening): void {
    void this.#reading.then(() => this.#parts.happened(happening));
  }

  /** A picture of the worker's track. */
  picture(picture: IncomingPicture, isLate: boolean): void {
    if (this.#hasEnded || isLate) {
      picture.drop();
      return;
    }
    this.#parts.happened({ type: "picture" });
    const { ticks, isBeginningLost = false } = picture;
    const frame = { picture: new SharedPicture(picture), ticks };
    this.#deliver(this.#pairing.addPicture({ frame, ticks, isBeginningLost }));
    this.#endWhenAllIsThere();
  }

  /** Sends the newest ack once nobody is behind. The first goes at once: until it comes the worker runs ahead without limit. */
  flushAcks(): void {
    const ack = this.#pendingAck;
    if (ack === undefined || this.#hasEnded) return;
    const { delivery, happened, sendText } = this.#parts;
    if (delivery.isBehind && this.#acksSent > 0) {
      if (this.#isHeld) return;
      this.#isHeld = true;
      happened({ type: "held" });
      return;
    }
    this.#pendingAck = undefined;
    if (sendText(ack)) this.#acksSent += 1;
    if (!this.#isHeld) return;
    this.#isHeld = false;
    happened({ type: "released" });
  }

  /** Nothing more is taken. Pictures that still wait for a result are handed on without one, or dropped. */
  end(isUnwanted: boolean): void {
    if (this.#hasEnded) return;
    const left = this.#pairing.flush();
    if (isUnwanted) for (const { frame } of left) frame.picture.drop();
    else this.#deliver(left);
    this.#hasEnded = true;
    this.#parts.reader.clear();
  }

  #read(event: ChannelEvent): void {
    if (this.#hasEnded) return;
    if (event.kind === "invalid") this.#parts.handlers.problem({ kind: "message", error: event.error });
    if (event.kind === "message") this.#message(event.message);
  }

  #message(message: WorkerMessage): void {
    const { processingComplete: complete, terminationReason, metadata, errors } = message;
    if (metadata !== null) this.#results += 1;
    if (complete) this.#terminationReason = terminationReason;
    if (errors.length > 0) this.#parts.handlers.problem({ kind: "frame", errors, metadata });
    if (!complete || carriesResults(message)) this.#hand(message);
    this.#pendingAck = this.#acks.afterDelivery(message) ?? this.#pendingAck;
    this.#parts.happened({ type: "message", complete, terminationReason, owes: this.owes() });
    this.flushAcks();
    this.#isComplete ||= complete;
    this.#endWhenAllIsThere();
  }

  /** After the end message pictures are waited for; not when each result has got its own already. */
  #endWhenAllIsThere(): void {
    if (!this.#isComplete || !this.#parts.hasVideo || this.#hasEnded) return;
    if (this.#untimed === 0 && this.#pairing.waitingResults === 0)
      this.#parts.happened({ type: "track-ended" });
  }

  #hand({ data: outputs, metadata, errors }: WorkerMessage): void {
    const {
      delivery,
      outputs: { picturesInData },
      hasVideo,
    } = this.#parts;
    const { picture, data } = takeDataFrame(outputs, picturesInData);
    const item: LiveData = { data, metadata, errors };
    delivery.data(item, outputs);
    if (picture !== null) {
      const shared = new SharedPicture(dataPicture(picture.base64, picture.name));
      delivery.frame({ picture: shared, ...item, timestampMs: timeOf(metadata) });
    }
    if (!hasVideo) return;
    const ticks = metadata === null ? null : trackTicks(metadata.pts, metadata.timeBase);
    this.#deliver(this.#pairing.addResult(metadata?.frameId ?? null, ticks, item));
    // Results without a time will never find their picture: nothing is gained by waiting.
    if (ticks !== null) return;
    this.#untimed += 1;
    this.#deliver(this.#pairing.flushFrames());
  }

  #deliver(pairs: readonly PairedFrame<Picture, LiveData>[]): void {
    for (const { frame, result } of pairs) {
      this.#parts.delivery.frame({
        picture: frame.picture,
        data: result?.data ?? null,
        metadata: result?.metadata ?? null,
        errors: result?.errors ?? [],
        timestampMs: timeOf(result?.metadata) ?? milliseconds(frame.ticks),
      });
    }
  }
}

function timeOf(metadata: VideoMetadata | null | undefined): number | null {
  if (metadata === null || metadata === undefined) return null;
  const { pts, timeBase } = metadata;
  return pts === null || timeBase === null ? null : pts * timeBase * 1000;
}

function milliseconds(ticks: number | null): number | null {
  return ticks === null ? null : (ticks * 1000) / TRACK_TICKS_PER_SECOND;
}
