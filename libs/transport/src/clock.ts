/** Where time comes from, so that waiting can be tested without waiting. */
export interface Clock {
  /** Milliseconds that only move forward; for durations and deadlines. */
  now(): number;
  /** Milliseconds since 1970; for dates in headers. */
  date(): number;
  /** Calls `fn` once after `ms` milliseconds; the returned function cancels it. */
  after(ms: number, fn: () => void): () => void;
}

/** Longer timers would fire at once: platforms keep the delay in 31 bits (24.8 days). */
const MAX_TIMER_MS = 2_147_483_647;

/** The platform's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  after: (ms, fn) => {
    const timer = setTimeout(fn, Math.min(Math.max(0, ms), MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/**
 * Waits `ms` milliseconds.
 *
 * @throws The signal's reason as soon as it aborts.
 */
export function sleep(
  ms: number,
  signal: AbortSignal,
  clock: Pick<Clock, "after"> = systemClock,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
