import { setTimeout as pause } from "node:timers/promises";
import { chunkMessage, type LiveChannel } from "@inference-ts/webrtc";
import type { LiveFault } from "../faults.ts";
import { dataOf, type FrameOutputs } from "./frame-work.ts";
import { encodeMessage, type MessageFields, timestamp } from "./message.ts";

/** More than this is never queued in a channel, in bytes: werift walks its queue, a long one slows it down. */
const MOST_QUEUED_BYTES = 1_000_000;
const QUEUE_POLL_MS = 5;
/** The worker waits this long for its last message to leave, in milliseconds. */
const DRAIN_MS = 2_000;

/** What is known of the source beyond the frame. */
interface SourceFacts {
  readonly isFile: boolean;
  readonly totalFrames: number | null;
}

/** Sends the worker's messages on channel `inference`; without an open channel they are lost, as on the server. */
export class ResultSender {
  /** The channel that the caller opened last. */
  channel: LiveChannel | undefined;
  readonly #fault: LiveFault;
  readonly #stop: AbortSignal;
  #hasSentEnd = false;

  constructor(fault: LiveFault, stop: AbortSignal) {
    this.#fault = fault;
    this.#stop = stop;
  }

  /** Sends the result of one frame. */
  async send(
    outputs: FrameOutputs,
    wanted: readonly string[],
    fields: Omit<MessageFields, "data">,
    source: SourceFacts,
  ): Promise<void> {
    const { frameId, receivedAt, declaredFps: fps } = fields;
    if (wanted.length === 0) {
      await this.#put(frameId, await encodeMessage({ ...fields, data: null }, false));
      return;
    }
    const { data, errors } = await dataOf(outputs, wanted, { frameId, receivedAt, fps, ...source });
    const all = { ...fields, data, errors: [...fields.errors, ...errors] };
    await this.#put(frameId, await encodeMessage(all, true));
  }

  /** Says that nothing more comes, and waits until that has left. */
  async sendEnd(frames: number, reason: string | null): Promise<void> {
    if (this.#hasSentEnd) return;
    this.#hasSentEnd = true;
    const message = await encodeMessage(endFields(frames, reason), false);
    await this.#put(frames + 1, message);
    if (this.#fault.afterEnd !== undefined) await this.#put(frames + 2, message);
    const deadline = performance.now() + DRAIN_MS;
    while (this.#queuedBytes > 0 && performance.now() < deadline) {
      if (!(await this.#wait())) return;
    }
  }

  get #queuedBytes(): number {
    return this.channel?.bufferedBytes ?? 0;
  }

  async #put(frameId: number, message: Uint8Array): Promise<void> {
    const chunks =
      this.#fault.partial === frameId
        ? // A message that lacks its last chunk is cut into two at least.
          chunkMessage(frameId, message, Math.ceil(message.length / 2)).slice(0, -1)
        : chunkMessage(frameId, message);
    for (const chunk of chunks) {
      while (this.#queuedBytes > MOST_QUEUED_BYTES) {
        if (!(await this.#wait())) return;
      }
      if (this.channel?.isOpen === true) this.channel.send(chunk);
    }
  }

  /** False when the session was closed meanwhile. */
  #wait(): Promise<boolean> {
    return pause(QUEUE_POLL_MS, true, { signal: this.#stop }).catch(() => false);
  }
}

function endFields(frames: number, terminationReason: string | null): MessageFields {
  return {
    data: null,
    frameId: frames,
    receivedAt: timestamp(),
    pts: null,
    timeBase: null,
    declaredFps: null,
    width: null,
    height: null,
    errors: [],
    isComplete: true,
    terminationReason,
  };
}
