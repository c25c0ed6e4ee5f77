import {
  type InferenceHTTPClient,
  InvalidInputFormatError,
  InvalidParameterError,
} from "@inference-ts/sdk/node";
import type { LiveData, LiveSession, StreamConfig } from "@inference-ts/sdk/webrtc/node";
import { createClient } from "../../connection.ts";
import { EXIT, exitCodeOf } from "../../exit-codes.ts";
import type { Interruption } from "../../interruption.ts";
import { limitOf } from "../../option-values.ts";
import type { TextSink } from "../../output/text-sink.ts";
import { LINE_PERIOD_MS } from "../../progress/line-progress.ts";
import { Tally } from "../../progress/tally.ts";
import type { Terminal } from "../../terminal.ts";
import { countsOf, FrameWords, openLines } from "../frame-words.ts";
import type { VideoOptions } from "../video-options.ts";
import { FrameGate } from "./frame-gate.ts";
import { type LineSettings, lineOf, timeOf } from "./live-line.ts";
import { chooseSource } from "./live-source.ts";
import { chooseWork, type LiveWork } from "./live-work.ts";
import { PictureTake } from "./picture-take.ts";
import { savePictures } from "./saved-pictures.ts";

/** `infer video --webrtc`: one live session, a JSON line for each frame of the worker as it comes. Returns the exit code. */
export async function liveVideo(
  source: string,
  options: VideoOptions,
  terminal: Terminal,
  interruption: Interruption,
): Promise<number> {
  const readerGone = new AbortController();
  const signal = AbortSignal.any([interruption.signal, readerGone.signal]);
  const client = createClient(options, terminal);
  const run = new LiveRun(options, terminal);
  let failure: unknown;
  try {
    await using session = await run.open(client, source, signal);
    const sink = await openLines(options, terminal, () => readerGone.abort());
    try {
      await run.follow(session, sink);
    } finally {
      await session.close();
      await run.finishPictures();
      await sink.close();
    }
  } catch (error) {
    failure = error;
  } finally {
    await client.close();
  }
  return readerGone.signal.aborted ? EXIT.ok : run.conclude(failure, interruption.exitCode);
}

/** Pictures and results that may wait in a session that shall lose none. */
const PATIENT_QUEUE = 512;

/** Counts and writes the frames of one session. */
class LiveRun {
  readonly #options: VideoOptions;
  readonly #terminal: Terminal;
  readonly #words: FrameWords;
  readonly #tally: Tally;
  readonly #gate: FrameGate;
  #settings: LineSettings = { task: undefined, classes: undefined };
  #pictures: PictureTake | undefined;
  #uploaded: number | undefined;
  /** When the first frame came, by the terminal's clock. */
  #firstAt: number | undefined;
  #dropped = 0;
  /** The worker stopped at a time limit that nobody asked for. */
  #wasCutOff = false;

  constructor(options: VideoOptions, terminal: Terminal) {
    this.#options = options;
    this.#terminal = terminal;
    this.#words = new FrameWords(options, terminal);
    this.#tally = new Tally(0, terminal.clock.now);
    this.#gate = new FrameGate(options.maxFps);
  }

