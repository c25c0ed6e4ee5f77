import {
  type InferenceHTTPClient,
  InvalidInputFormatError,
  InvalidParameterError,
  type StreamItem,
} from "@inference-ts/sdk/node";
import { keepClasses } from "../class-filter.ts";
import { createClient } from "../connection.ts";
import { describeError, errorFields } from "../describe-error.ts";
import { EXIT, exitCodeOf, exitCodeOfRun, type FailureKind, failureKind } from "../exit-codes.ts";
import { assertNoInput } from "../inputs/assert-no-input.ts";
import { assertSource } from "../inputs/assert-source.ts";
import type { Interruption } from "../interruption.ts";
import type { TextSink } from "../output/text-sink.ts";
import { LINE_PERIOD_MS } from "../progress/line-progress.ts";
import { Tally } from "../progress/tally.ts";
import { streamAddress } from "../stream-address.ts";
import type { Terminal } from "../terminal.ts";
import { countsOf, FrameWords, openLines } from "./frame-words.ts";
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
  await assertSource(source);
  for (const file of [options.output, options.save]) assertNoInput(file, [{ kind: "file", source }]);
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
    const sink = await openLines(options, terminal, () => readerGone.abort());
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
  readonly #words: FrameWords;
  readonly #tally: Tally;
  readonly #failures = new Set<FailureKind>();

  constructor(options: VideoOptions, terminal: Terminal) {
    this.#options = options;
    this.#terminal = terminal;
    this.#words = new FrameWords(options, terminal);
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
      : this.#terminal.clock.every(LINE_PERIOD_MS, () => this.#words.say(`${countsOf(this.#tally)} ...`));
    try {
      const items = client.inferOnStream(/^\d+$/.test(source) ? Number(source) : source, {
        stride,
        maxFps,
        signal,
        maxConcurrentRequests: concurrency,
      });
      for await (const item of items) {
        if (item.timestampMs === undefined) {
          throw new InvalidInputFormatError(
            `${streamAddress(source)} is no video. Use \`infer run\` for pictures.`,
          );
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
      this.#words.say(`infer: interrupted; ${countsOf(this.#tally)}.`);
      return interrupted;
    }
    const succeeded = this.#tally.done - this.#tally.failed;
    if (failure !== undefined) this.#words.complain(failure);
    if (!this.#options.quiet && (failure === undefined || this.#tally.done > 0)) {
      this.#words.say(`${countsOf(this.#tally)}, ${this.#tally.rate}.`);
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
    this.#words.say(`failed frame ${item.index}: ${item.error.code}: ${describeError(item.error)}`);
  }
}
