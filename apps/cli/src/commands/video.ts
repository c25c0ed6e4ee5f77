import {
  type InferenceHTTPClient,
  InvalidInputFormatError,
  InvalidParameterError,
  isInferenceError,
  type StreamItem,
} from "@inference-ts/sdk/node";
import { keepClasses } from "../class-filter.ts";
import { createClient, secretsOf } from "../connection.ts";
import { describeError, errorFields } from "../describe-error.ts";
import { EXIT, exitCodeOf, exitCodeOfRun, type FailureKind, failureKind } from "../exit-codes.ts";
import type { Interruption } from "../interruption.ts";
import { fileSink, streamSink, type TextSink } from "../output/text-sink.ts";
import { LINE_PERIOD_MS } from "../progress/line-progress.ts";
import { Tally } from "../progress/tally.ts";
import type { Terminal } from "../terminal.ts";
import { clashOf } from "./live/live-options.ts";
import type { VideoOptions } from "./video-options.ts";

/** `infer video`: frames of a video, stream or camera through the model, one JSON line each as they come. Returns the exit code. */
export async function video(
  source: string,
  options: VideoOptions,
  terminal: Terminal,
  interruption: Interruption,
): Promise<number> {
  const clash = clashOf({ ...options });
  if (clash !== undefined) throw new InvalidParameterError(clash);
  if (options.webrtc)
    return (await import("./live/live-video.ts")).liveVideo(source, options, terminal, interruption);
  const readerGone = new AbortController();
  const signal = AbortSignal.any([interruption.signal, readerGone.signal]);
  const client = createClient(options, terminal, {
    ...(options.model === undefined ? {} : { modelId: options.model }),
    configuration: {
      confidenceThreshold: options.confidence,
      iouThreshold: options.iou,
      classFilter: options.class,
      clientDownsizingDisabled: options.downsize === true ? false : undefined,
    },
  });
  const run = new VideoRun(options, terminal);
  let failure: unknown;
  try {
    const sink =
      options.output === undefined
        ? streamSink(terminal.stdout, { endsStream: false, onReaderGone: () => readerGone.abort() })
        : await fileSink(options.output);
    try {
      await run.inferAll(client, source, sink, signal);
    } finally {
      await sink.close();
    }
  } catch (error) {
    failure = error;
  } finally {
    await client.close();
  }
  // Who reads only the beginning, as `head` does, got what was asked for.
  return readerGone.signal.aborted ? EXIT.ok : run.conclude(failure, interruption.exitCode);
}

/** Counts and writes the frames of one run. */
class VideoRun {
  readonly #options: VideoOptions;
  readonly #terminal: Terminal;
  readonly #tally: Tally;
  readonly #failures = new Set<FailureKind>();

  constructor(options: VideoOptions, terminal: Terminal) {
    this.#options = options;
    this.#terminal = terminal;
    this.#tally = new Tally(0, terminal.clock.now);
  }

  /** Runs to the end of the video, or of what the options want of it. */
  async inferAll(
    client: InferenceHTTPClient,
    source: string,
    sink: TextSink,
    signal: AbortSignal,
  ): Promise<void> {
    const { stride, maxFps, maxFrames, concurrency, failFast, quiet } = this.#options;
    const stopClock = quiet
      ? () => undefined
      : this.#terminal.clock.every(LINE_PERIOD_MS, () => this.#say(`${this.#counts()} ...`));
    try {
      const items = client.inferOnStream(/^\d+$/.test(source) ? Number(source) : source, {
        stride,
        maxFps,
        signal,
        maxConcurrentRequests: concurrency,
      });
      for await (const item of items) {
        if (item.timestampMs === undefined) {
          throw new InvalidInputFormatError(`${source} is no video. Use \`infer run\` for pictures.`);
        }
        await sink.write(`${JSON.stringify(this.#lineOf(item, item.timestampMs))}\n`);
        this.#count(item);
        if (!item.ok && failFast) break;
        if (maxFrames !== undefined && this.#tally.done >= maxFrames) break;
      }
    } finally {
      stopClock();
    }
  }

  /** Says how the run went, on stderr and as exit code. */
  conclude(failure: unknown, interrupted: number | null): number {
    if (interrupted !== null) {
      this.#say(`infer: interrupted; ${this.#counts()}.`);
      return interrupted;
    }
    const succeeded = this.#tally.done - this.#tally.failed;
    if (failure !== undefined) this.#complain(failure);
    if (!this.#options.quiet && (failure === undefined || this.#tally.done > 0)) {
      this.#say(`${this.#counts()}, ${this.#tally.rate}.`);
    }
    if (failure === undefined) return exitCodeOfRun(succeeded, this.#failures);
    return succeeded > 0 ? EXIT.failed : exitCodeOf(failure);
  }

  #lineOf(item: StreamItem, timestampMs: number): object {
    const place = { frame: item.index, timestampMs: Math.round(timestampMs * 1000) / 1000 };
    if (!item.ok) return { ...place, error: errorFields(item.error) };
    const { class: classes } = this.#options;
    return {
      ...place,
      result: classes === undefined ? item.result : keepClasses(item.result, new Set(classes)),
    };
  }

  #count(item: StreamItem): void {
    this.#tally.add(item.ok);
    if (item.ok) return;
    this.#failures.add(failureKind(item.error));
    this.#say(`failed frame ${item.index}: ${item.error.code}: ${describeError(item.error)}`);
  }

  #counts(): string {
    const { done, failed, seconds } = this.#tally;
    const frames = done === 1 ? "1 frame" : `${done} frames`;
    return `${frames} in ${seconds.toFixed(1)} s: ${done - failed} ok, ${failed} failed`;
  }

  #complain(error: unknown): void {
    if (!isInferenceError(error)) throw error;
    const { verbose } = this.#options;
    const secrets = secretsOf(this.#options, this.#terminal.env);
    this.#say(`infer: ${describeError(error, { verbose, secrets })}`);
  }

  #say(line: string): void {
    this.#terminal.stderr.write(`${line}\n`);
  }
}
