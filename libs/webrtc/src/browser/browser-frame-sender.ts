import type { FramePixels, FrameSender } from "../peer/live-peer.ts";
import type { FrameSurface } from "./frame-surface.ts";

/** Frames that may wait; above it the oldest is dropped. The Python client's queue has as many. */
const MAX_WAITING = 10;
/** Shortest time between two frames in ms: an encoder that gets them faster leaves some out. */
const FRAME_PERIOD_MS = 1000 / 30;
/** Longest wait for the encoder to take the first frame, in ms. */
const FIRST_FRAME_MS = 1_000;

interface WaitingFrame {
  readonly frame: FramePixels;
  readonly timestampMs: number | undefined;
  readonly settle: (isSent: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/** What a {@link BrowserFrameSender} works with. */
export interface FrameSenderParts {
  readonly surface: FrameSurface;
  /** Resolves when frames get through; what is shown before is lost. */
  readonly connected: Promise<void>;
  /** The encoder has given out a frame. */
  readonly encodesFrames: () => Promise<boolean>;
}

/** Sends frames one by one over the track of a surface, at most 30 a second, from the moment the connection is up. */
export class BrowserFrameSender implements FrameSender {
  readonly #surface: FrameSurface;
  readonly #connected: Promise<void>;
  readonly #encodesFrames: () => Promise<boolean>;
  readonly #waiting: WaitingFrame[] = [];
  readonly #stopped = Promise.withResolvers<void>();
  #isStopped = false;
  #pumping: Promise<void> | undefined;
  #last: { readonly frame: FramePixels; readonly timestampMs: number } | undefined;
  #nextAt = 0;
  #dropped = 0;
  #sent = 0;

  constructor({ surface, connected, encodesFrames }: FrameSenderParts) {
    this.#surface = surface;
    this.#connected = connected;
    this.#encodesFrames = encodesFrames;
  }

  get dropped(): number {
    return this.#dropped;
  }

  get sent(): number {
    return this.#sent;
  }

  send(frame: FramePixels, timestampMs?: number): Promise<boolean> {
    if (this.#isStopped) return Promise.resolve(false);
    return new Promise((settle, fail) => {
      this.#waiting.push({ frame, timestampMs, settle, fail });
      if (this.#waiting.length > MAX_WAITING) {
        this.#dropped += 1;
        this.#waiting.shift()?.settle(false);
      }
      this.#pumping ??= this.#pump();
    });
  }

  /**
   * The worker's jitter buffer gives a frame out when it sees the next one, so that the last is sent twice. A browser has no
   * call to tell the worker that none follows.
   */
  async finish(): Promise<void> {
    await this.#pumping;
    const last = this.#last;
    if (last === undefined || this.#isStopped) return;
    this.#last = undefined;
    await this.#turn();
    if (this.#isStopped) return;
    await this.#surface.show(last.frame, last.timestampMs + FRAME_PERIOD_MS);
    // One more period for the encoder.
    await this.#turn();
  }

  /** Lets everything go that waits. Idempotent. */
  close(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#stopped.resolve();
    for (const { settle } of this.#waiting.splice(0)) settle(false);
    this.#surface.close();
  }

  async #pump(): Promise<void> {
    await Promise.race([this.#connected, this.#stopped.promise]);
    for (;;) {
      if (this.#waiting.length > 0) await this.#turn();
      const next = this.#waiting.shift();
      if (next === undefined) break;
      await this.#show(next);
    }
    this.#pumping = undefined;
  }

  async #show({ frame, timestampMs = performance.now(), settle, fail }: WaitingFrame): Promise<void> {
    try {
      await this.#surface.show(frame, timestampMs);
      if (this.#sent === 0) await this.#untilEncoded(frame, timestampMs);
    } catch (error) {
      if (this.#isStopped) settle(false);
      else fail(error);
      return;
    }
    this.#last = { frame, timestampMs };
    this.#sent += 1;
    settle(true);
  }

  /** An encoder that is still being set up leaves frames out, so that the first one is shown until it is taken. */
  async #untilEncoded(frame: FramePixels, timestampMs: number): Promise<void> {
    const since = performance.now();
    for (;;) {
      // The browser counts anew every 50 ms; asked sooner, a frame that was taken would be sent twice.
      await this.#turn();
      await this.#turn();
      const passedMs = performance.now() - since;
      if (this.#isStopped || passedMs > FIRST_FRAME_MS || (await this.#encodesFrames())) return;
      await this.#surface.show(frame, timestampMs + passedMs);
    }
  }

  /** Waits until the next frame may be shown. */
  async #turn(): Promise<void> {
    const ms = this.#nextAt - performance.now();
    if (ms > 0 && !this.#isStopped) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const pause = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      });
      await Promise.race([pause, this.#stopped.promise]);
      clearTimeout(timer);
    }
    this.#nextAt = Math.max(performance.now(), this.#nextAt) + FRAME_PERIOD_MS;
  }
}
