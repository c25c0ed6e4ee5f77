import type { Depacketizer } from "./depacketizer.ts";
import type { OrderedPacket } from "./reorder-buffer.ts";
import type { VideoPacket } from "./video-packet.ts";
import { WrappingCounter } from "./wrapping-counter.ts";

/** A whole frame as it was encoded, with all frames before it that it builds on. */
export interface EncodedPicture {
  readonly data: Buffer;
  readonly isKey: boolean;
  /** Time on the clock of the track (90,000 a second), from the first packet in order. */
  readonly ticks: number;
}

/** When a whole frame is given out. */
export type FrameRelease =
  /** With its last packet. */
  | "marker"
  /** With the first packet of the next frame, as aiortc does it: a stream's last frame never comes out. */
  | "next-frame";

/** Longest frame that is put together, in bytes: one whose end never comes must not fill the memory. */
const MAX_FRAME_BYTES = 16_000_000;

interface OpenFrame {
  readonly parts: Uint8Array[];
  readonly timestamp: number;
  readonly ticks: number;
  bytes: number;
  isKey: boolean;
}

/**
 * Puts frames together from packets in order. After a gap it gives out nothing until a whole key frame has come: also frames that
 * came complete would be decoded from a wrong picture.
 */
export class FrameAssembler {
  readonly #depacketize: Depacketizer;
  readonly #release: FrameRelease;
  readonly #clock = new WrappingCounter(32);
  #origin: number | undefined;
  #open: OpenFrame | undefined;
  #held: EncodedPicture | undefined;
  /** The next packet is the first of a frame for certain. */
  #isAtBoundary = false;
  #needsKeyFrame = true;
  /** Frames were lost since the last key frame, so that waiting alone does not help. */
  #hasMissed = false;
  #incomplete = 0;

  constructor(depacketize: Depacketizer, release: FrameRelease = "marker") {
    this.#depacketize = depacketize;
    this.#release = release;
  }

  /** Nothing can be given out before a key frame, and none is on its way. */
  get wantsKeyFrame(): boolean {
    return this.#needsKeyFrame && this.#hasMissed && this.#open?.isKey !== true;
  }

  /** Frames that were left out: incomplete ones and those that build on them. */
  get incomplete(): number {
    return this.#incomplete;
  }

  /** Forgets what frames were built on, as after one that could not be decoded. */
  requireKeyFrame(): void {
    this.#needsKeyFrame = true;
    this.#hasMissed = true;
  }

  push({ packet, isAfterGap }: OrderedPacket): EncodedPicture[] {
    // Padding carries nothing.
    if (packet.payload.length === 0 && !isAfterGap) return [];
    const out: EncodedPicture[] = [];
    const ticks = this.#ticks(packet.timestamp);
    if (this.#held !== undefined && this.#held.ticks !== ticks) {
      out.push(this.#held);
      this.#held = undefined;
    }
    if (isAfterGap) this.#break();
    else if (this.#open !== undefined && this.#open.timestamp !== packet.timestamp) this.#finish(out);
    this.#append(packet, ticks, out);
    return out;
  }

  #append(packet: VideoPacket, ticks: number, out: EncodedPicture[]): void {
    const fragment = this.#depacketize(packet.payload);
    if (fragment === undefined) {
      this.#break();
      return;
    }
    if (this.#open === undefined) {
      if (!fragment.startsFrame && (!this.#isAtBoundary || fragment.continues)) {
        this.#isAtBoundary = packet.marker;
        this.requireKeyFrame();
        return;
      }
      this.#open = { parts: [], timestamp: packet.timestamp, ticks, bytes: 0, isKey: false };
    }
    this.#open.bytes += packet.payload.length;
    if (this.#open.bytes > MAX_FRAME_BYTES) {
      this.#break();
      this.#isAtBoundary = packet.marker;
      return;
    }
    this.#open.parts.push(...fragment.parts);
    this.#open.isKey ||= fragment.isKey;
    if (packet.marker) this.#finish(out);
  }

  #finish(out: EncodedPicture[]): void {
    const frame = this.#open;
    this.#open = undefined;
    this.#isAtBoundary = true;
    if (frame === undefined) return;
    if (this.#needsKeyFrame && !frame.isKey) {
      this.#incomplete++;
      this.requireKeyFrame();
      return;
    }
    this.#needsKeyFrame = false;
    this.#hasMissed = false;
    const picture = { data: Buffer.concat(frame.parts), isKey: frame.isKey, ticks: frame.ticks };
    if (this.#release === "marker") out.push(picture);
    else this.#held = picture;
  }

  #break(): void {
    if (this.#open !== undefined) this.#incomplete++;
    this.#open = undefined;
    this.#isAtBoundary = false;
    this.requireKeyFrame();
  }

  #ticks(timestamp: number): number {
    const unwrapped = this.#clock.unwrap(timestamp);
    this.#origin ??= unwrapped;
    return unwrapped - this.#origin;
  }
}
