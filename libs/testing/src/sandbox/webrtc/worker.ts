import { setTimeout as pause } from "node:timers/promises";
import { type LiveChannel, UPLOAD_CHANNEL } from "@inference-ts/webrtc";
import type { Exchange } from "../exchange.ts";
import type { LiveFault } from "../faults.ts";
import type { SandboxState } from "../route.ts";
import { AckWindow } from "./ack-window.ts";
import { FileFrames } from "./file-frames.ts";
import type { FileFacts, FrameSource, SourceFrame } from "./frame-source.ts";
import { type FrameOutputs, firstPicture, pictureOf, workOnFrame } from "./frame-work.ts";
import type { LiveSession } from "./live-sessions.ts";
import { timestamp } from "./message.ts";
import { changedBy, type OutputsWanted, readControl, wantedBy } from "./outputs-wanted.ts";
import { ResultSender } from "./result-sender.ts";
import { TrackFrames } from "./track-frames.ts";
import { UploadReceiver } from "./upload-receiver.ts";
import type { AnswerOffer, WorkerPeer } from "./worker-peer.ts";
import type { WorkerRequest } from "./worker-request.ts";

/** The server stops this long before the time that it was given, in seconds (`WEBRTC_MODAL_SHUTDOWN_RESERVE`). */
const SHUTDOWN_RESERVE_S = 1;
/** A caller that does not connect within this time after the answer has left, in milliseconds. */
const CONNECT_MS = 15_000;
/** Frames that came before the caller's goodbye may still be on their way through the decoder, in milliseconds. */
const LAST_FRAMES_MS = 150;

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
export class LiveWorker implements LiveSession {
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
  #opening: Promise<WorkerPeer> | undefined;
  #peer: WorkerPeer | undefined;
  readonly #results: ResultSender;
  #uploadChannel: LiveChannel | undefined;
  /** An upload that is complete is being opened. */
  #openingFile: Promise<void> = Promise.resolve();
  #source: FrameSource | undefined;
  #file: FileFacts | null = null;
  #frames = 0;
  #work: Promise<void> = Promise.resolve();
  #closed: Promise<void> | undefined;

  constructor(setup: WorkerSetup) {
    this.#setup = setup;
    const { isRealtime, processingTimeoutS } = setup.request;
    this.#acks = new AckWindow(isRealtime);
    this.#track = new TrackFrames(isRealtime);
    this.#wanted = wantedBy(setup.request);
    this.#results = new ResultSender(setup.fault, this.#stop.signal);
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
      this.#opening = answerOffer(
        { type: "offer", sdp: request.offer.sdp },
        {
          sendsVideo: request.sendsVideo,
          events: {
            connected: () => clearTimeout(this.#connecting),
            picture: (picture) => {
              this.#track.push(picture);
              this.#begin(this.#track);
            },
            trackEnded: () => void this.#endTrack(),
            channelOpened: (label, channel) => {
              if (label === UPLOAD_CHANNEL) this.#uploadChannel = channel;
              else this.#results.channel = channel;
            },
            message: (label, message) => this.#take(label, message),
            closed: () => void this.close(),
          },
        },
      );
      const peer = await this.#opening;
      if (this.#stop.signal.aborted) throw new Error("The session was closed while it was being started.");
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
    // Also a connection that is still being made.
    const peer = this.#peer ?? (await this.#opening?.catch(() => undefined));
    await peer?.[how]();
    await this.#track.close();
    await this.#openingFile.catch(() => undefined);
    await this.#source?.close();
    await this.#work;
    this.#setup.onEnd();
  }

  async #endTrack(): Promise<void> {
    await this.#wait(LAST_FRAMES_MS).catch(() => {});
    this.#track.end();
    this.#begin(this.#track);
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
    this.#openingFile = FileFrames.open(file, isRealtime).then(
      async ({ frames, facts }) => {
        this.#file = { ...facts, totalFrames: isRealtime ? null : facts.totalFrames };
        if (this.#stop.signal.aborted || this.#source !== undefined) await frames.close();
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
        await this.#results.sendEnd(this.#frames, "timeout_reached");
        void this.close();
        return;
      }
      const frame = await source.next().catch(() => null);
      if (this.#stop.signal.aborted) return;
      if (frame === null) {
        await this.#results.sendEnd(this.#frames, null);
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
    const about = { isFile: this.#file !== null, totalFrames: this.#file?.totalFrames ?? null };
    const { dataOutput } = this.#wanted;
    const sendResult = () => this.#results.send(outputs, dataOutput, { ...common, errors }, about);
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

  /** Waits; throws when the session is closed meanwhile. */
  async #wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal });
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
