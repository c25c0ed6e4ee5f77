import type { EventEmitter } from "node:events";
import type { Readable, Writable } from "node:stream";

/** Time, so that tests need not wait for it. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** Calls `work` every `periodMs` until the returned function is called; never keeps the process alive. */
  every(periodMs: number, work: () => void): () => void;
}

/** A stream that people may be looking at. */
export type TerminalStream = Writable & { readonly isTTY?: boolean };

/** Everything a command has of the outside world beside files and the network. */
export interface Terminal {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  /** Results, nothing else. */
  readonly stdout: TerminalStream;
  /** Progress, logs, errors. */
  readonly stderr: TerminalStream;
  readonly clock: Clock;
  /** Emits `SIGINT` and `SIGTERM`. */
  readonly signals: Pick<EventEmitter, "on" | "off">;
  /** Ends the process at once. */
  exit(code: number): void;
}

const systemClock: Clock = {
  now: () => performance.now(),
  every: (periodMs, work) => {
    const timer = setInterval(work, periodMs).unref();
    return () => clearInterval(timer);
  },
};

/** The terminal of this process. */
export function processTerminal(version: string): Terminal {
  return {
    version,
    env: process.env,
    // Opened when it is read, because an opened standard input keeps the process alive.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    clock: systemClock,
    signals: process,
    exit: (code) => process.exit(code),
  };
}
