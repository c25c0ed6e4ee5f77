import type { Clock, TerminalStream } from "../terminal.ts";
import { visibleText } from "../visible-text.ts";
import type { Progress } from "./progress.ts";
import { Tally } from "./tally.ts";

/** Time between two lines, in milliseconds. */
export const LINE_PERIOD_MS = 5_000;

/** A line every few seconds, for logs. */
export class LineProgress implements Progress {
  readonly #stream: TerminalStream;
  readonly #clock: Clock;
  #tally: Tally | undefined;
  #stopClock: (() => void) | undefined;

  constructor(stream: TerminalStream, clock: Clock) {
    this.#stream = stream;
    this.#clock = clock;
  }

  start(total: number): void {
    const tally = new Tally(total, this.#clock.now);
    this.#tally = tally;
    this.#stopClock = this.#clock.every(LINE_PERIOD_MS, () =>
      this.note(`${tally.done} of ${total} done, ${tally.failed} failed, ${tally.rate}`),
    );
  }

  advance(ok: boolean): void {
    this.#tally?.add(ok);
  }

  note(line: string): void {
    this.#stream.write(`${visibleText(line)}\n`);
  }

  stop(): void {
    this.#stopClock?.();
  }
}