  /** Makes the session that the options ask for; nothing is connected yet. */
  async open(client: InferenceHTTPClient, text: string, signal: AbortSignal): Promise<LiveSession> {
    const { class: classes, imageInput, maxFrames, realtime, relay, save } = this.#options;
    const timeoutMs = limitOf(this.#options.timeout);
    const chosen = await chooseSource(text, {
      realtime,
      relay,
      onProgress: ({ sentBytes, totalBytes }) => {
        this.#uploaded = sentBytes / totalBytes;
      },
    });
    const work = await chooseWork(client, this.#options, signal);
    this.#settings = { task: work.task, classes: classes === undefined ? undefined : new Set(classes) };
    const config = this.#config(work, chosen.realtime);
    if (save !== undefined) {
      this.#pictures = new PictureTake(await savePictures(save, this.#settings), this.#gate, maxFrames);
    }
    return client.webrtc.stream(chosen.source, {
      ...work.options,
      config,
      imageInput,
      signal,
      // The worker waits for us only once our first ack has come; until then it may run far ahead.
      ...(chosen.realtime ? {} : { queueCapacity: PATIENT_QUEUE, dataQueueCapacity: PATIENT_QUEUE }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
  }

  /** Runs to the end of the session, or of what the options want of it. */
  async follow(session: LiveSession, sink: TextSink): Promise<void> {
    const { failFast, maxFrames, quiet } = this.#options;
    const stopClock = quiet
      ? () => undefined
      : this.#terminal.clock.every(LINE_PERIOD_MS, () => void this.#report(session));
    const pictures = this.#pictures;
    let failed: unknown;
    if (pictures !== undefined) session.onFrame((_image, _data, _metadata, frame) => pictures.take(frame));
    session.onError((problem) => {
      if (problem.kind === "handler") failed ??= problem.error;
      if (problem.kind === "message") this.#words.say(`infer: ${problem.error.message}`);
      if (problem.kind === "note") this.#words.say(`infer: ${problem.message}`);
    });
    try {
      for await (const item of session.data({ keepOpen: true })) {
        if (!this.#gate.lets(timeOf(item.metadata))) continue;
        await sink.write(`${JSON.stringify(lineOf(item, this.#settings))}\n`);
        this.#count(item);
        if (failed !== undefined) throw failed;
        if (item.errors.length > 0 && failFast) return;
        if (maxFrames !== undefined && this.#tally.done >= maxFrames) {
          await pictures?.untilEnough(session);
          if (failed !== undefined) throw failed;
          return;
        }
      }
      const { reason } = await session.wait();
      if (this.#tally.done === 0 && failed === undefined) {
        throw new InvalidInputFormatError("The worker found no frame in it.", {
          hint: "It may be no video, or of a kind that the server cannot read.",
        });
      }
      this.#wasCutOff = reason === "processing-timeout" && this.#options.processingTimeout === undefined;
      if (failed !== undefined) throw failed;
    } finally {
      stopClock();
      this.#dropped = await droppedBy(session);
    }
  }

  /** After the session, when no picture comes any more. */
  async finishPictures(): Promise<void> {
    await this.#pictures?.finish();
  }

  /** Says how the run went, on stderr and as exit code. */
  conclude(failure: unknown, interrupted: number | null): number {
    if (interrupted !== null) {
      this.#words.say(`infer: interrupted; ${this.#counts()}.`);
      return interrupted;
    }
    if (failure !== undefined) this.#words.complain(failure);
    if (this.#wasCutOff) {
      this.#words.say(
        "infer: the server stopped at its own time limit; --processing-timeout sets another one.",
      );
    }
    if (!this.#options.quiet && (failure === undefined || this.#tally.done > 0)) {
      this.#words.say(`${this.#counts()}, ${this.#rate()}.`);
    }
    const succeeded = this.#tally.done - this.#tally.failed;
    if (failure !== undefined) return succeeded > 0 ? EXIT.failed : exitCodeOf(failure);
    return this.#tally.failed > 0 || this.#wasCutOff ? EXIT.failed : EXIT.ok;
  }

  #config({ task }: LiveWork, realtime: boolean): StreamConfig {
    const { dataOutput, param, processingTimeout, save, streamOutput } = this.#options;
    // One model offers its picture by itself; where nobody saves it, it need not be sent.
    const pictures = streamOutput ?? (task !== undefined && save === undefined ? [""] : undefined);
    if (save !== undefined && task === undefined && streamOutput === undefined) {
      throw new InvalidParameterError(
        "--save with a workflow needs --stream-output: the output that is a picture.",
      );
    }
    const data = dataOutput ?? (task === undefined ? ["*"] : undefined);
    return {
      realtimeProcessing: realtime,
      ...(pictures === undefined ? {} : { streamOutput: pictures }),
      ...(data === undefined ? {} : { dataOutput: data }),
      ...(param === undefined ? {} : { workflowParameters: param }),
      ...(processingTimeout === undefined ? {} : { processingTimeout }),
    };
  }

  #count({ errors, metadata }: LiveData): void {
    this.#firstAt ??= this.#terminal.clock.now();
    this.#tally.add(errors.length === 0);
    if (errors.length > 0) {
      const frame = metadata === null ? "a frame" : `frame ${metadata.frameId - 1}`;
      this.#words.say(`failed ${frame}: ${errors.join("; ")}`);
    }
  }

  async #report(session: LiveSession): Promise<void> {
    this.#dropped = await droppedBy(session);
    const uploading = this.#uploaded !== undefined && this.#uploaded < 1;
    const upload = uploading ? `, ${Math.round((this.#uploaded ?? 0) * 100)} % of the file sent` : "";
    this.#words.say(`${session.phase}: ${this.#counts()}, ${this.#rate()}${upload} ...`);
  }

  /** Frames a second since the first one: a server may need half a minute to start its worker. */
  #rate(): string {
    const ms = this.#terminal.clock.now() - (this.#firstAt ?? 0);
    const later = Math.max(0, this.#tally.done - 1);
    return `${(later === 0 ? 0 : (later * 1000) / Math.max(ms, 1)).toFixed(1)}/s`;
  }

  #counts(): string {
    const saved = this.#pictures === undefined ? "" : `, ${this.#pictures.count} pictures saved`;
    return `${countsOf(this.#tally)}, ${this.#dropped} dropped${saved}`;
  }
}

/** Results and pictures that came faster than they could be written. */
async function droppedBy(session: LiveSession): Promise<number> {
  const { data, frames } = await session.stats();
  return data.dropped + frames.dropped;
}
