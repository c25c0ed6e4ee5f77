/** Timers at least this long are waits before a retry: no deadline runs in a replay, and everything else is shorter. */
const WAIT_MS = 500;

/** Waits that were asked for and skipped. */
export interface QuickWaits {
  readonly waitsMs: readonly number[];
  restore(): void;
}

/**
 * Lets long timers of the global `setTimeout` fire at once and keeps how long they were meant to be, so that `Retry-After` is
 * checked without waiting for it.
 */
export function installQuickWaits(): QuickWaits {
  const waitsMs: number[] = [];
  const original = globalThis.setTimeout;
  const quick = (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    if (ms === undefined || ms < WAIT_MS) return original(run, ms, ...args);
    waitsMs.push(ms);
    return original(run, 0, ...args);
  };
  globalThis.setTimeout = Object.assign(quick, original);
  return {
    waitsMs,
    restore: () => {
      globalThis.setTimeout = original;
    },
  };
}
