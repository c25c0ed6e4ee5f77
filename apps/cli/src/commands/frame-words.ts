import { isInferenceError } from "@inference-ts/sdk/node";
import { complain } from "../complain.ts";
import { fileSink, streamSink, type TextSink } from "../output/text-sink.ts";
import type { Tally } from "../progress/tally.ts";
import type { Terminal } from "../terminal.ts";
import { visibleText } from "../visible-text.ts";
import type { VideoOptions } from "./video-options.ts";

/** Where the JSON lines of frames go: a file, or stdout, whose reader may leave. */
export function openLines(
  { output }: VideoOptions,
  { stdout }: Terminal,
  onReaderGone: () => void,
): TextSink | Promise<TextSink> {
  return output === undefined ? streamSink(stdout, { endsStream: false, onReaderGone }) : fileSink(output);
}

/** What a run over frames says on stderr. */
export class FrameWords {
  readonly #options: VideoOptions;
  readonly #terminal: Terminal;

  constructor(options: VideoOptions, terminal: Terminal) {
    this.#options = options;
    this.#terminal = terminal;
  }

  say(line: string): void {
    this.#terminal.stderr.write(`${visibleText(line)}\n`);
  }

  /** Says what ended the run; throws what is no error of inference. */
  complain(error: unknown): void {
    if (!isInferenceError(error)) throw error;
    complain(error, this.#options, this.#terminal);
  }
}

/** How many frames were worked on, and how many of them failed. */
export function countsOf({ done, failed, seconds }: Tally): string {
  const frames = done === 1 ? "1 frame" : `${done} frames`;
  return `${frames} in ${seconds.toFixed(1)} s: ${done - failed} ok, ${failed} failed`;
}
