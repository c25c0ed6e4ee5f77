import { setTimeout as sleep } from "node:timers/promises";
import { InvalidParameterError } from "@inference-ts/errors";
import { type FramePixels, type FrameSender, PAIRING_TOLERANCE_TICKS } from "@inference-ts/webrtc";
import { checkPixels, type EncodedFrame, FrameEncoder } from "../codec/frame-encoder.ts";
import { loadNodeAv } from "../codec/load-node-av.ts";
import type { VideoCodec } from "../codec/video-codec.ts";
import { RequestPace } from "../rtp/request-pace.ts";

/** Frames that wait at most. */
const SEND_QUEUE_CAPACITY = 10;
/** Shortest time from one frame to the next, on average: 30 a second. */
const FRAME_INTERVAL_MS = 1000 / 30;
/** The same while frames wait: a little shorter, so that frames of a camera do not stay late after the machine was busy. */
const CATCH_UP_INTERVAL_MS = 1000 / 33;
/** How far a late frame lets the next ones come sooner. */
const MAX_CATCH_UP_MS = 100;
/** Frames that are nearer to each other could be taken for one another when results are attached. */
const MIN_STEP_TICKS = 2 * PAIRING_TOLERANCE_TICKS + 1;
const TICKS_PER_MS = 90;

/** Where encoded frames go, known once the connection is up. */
export interface FrameRoute {
  readonly codec: VideoCodec;
  send(data: Buffer, ticks: number): Promise<void>;
  /** Makes sure that the receiver holds no frame back, and asks again for what it lacks. */
  flush(signal: AbortSignal): Promise<void>;
  /** Tells the peer that no frame follows. */
  goodbye(): Promise<void>;
}

interface WaitingFrame {
  readonly frame: FramePixels;
  readonly timestampMs: number | undefined;
  readonly settle: (isSent: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Sends frames, 30 a second at most, 33 while some wait; when they come faster, the oldest of more than {@link SEND_QUEUE_CAPACITY} are dropped. The pixels
 * of a frame must not change before its `send` has settled.
 */
export class VideoSender implements FrameSender {
  readonly #route: Promise<FrameRoute | undefined>;
  readonly #waiting: WaitingFrame[] = [];
  readonly #stop = new AbortController();
  readonly #keyFramePace = new RequestPace();
  #encoder: FrameEncoder | undefined;
  #pump: Promise<void> | undefined;
  #finishing: Promise<void> | undefined;
  #forceKey = true;
  #dueMs = Number.NEGATIVE_INFINITY;
  #originMs: number | undefined;
  #lastTicks = Number.NEGATIVE_INFINITY;
  #dropped = 0;
  #sent = 0;
  #keyFrames = 0;

  /** @param route - Resolves once the connection is up; to undefined when it ended before. */
  constructor(route: Promise<FrameRoute | undefined>) {
    this.#route = route;
  }

  get dropped(): number {
    return this.#dropped;
  }

  get sent(): number {
    return this.#sent;
  }

  get keyFrames(): number {
    return this.#keyFrames;
  }

  async send(frame: FramePixels, timestampMs?: number): Promise<boolean> {
    checkPixels(frame);
    if (timestampMs !== undefined && !Number.isFinite(timestampMs)) {
      throw new InvalidParameterError(`The time of a frame is ${timestampMs}; give milliseconds.`);
    }
    if (this.#stop.signal.aborted || this.#finishing !== undefined) return false;
    return new Promise((settle, fail) => {
      this.#waiting.push({ frame, timestampMs, settle, fail });
      if (this.#waiting.length > SEND_QUEUE_CAPACITY) {
        this.#dropped++;
        this.#waiting.shift()?.settle(false);
      }
      this.#pump ??= this.#sendAll();
    });
  }

  /** Makes the next frame one that can be decoded alone; asked for again within a moment, it is the same one. */
  requestKeyFrame(): void {
    if (this.#keyFramePace.take(performance.now())) this.#forceKey = true;
  }

  finish(): Promise<void> {
    this.#finishing ??= this.#finish();
    return this.#finishing;
  }

  /** Drops what waits and frees the encoder. */
  async close(): Promise<void> {
    this.#stop.abort();
    for (const { settle } of this.#waiting.splice(0)) settle(false);
    await this.#pump;
    await this.#encoder?.close();
  }

  async #sendAll(): Promise<void> {
    const route = await this.#route;
    while (this.#waiting.length > 0) {
      await this.#waitForTurn();
      const next = this.#waiting.shift();
      if (next === undefined) continue;
      if (route === undefined || this.#stop.signal.aborted) {
        next.settle(false);
        continue;
      }
      try {
        next.settle(await this.#encodeAndSend(route, next));
      } catch (error) {
        next.fail(error);
      }
    }
    this.#pump = undefined;
  }

  async #encodeAndSend(route: FrameRoute, { frame, timestampMs }: WaitingFrame): Promise<boolean> {
    this.#encoder ??= new FrameEncoder(await loadNodeAv(), route.codec);
    const ticks = this.#ticksOf(timestampMs);
    const forceKey = this.#forceKey;
    this.#forceKey = false;
    const encoded = await this.#encoder.encode(frame, ticks, forceKey).catch((error: unknown) => {
      this.#forceKey = true;
      throw error;
    });
    if (encoded === undefined || this.#stop.signal.aborted) return false;
    await this.#put(route, encoded, ticks);
    this.#sent++;
    return true;
  }

  async #put(route: FrameRoute, { data, isKey }: EncodedFrame, ticks: number): Promise<void> {
    if (isKey) this.#keyFrames++;
    await route.send(data, ticks);
  }

  /** The server's receiver gives out a frame when the next one begins, so the last one is sent twice. */
  async #finish(): Promise<void> {
    await this.#pump;
    const route = await this.#route;
    const isOpen = () => route !== undefined && !this.#stop.signal.aborted;
    if (this.#sent > 0 && isOpen()) {
      await this.#waitForTurn();
      const ticks = this.#ticksOf(undefined);
      const again = await this.#encoder?.encodeAgain(ticks);
      if (again !== undefined && route !== undefined && isOpen()) await this.#put(route, again, ticks);
      await route?.flush(this.#stop.signal);
    }
    if (isOpen()) await route?.goodbye();
  }

  #ticksOf(timestampMs: number | undefined): number {
    const timeMs = timestampMs ?? performance.now();
    this.#originMs ??= timeMs;
    const ticks = Math.round((timeMs - this.#originMs) * TICKS_PER_MS);
    this.#lastTicks = Math.max(ticks, this.#lastTicks + MIN_STEP_TICKS);
    return this.#lastTicks;
  }

  async #waitForTurn(): Promise<void> {
    const nowMs = performance.now();
    const dueMs = Math.max(this.#dueMs, nowMs - MAX_CATCH_UP_MS);
    this.#dueMs = dueMs + (this.#waiting.length > 1 ? CATCH_UP_INTERVAL_MS : FRAME_INTERVAL_MS);
    if (dueMs > nowMs) await this.#sleep(dueMs - nowMs);
  }

  async #sleep(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
