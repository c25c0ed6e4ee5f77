import { type Clock, systemClock } from "./clock.ts";

/** What ended a call early: the caller's signal, the time limit, or the reader of a stream who needs no more. */
export type DeadlineCause = "caller" | "timeout" | "closed";

/** One signal for a whole call: the caller's abort and the time limit, with the knowledge which of them came. */
export interface Deadline {
  /** Aborts when the caller aborts or the time is up. */
  readonly signal: AbortSignal;
  /** What aborted the signal, `null` while nothing did. */
  readonly cause: DeadlineCause | null;
  /** Milliseconds left, 0 when the time is up, `Infinity` without a limit. */
  remainingMs(): number;
  /** Replaces the time limit by a new one that starts now; `null` for none. The caller's abort stays. */
  restart(timeoutMs: number | null): void;
  /** Aborts the signal with cause `closed`. */
  end(): void;
  /** Releases the timer and the caller's signal without aborting. Must be called; may be called twice. */
  close(): void;
}

/** What a deadline is made of. */
export interface DeadlineOptions {
  /** Time limit in milliseconds, `null` for none. */
  readonly timeoutMs: number | null;
  /** The caller's signal. */
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock;
}

/** Starts the deadline of a call; one timer and at most one listener, both gone after `close()`. */
export function openDeadline(options: DeadlineOptions): Deadline {
  return new RunningDeadline(options);
}

// A class, because every literal with a getter is a hidden class of its own to V8, which lives in the old generation and keeps
// what the getter sees, the finished call, until the next full collection.
class RunningDeadline implements Deadline {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #clock: Clock;
  readonly #onCallerAbort: (() => void) | null;
  readonly #onTimeout = (): void => this.#endWith("timeout");
  /** Bound, because it serves as a listener. */
  readonly end = (): void => this.#endWith("closed");
  #endsAt = Number.POSITIVE_INFINITY;
  #cause: DeadlineCause | null = null;
  #cancelTimer: (() => void) | null = null;

  constructor({ timeoutMs, signal, clock = systemClock }: DeadlineOptions) {
    this.#caller = signal;
    this.#clock = clock;
    this.#onCallerAbort = signal === undefined ? null : () => this.#endWith("caller");
    if (this.#onCallerAbort !== null) {
      if (signal?.aborted) this.#onCallerAbort();
      else signal?.addEventListener("abort", this.#onCallerAbort, { once: true });
    }
    this.restart(timeoutMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get cause(): DeadlineCause | null {
    return this.#cause;
  }

  remainingMs(): number {
    return Math.max(0, this.#endsAt - this.#clock.now());
  }

  restart(timeoutMs: number | null): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#endsAt = timeoutMs === null ? Number.POSITIVE_INFINITY : this.#clock.now() + timeoutMs;
    if (timeoutMs !== null && this.#cause === null) {
      this.#cancelTimer = this.#clock.after(timeoutMs, this.#onTimeout);
    }
  }

  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (this.#onCallerAbort !== null) this.#caller?.removeEventListener("abort", this.#onCallerAbort);
  }

  #endWith(why: DeadlineCause): void {
    if (this.#cause !== null) return;
    this.#cause = why;
    this.close();
    this.#controller.abort(why === "caller" ? this.#caller?.reason : undefined);
  }
}
