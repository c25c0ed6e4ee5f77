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
  const { signal: caller, clock = systemClock } = options;
  const controller = new AbortController();
  let endsAt = Number.POSITIVE_INFINITY;
  let cause: DeadlineCause | null = null;
  let cancelTimer: (() => void) | null = null;

  const onCallerAbort = (): void => endWith("caller");
  const onTimeout = (): void => endWith("timeout");
  const close = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    caller?.removeEventListener("abort", onCallerAbort);
  };
  const endWith = (why: DeadlineCause): void => {
    if (cause !== null) return;
    cause = why;
    close();
    controller.abort(why === "caller" ? caller?.reason : undefined);
  };
  const restart = (timeoutMs: number | null): void => {
    cancelTimer?.();
    cancelTimer = null;
    endsAt = timeoutMs === null ? Number.POSITIVE_INFINITY : clock.now() + timeoutMs;
    if (timeoutMs !== null && cause === null) cancelTimer = clock.after(timeoutMs, onTimeout);
  };

  if (caller?.aborted) onCallerAbort();
  else caller?.addEventListener("abort", onCallerAbort, { once: true });
  restart(options.timeoutMs);

  return {
    signal: controller.signal,
    get cause() {
      return cause;
    },
    remainingMs: () => Math.max(0, endsAt - clock.now()),
    restart,
    end: () => endWith("closed"),
    close,
  };
}
