import { setTimeout as pause } from "node:timers/promises";
import { chunkMessage, type LiveChannel, UPLOAD_CHANNEL } from "@inference-ts/webrtc";
import type { Exchange } from "../exchange.ts";
import type { LiveFault } from "../faults.ts";
import type { SandboxState } from "../route.ts";
import { AckWindow } from "./ack-window.ts";
import { FileFrames } from "./file-frames.ts";
import type { FileFacts, FrameSource, SourceFrame } from "./frame-source.ts";
import {
  dataOf,
  type FrameFacts,
  type FrameOutputs,
  firstPicture,
  pictureOf,
  workOnFrame,
} from "./frame-work.ts";
import { encodeMessage, type MessageFields, timestamp } from "./message.ts";
import { changedBy, type OutputsWanted, readControl, wantedBy } from "./outputs-wanted.ts";
import { TrackFrames } from "./track-frames.ts";
import { UploadReceiver } from "./upload-receiver.ts";
import type { AnswerOffer, WorkerPeer } from "./worker-peer.ts";
import type { WorkerRequest } from "./worker-request.ts";

/** The server stops this long before the time that it was given, in seconds (`WEBRTC_MODAL_SHUTDOWN_RESERVE`). */
const SHUTDOWN_RESERVE_S = 1;
/** More than this is never queued in a channel, in bytes: werift walks its queue, a long one slows it down. */
const MOST_QUEUED_BYTES = 1_000_000;
const QUEUE_POLL_MS = 5;
/** A caller that does not connect within this time after the answer has left, in milliseconds. */
const CONNECT_MS = 15_000;
/** The worker waits this long for its last message to leave, in milliseconds. */
const DRAIN_MS = 2_000;

const NO_STREAM_OUTPUT = "stream_output is required when render_output=True";
const NO_PICTURE = [
  "Visualisation blocks were not executed",
  "or workflow was not configured to output visuals.",
  "Please try to adjust the scene so models detect objects",
  "or stop preview, update workflow and try again.",
];

/** What a worker is made for. */
export interface WorkerSetup {
  readonly request: WorkerRequest;
  readonly exchange: Exchange;
  readonly state: SandboxState;
  readonly fault: LiveFault;
  /** Called once when the worker is gone. */
  readonly onEnd: () => void;
}

/** One live video session of the sandbox: frames of the caller in, results and pictures out. */
export class LiveWorker {
  readonly #setup: WorkerSetup;
  readonly #acks: AckWindow;
  readonly #track: TrackFrames;
  readonly #upload = new UploadReceiver();
  readonly #stop = new AbortController();
  /** Aborted also when the time of the session is over. */
  readonly #untilStopOrTimeout: AbortSignal;
  #timeIsOver = false;
  #timer: NodeJS.Timeout | undefined;
  #connecting: NodeJS.Timeout | undefined;
  #wanted: OutputsWanted;
  #peer: WorkerPeer | undefined;
  #channel: LiveChannel | undefined;
  #uploadChannel: LiveChannel | undefined;
  #source: FrameSource | undefined;
  #file: FileFacts | null = null;
  #frames = 0;
  #hasSentEnd = false;
  #work: Promise<void> = Promise.resolve();
  #closed: Promise<void> | undefined;

