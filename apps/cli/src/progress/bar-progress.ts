import cliProgress from "cli-progress";
import type { Clock, TerminalStream } from "../terminal.ts";
import { visibleText } from "../visible-text.ts";
import type { Progress } from "./progress.ts";
import { Tally } from "./tally.ts";

const CLEAR_LINE = "\r\u001b[2K";

/** A bar that is redrawn in place, for people. */
export class BarProgress implements Progress {
  readonly #stream: TerminalStream;
  readonly #clock: Clock;
  readonly #bar: InstanceType<typeof cliProgress.SingleBar>;
  #tally: Tally | undefined;

  constructor(stream: TerminalStream, clock: Clock) {
    this.#stream = stream;
    this.#clock = clock;
    this.#bar = new cliProgress.SingleBar({
      stream,
      format: "{bar} {value}/{total}  {failed} failed  {rate}  {eta_formatted} left",
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: 30,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    });
  }

  start(total: number): void {
    this.#tally = new Tally(total, this.#clock.now);
    this.#bar.start(total, 0, { failed: 0, rate: "-" });
  }

  advance(ok: boolean): void {
    const tally = this.#tally;
    if (tally === undefined) return;
    tally.add(ok);
    this.#bar.update(tally.done, { failed: tally.failed, rate: tally.rate });
  }

  note(line: string): void {
    this.#stream.write(`${CLEAR_LINE}${visibleText(line)}\n`);
  }

  stop(): void {
    this.#bar.stop();
  }
}
