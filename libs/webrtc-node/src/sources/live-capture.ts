import { ClosedError } from "@inference-ts/errors";
import { throwIfAborted } from "@inference-ts/images";
import { type VideoAddress, VideoInput } from "@inference-ts/images-node";
import type { FrameSender, LiveSource, SourceFacts, SourcePlan } from "@inference-ts/webrtc";
import { loadNodeAv, type NodeAv } from "../codec/load-node-av.ts";
import { sendPictures } from "./send-pictures.ts";

const READING = "Reading of the video";

interface Opened {
  readonly av: NodeAv;
  readonly video: VideoInput;
}

/** A camera or stream that this machine reads and sends on. */
export class LiveCapture implements LiveSource {
  readonly plan: SourcePlan;
  readonly #address: VideoAddress;
  readonly #stop = new AbortController();
  #opened: Opened | undefined;
  /** What runs on the native objects; they are freed after it. */
  #running: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(plan: SourcePlan, address: VideoAddress) {
    this.plan = plan;
    this.#address = address;
  }

  async prepare(signal: AbortSignal): Promise<SourceFacts> {
    if (this.#stop.signal.aborted) throw new ClosedError(`The source ${this.#address.shown} is closed.`);
    throwIfAborted(signal, READING);
    const av = await loadNodeAv();
    throwIfAborted(AbortSignal.any([signal, this.#stop.signal]), READING);
    const video = new VideoInput(av, this.#address, { isLowDelay: true });
    this.#opened = { av, video };
    const { fps } = await this.#run(video, signal, () => video.open());
    // The server is told the rate of a camera alone.
    return this.#address.kind === "camera" && fps !== null ? { fps: round(fps) } : {};
  }

  async startFrames(sender: FrameSender, signal: AbortSignal): Promise<void> {
    if (this.#opened === undefined) await this.prepare(signal);
    const opened = this.#opened;
    if (opened === undefined || this.#stop.signal.aborted) return;
    const stop = AbortSignal.any([signal, this.#stop.signal]);
    await this.#run(opened.video, signal, () => sendPictures(opened.av, opened.video, sender, stop));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#stop.abort();
    await this.#running.catch(() => undefined);
    await this.#opened?.video.close().catch(() => undefined);
    this.#opened = undefined;
  }

  /** Runs work that an abort or the closing interrupts. */
  async #run<T>(video: VideoInput, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const stop = AbortSignal.any([signal, this.#stop.signal]);
    const interrupt = (): void => video.interrupt();
    stop.addEventListener("abort", interrupt, { once: true });
    try {
      const running = work();
      this.#running = running;
      const result = await running;
      throwIfAborted(signal, READING);
      return result;
    } catch (error) {
      // An interrupted read fails like one whose peer has gone.
      throwIfAborted(stop, READING);
      throw error;
    } finally {
      stop.removeEventListener("abort", interrupt);
    }
  }
}

/** To thousandths. */
const round = (rate: number): number => Math.round(rate * 1000) / 1000;