  constructor(setup: WorkerSetup) {
    this.#setup = setup;
    const { isRealtime, processingTimeoutS } = setup.request;
    this.#acks = new AckWindow(isRealtime);
    this.#track = new TrackFrames(isRealtime);
    this.#wanted = wantedBy(setup.request);
    const timeout = new AbortController();
    if (processingTimeoutS !== null) {
      const overInMs = Math.min(Math.max(0, processingTimeoutS - SHUTDOWN_RESERVE_S) * 1_000, 2 ** 31 - 1);
      this.#timer = setTimeout(() => {
        this.#timeIsOver = true;
        timeout.abort();
      }, overInMs).unref();
    }
    this.#untilStopOrTimeout = AbortSignal.any([this.#stop.signal, timeout.signal]);
  }

  /** Answers the offer and begins; rejects when the offer cannot be answered. */
  async start(answerOffer: AnswerOffer): Promise<WorkerPeer["answer"]> {
    const { request } = this.#setup;
    this.#connecting = setTimeout(() => void this.close(), CONNECT_MS).unref();
    try {
      const peer = await answerOffer(
        { type: "offer", sdp: request.offer.sdp },
        {
          sendsVideo: request.sendsVideo,
          events: {
            connected: () => clearTimeout(this.#connecting),
            picture: (picture) => {
              this.#track.push(picture);
              this.#begin(this.#track);
            },
            trackEnded: () => {
              this.#track.end();
              this.#begin(this.#track);
            },
            channelOpened: (label, channel) => {
              if (label === UPLOAD_CHANNEL) this.#uploadChannel = channel;
              else this.#channel = channel;
            },
            message: (label, message) => this.#take(label, message),
            closed: () => void this.close(),
          },
        },
      );
      this.#peer = peer;
      // A camera that cannot be read ends the session before its first frame.
      if (request.camera !== null) this.#begin(new TrackFrames(true), true);
      return peer.answer;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Ends the session and frees what it holds. Idempotent, never rejects. */
  close(): Promise<void> {
    this.#closed ??= this.#end("close");
    return this.#closed;
  }

  async #end(how: "close" | "vanish"): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    clearTimeout(this.#connecting);
    this.#upload.clear();
    await this.#peer?.[how]();
    await this.#track.close();
    await this.#source?.close();
    await this.#work;
    this.#setup.onEnd();
  }

  /** Takes the frames of a source; the first one that has any wins, as on the server. */
  #begin(source: FrameSource, hasEnded = false): void {
    if (this.#source !== undefined || this.#stop.signal.aborted) return;
    this.#source = source;
    if (hasEnded) void source.close();
    this.#work = this.#run(source).catch(() => {
      // As on the server, a session whose frames cannot be read just ends.
    });
  }

  #take(label: string, message: string | Uint8Array): void {
    if (label === UPLOAD_CHANNEL) {
      this.#takeUpload(message);
      return;
    }
    try {
      const control = readControl(message);
      if (control === null) return;
      if (control.ack !== undefined) this.#acks.record(control.ack);
      this.#wanted = changedBy(this.#wanted, control, this.#setup.request.sendsVideo);
    } catch {
      // The server's handler throws here, which ends the connection without a word.
      void this.close();
    }
  }

  #takeUpload(message: string | Uint8Array): void {
    const bytes = typeof message === "string" ? Buffer.from(message) : message;
    // A sign of life of the caller; it is answered with the same.
    if (bytes.length <= 1 && this.#uploadChannel?.isOpen === true) this.#uploadChannel.send(bytes);
    const file = this.#upload.take(bytes);
    if (file === null) return;
    const { isRealtime } = this.#setup.request;
    FileFrames.open(file, isRealtime).then(
      ({ frames, facts }) => {
        this.#file = { ...facts, totalFrames: isRealtime ? null : facts.totalFrames };
        if (this.#stop.signal.aborted || this.#source !== undefined) void frames.close();
        else this.#begin(frames);
      },
      // What is no video: the track ends at once.
      () => this.#begin(new TrackFrames(true), true),
    );
  }

  async #run(source: FrameSource): Promise<void> {
    const { fault } = this.#setup;
    for (;;) {
      if (await this.#misbehaves(fault)) return;
      await this.#acks.until(this.#frames + 1, this.#untilStopOrTimeout);
      if (this.#stop.signal.aborted) return;
      if (this.#timeIsOver) {
        await this.#sendEnd("timeout_reached");
        void this.close();
        return;
      }
      const frame = await source.next().catch(() => null);
      if (this.#stop.signal.aborted) return;
      if (frame === null) {
        await this.#sendEnd(null);
        if (fault.afterEnd !== undefined) await this.#send(this.#frames + 2, this.#endFields(null), false);
        return;
      }
      this.#frames += 1;
      if (!(await this.#answerFrame(frame))) return;
    }
  }

  /** Does what a fault asks for after this many frames; true when the worker shall do nothing more. */
  async #misbehaves(fault: LiveFault): Promise<boolean> {
    if (fault.stall === this.#frames) return true;
    if (fault.die === this.#frames) {
      this.#closed ??= Promise.resolve().then(() => this.#end("vanish"));
      return true;
    }
    if (fault.close === this.#frames) {
      void Promise.resolve().then(() => this.close());
      return true;
    }
    return false;
  }

  /** Works on one frame; false when the worker's task dies from it. */
  async #answerFrame(frame: SourceFrame): Promise<boolean> {
    const { request, exchange, state, fault } = this.#setup;
    const frameId = this.#frames;
    const receivedAt = timestamp();
    const outputs = await workOnFrame(request, frame.pixels, exchange, state);
    if (request.sendsVideo && this.#wanted.streamOutput === null && frameId === 1) {
      this.#wanted = { ...this.#wanted, streamOutput: firstPicture(outputs) ?? "" };
    }
    const returned = request.sendsVideo ? pictureToReturn(outputs, this.#wanted, frame) : null;
    // A picture of one channel has no place in the server's BGR frames: its task dies without a word.
    if (returned?.isGrey) return false;
    const errors = [...outputs.errors, ...(returned?.errors ?? [])];
    const { width, height } = frame.pixels;
    const common = {
      frameId,
      receivedAt,
      pts: frame.pts,
      timeBase: frame.timeBase,
      declaredFps: this.#file?.fps ?? request.declaredFps,
      width,
      height,
      isComplete: false,
      terminationReason: null,
    };
    const sendResult = () => this.#sendResult(common, outputs, errors);
    if (fault.late === undefined) await sendResult();
    else void this.#later(fault.late, sendResult);
    if (returned !== null) {
      const { data, width: w, height: h } = returned.pixels;
      const timeMs = frame.pts === null ? undefined : frame.pts * frame.timeBase * 1_000;
      await this.#peer?.sender?.send({ data, width: w, height: h, channels: 3 }, timeMs);
    }
    return true;
  }

  async #later(ms: number, send: () => Promise<void>): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal, ref: false }).then(send, () => {});
  }

  async #sendResult(
    common: Omit<MessageFields, "data" | "errors">,
    outputs: FrameOutputs,
    errors: readonly string[],
  ): Promise<void> {
    const { dataOutput } = this.#wanted;
    if (dataOutput.length === 0) return this.#send(common.frameId, { ...common, data: null, errors }, false);
    const facts: FrameFacts = {
      frameId: common.frameId,
      receivedAt: common.receivedAt,
      fps: common.declaredFps,
      isFile: this.#file !== null,
      totalFrames: this.#file?.totalFrames ?? null,
    };
    const { data, errors: more } = await dataOf(outputs, dataOutput, facts);
    await this.#send(common.frameId, { ...common, data, errors: [...errors, ...more] }, true);
  }

  #endFields(terminationReason: string | null): MessageFields {
    return {
      data: null,
      frameId: this.#frames,
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

  async #sendEnd(reason: string | null): Promise<void> {
    if (this.#hasSentEnd) return;
    this.#hasSentEnd = true;
    await this.#send(this.#frames + 1, this.#endFields(reason), false);
    const deadline = performance.now() + DRAIN_MS;
    while ((this.#channel?.bufferedBytes ?? 0) > 0 && performance.now() < deadline) {
      if (!(await this.#wait(QUEUE_POLL_MS))) return;
    }
  }

  async #send(frameId: number, fields: MessageFields, isCompressed: boolean): Promise<void> {
    const message = await encodeMessage(fields, isCompressed);
    const { partial } = this.#setup.fault;
    // A message that lacks its last chunk is cut into two at least.
    const chunks =
      partial === frameId
        ? chunkMessage(frameId, message, Math.ceil(message.length / 2)).slice(0, -1)
        : chunkMessage(frameId, message);
    for (const chunk of chunks) {
      while ((this.#channel?.bufferedBytes ?? 0) > MOST_QUEUED_BYTES) {
        if (!(await this.#wait(QUEUE_POLL_MS))) return;
      }
      if (this.#channel?.isOpen === true) this.#channel.send(chunk);
    }
  }

  /** False when the session was closed meanwhile. */
  #wait(ms: number): Promise<boolean> {
    return pause(ms, true, { signal: this.#stop.signal }).catch(() => false);
  }
}

/** The picture that goes back for a frame, and what the server has to say about it. */
function pictureToReturn(outputs: FrameOutputs, wanted: OutputsWanted, frame: SourceFrame) {
  const asItCame = (errors: readonly string[]) => ({ pixels: frame.pixels, isGrey: false, errors });
  if (wanted.streamOutput === null) return asItCame([NO_STREAM_OUTPUT]);
  const picture = pictureOf(outputs, wanted.streamOutput);
  if (picture === null) return asItCame(NO_PICTURE);
  return { pixels: picture.pixels, isGrey: picture.grey, errors: [] };
}
