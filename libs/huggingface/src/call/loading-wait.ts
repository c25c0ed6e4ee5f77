/** Everything that the next wait for a loading model depends on. */
export interface LoadingSituation {
  /** Requests made so far, 1 or more. */
  readonly requests: number;
  /** `estimated_time` of the answer in milliseconds, when it is a number. */
  readonly estimatedTimeMs: number | undefined;
  /** `Retry-After` in milliseconds, when there was one. */
  readonly retryAfterMs: number | undefined;
  /** Milliseconds until the time limit, `Infinity` without one. */
  readonly remainingMs: number;
  /** A random number from 0 to below 1. */
  readonly random: number;
}

/** First pause where the server says nothing that helps; each further one is twice as long. */
const FIRST_PAUSE_MS = 1_000;
/** Longest pause that the server did not ask for by `Retry-After`: its estimates are often far too long. */
const LONGEST_PAUSE_MS = 10_000;
/** Longest `Retry-After` that is obeyed without a time limit. */
const LONGEST_RETRY_AFTER_MS = 600_000;
/** What is kept of the time limit for a last request. */
const LAST_REQUEST_MS = 250;
/** Shorter pauses before the end are not worth a request. */
const SHORTEST_PAUSE_MS = 100;

/**
 * How long to wait before a loading model is asked for again, in milliseconds; `null` when waiting cannot help. Pure.
 *
 * `Retry-After` is obeyed to the letter, or the call ends. `estimated_time` is obeyed up to 10 s when it lies within the time limit,
 * else pauses of 1, 2, 4, 8 and 10 s are made; both are shortened by up to a quarter, so that clients do not come back all at
 * once, and never come faster than half of those pauses. No pause goes beyond the time limit: the last one ends a quarter of a second
 * before it.
 */
export function loadingWait(situation: LoadingSituation): number | null {
  const { requests, estimatedTimeMs = 0, retryAfterMs = 0, remainingMs, random } = situation;
  if (retryAfterMs > 0) {
    return retryAfterMs < Math.min(remainingMs, LONGEST_RETRY_AFTER_MS) ? retryAfterMs : null;
  }
  const growing = Math.min(FIRST_PAUSE_MS * 2 ** (requests - 1), LONGEST_PAUSE_MS);
  const isKnown = estimatedTimeMs > 0 && estimatedTimeMs < remainingMs;
  const wanted = isKnown ? Math.min(estimatedTimeMs, LONGEST_PAUSE_MS) : growing;
  const pause = Math.max(wanted * (1 - random / 4), growing / 2);
  if (pause < remainingMs - LAST_REQUEST_MS) return pause;
  const last = remainingMs - LAST_REQUEST_MS;
  return last >= SHORTEST_PAUSE_MS ? last : null;
}
