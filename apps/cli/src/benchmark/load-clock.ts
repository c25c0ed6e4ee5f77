import type { Clock } from "../terminal.ts";

/** Time as a load generator needs it, so that tests can make it. */
export interface LoadClock {
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** Resolves at that moment, at once where it has passed, early where `signal` aborts. */
  sleepUntil(timeMs: number, signal: AbortSignal): Promise<void>;
}

/** What a timer may be late by, in milliseconds; the rest of a wait is spent looking at the clock. */
const TIMER_SLACK_MS = 1.5;

/** Real time. Timers alone would start requests up to a millisecond late, which would be counted as the server's. */
export function systemLoadClock({ now }: Pick<Clock, "now">): LoadClock {
  return {
    now,
    sleepUntil: (timeMs, signal) =>
      new Promise((resolve) => {
        const lookAgain = (): void => {
          const leftMs = timeMs - now();
          if (leftMs <= 0 || signal.aborted) resolve();
          else if (leftMs <= TIMER_SLACK_MS) setImmediate(lookAgain);
          else sleep(leftMs - TIMER_SLACK_MS);
        };
        const sleep = (ms: number): void => {
          const wake = (): void => {
            clearTimeout(timer);
            signal.removeEventListener("abort", wake);
            lookAgain();
          };
          const timer = setTimeout(wake, Math.max(1, Math.floor(ms)));
          signal.addEventListener("abort", wake, { once: true });
        };
        lookAgain();
      }),
  };
}
