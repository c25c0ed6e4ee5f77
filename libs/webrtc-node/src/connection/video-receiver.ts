import type { IncomingPicture } from "@inference-ts/webrtc";
import { FrameDecoder } from "../codec/frame-decoder.ts";
import { loadNodeAv } from "../codec/load-node-av.ts";
import type { VideoCodec } from "../codec/video-codec.ts";
import type { Depacketizer, Fragment } from "../rtp/depacketizer.ts";
import { type EncodedPicture, FrameAssembler, type FrameRelease } from "../rtp/frame-assembler.ts";
import { readH264Payload } from "../rtp/h264-depacketizer.ts";
import { type OrderedPacket, REORDER_WAIT_MS, ReorderBuffer } from "../rtp/reorder-buffer.ts";
import { RequestPace } from "../rtp/request-pace.ts";
import type { VideoPacket } from "../rtp/video-packet.ts";
import { readVp8Payload } from "../rtp/vp8-depacketizer.ts";

const DEPACKETIZERS: Readonly<Record<VideoCodec, Depacketizer>> = {
  VP8: readVp8Payload,
  H264: readH264Payload,
};

/** Frames that wait to be decoded at most; a machine that is too slow skips to a later key frame. */
const MAX_UNDECODED = 90;

/** Time between two askings for packets that are missing; werift itself asks too, but not over the end of 16 bits. */
const ASK_AGAIN_MS = 30;
/** A timer that comes later than this tells of a process that stood still. */
const STALL_MS = 30;

/** What a receiver tells. */
export interface VideoReceiverEvents {
  picture(picture: IncomingPicture): void;
  /** Asks the sender of a stream for a key frame. */
  requestKeyFrame(ssrc: number): void;
  /** Asks the sender of a stream for packets once more. */
  requestPackets(ssrc: number, sequences: readonly number[]): void;
  /** Pictures cannot be decoded at all. */
  failed(error: unknown): void;
}

/** Nothing can be decoded before a key frame, so every sender begins with one. */
const beginsStream = (fragment: Fragment | undefined): boolean =>
  fragment?.startsFrame === true && fragment.isKey;

/** One stream of packets and what is known of it. */
interface Stream {
  readonly ssrc: number;
  readonly codec: VideoCodec;
  readonly buffer: ReorderBuffer;
  readonly assembler: FrameAssembler;
  readonly decoder: Promise<FrameDecoder>;
}

/** Turns packets into pictures: in order, whole, decoded. */
export class VideoReceiver {
  readonly #events: VideoReceiverEvents;
  readonly #release: FrameRelease;
  readonly #pace = new RequestPace();
  #stream: Stream | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading: NodeJS.Immediate | undefined;
  #patientUntilMs = 0;
  #closing: Promise<unknown>[] = [];
  #undecoded = 0;
  #pictures = 0;
  #lostBefore = 0;
  #keyFramesRequested = 0;
  #isClosed = false;

  constructor(events: VideoReceiverEvents, release: FrameRelease = "marker") {
    this.#events = events;
    this.#release = release;
  }

  get pictures(): number {
    return this.#pictures;
  }

  /** Packets that never came. */
  get packetsLost(): number {
    return this.#lostBefore + (this.#stream?.buffer.lost ?? 0);
  }

  get keyFramesRequested(): number {
    return this.#keyFramesRequested;
  }

  push(ssrc: number, codec: VideoCodec, packet: VideoPacket): void {
    if (this.#isClosed) return;
    const stream = this.#streamOf(ssrc, codec);
    this.#take(stream, stream.buffer.push(packet, performance.now()));
  }

  /** Frees the decoder; pictures that were given out stay valid. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#endStream();
    await Promise.allSettled(this.#closing);
  }

  #streamOf(ssrc: number, codec: VideoCodec): Stream {
    const current = this.#stream;
    if (current?.ssrc === ssrc && current.codec === codec) return current;
    this.#endStream();
    const depacketize = DEPACKETIZERS[codec];
    const decoder = loadNodeAv().then((av) => new FrameDecoder(av, codec));
    decoder.catch((error: unknown) => this.#events.failed(error));
    this.#stream = {
      ssrc,
      codec,
      buffer: new ReorderBuffer(({ payload }) => beginsStream(depacketize(payload))),
      assembler: new FrameAssembler(depacketize, this.#release),
      decoder,
    };
    return this.#stream;
  }

  #endStream(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#reading);
    this.#timer = undefined;
    const stream = this.#stream;
    this.#stream = undefined;
    if (stream === undefined) return;
    this.#lostBefore += stream.buffer.lost;
    this.#closing.push(
      stream.decoder.then(
        (decoder) => decoder.close(),
        () => undefined,
      ),
    );
  }

  #take(stream: Stream, packets: readonly OrderedPacket[]): void {
    for (const packet of packets) {
      for (const picture of stream.assembler.push(packet)) this.#decode(stream, picture);
    }
    if (stream.assembler.wantsKeyFrame) this.#requestKeyFrame(stream);
    this.#armTimer(stream);
  }

  #armTimer(stream: Stream): void {
    const { expiresAtMs } = stream.buffer;
    if (this.#timer !== undefined || expiresAtMs === undefined) return;
    const nowMs = performance.now();
    const waitMs = Math.max(1, Math.min(ASK_AGAIN_MS, Math.ceil(expiresAtMs - nowMs)));
    this.#timer = setTimeout(() => this.#tick(stream, nowMs + waitMs), waitMs);
  }

  #tick(stream: Stream, dueMs: number): void {
    const nowMs = performance.now();
    const lateMs = nowMs - dueMs;
    // A process that stood still has packets to read first, and others may have waited for what it did not ask for.
    if (lateMs > STALL_MS) this.#patientUntilMs = nowMs + Math.min(lateMs, REORDER_WAIT_MS);
    this.#reading = setImmediate(() => {
      this.#timer = undefined;
      const isPatient = performance.now() < this.#patientUntilMs;
      this.#take(stream, isPatient ? [] : stream.buffer.expire(performance.now()));
      const { missing } = stream.buffer;
      if (missing.length > 0) this.#events.requestPackets(stream.ssrc, missing);
    });
  }

  #decode(stream: Stream, encoded: EncodedPicture): void {
    if (this.#undecoded >= MAX_UNDECODED) {
      stream.assembler.requireKeyFrame();
      return;
    }
    this.#undecoded++;
    this.#decodeInTurn(stream, encoded)
      .catch(() => {
        stream.assembler.requireKeyFrame();
        this.#requestKeyFrame(stream);
      })
      .finally(() => {
        this.#undecoded--;
      });
  }

  async #decodeInTurn(stream: Stream, encoded: EncodedPicture): Promise<void> {
    const decoder = await stream.decoder;
    const pictures = await decoder.decode(encoded);
    for (const picture of pictures) {
      if (this.#isClosed) {
        picture.drop();
        continue;
      }
      this.#pictures++;
      const { isBeginningLost } = stream.buffer;
      this.#events.picture(isBeginningLost ? { ...picture, isBeginningLost } : picture);
    }
  }

  #requestKeyFrame({ ssrc }: Stream): void {
    if (this.#isClosed || !this.#pace.take(performance.now())) return;
    this.#keyFramesRequested++;
    this.#events.requestKeyFrame(ssrc);
  }
}
