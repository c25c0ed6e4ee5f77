import type { TerminalStream } from "../terminal.ts";
import { visibleText } from "../visible-text.ts";
import type { Progress } from "./progress.ts";

/** Shows nothing but notes. */
export class SilentProgress implements Progress {
  readonly #stream: TerminalStream;

  constructor(stream: TerminalStream) {
    this.#stream = stream;
  }

  start(): void {}

  advance(): void {}

  note(line: string): void {
    this.#stream.write(`${visibleText(line)}\n`);
  }

  stop(): void {}
}
