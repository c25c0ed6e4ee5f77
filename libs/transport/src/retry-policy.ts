import { classifyConnectionFailure } from "./connection-codes.ts";

/** How often and after what waits a request is tried again. */
export interface RetryPolicy {
  /** Attempts in all, the first one included; 1 switches retries off. */
  readonly maxAttempts: number;
  /** Upper end of the first wait, doubled before each further attempt, in milliseconds. */
  readonly baseDelayMs: number;
  /** Upper end of any wait that the server did not ask for, in milliseconds. */
  readonly maxDelayMs: number;
  /** The longest `Retry-After` that is obeyed, in milliseconds; a longer one ends the call with the error. */
  readonly maxRetryAfterMs: number;
  /** Statuses that are tried again. */
  readonly statuses: readonly number[];
}

/** 3 attempts on 429, 502, 503, 504 and connection errors; full jitter below 0.5 s, 1 s, 2 s ... 8 s; `Retry-After` up to 60 s. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxAttempts: 3,
  baseDelayMs: 500,
  maxDelayMs: 8_000,
  maxRetryAfterMs: 60_000,
  statuses: [429, 502, 503, 504],
};

/**
 * Whether a request may be sent twice: `always` for calls that only compute, `before-sent` for calls that start or
 * change something (they are tried again only when the request certainly did not reach the server).
 */
export type Replay = "always" | "before-sent";

/** How one attempt failed. */
export type AttemptFailure =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly retryAfterMs: number | undefined;
      readonly systemCode?: undefined;
    }
  | {
      readonly kind: "connection";
      readonly systemCode: string | undefined;
      readonly status?: undefined;
      readonly retryAfterMs?: undefined;
    };

/** What to do after a failed attempt. */
export type RetryDecision =
  | { readonly retry: true; readonly delayMs: number }
  | { readonly retry: false; readonly why: "not-retryable" | "attempts-used-up" | "too-long" };

/** Everything the decision depends on. */
export interface RetrySituation {
  readonly failure: AttemptFailure;
  /** Attempts made so far, 1 or more. */
  readonly attempts: number;
  /** Milliseconds until the deadline, `Infinity` without one. */
  readonly remainingMs: number;
  readonly replay: Replay;
  /** A random number from 0 to below 1. */
  readonly random: number;
}

const NOT_RETRYABLE: RetryDecision = { retry: false, why: "not-retryable" };
const USED_UP: RetryDecision = { retry: false, why: "attempts-used-up" };
const TOO_LONG: RetryDecision = { retry: false, why: "too-long" };

/**
 * Decides whether and when a failed attempt is repeated. Pure.
 *
 * The wait is what the server asks for in `Retry-After`, else uniform between 0 and the current ceiling ("full jitter").
 * A wait that does not end before the deadline ends the call at once: waiting could only turn a clear error into a timeout.
 */
export function decideRetry(policy: RetryPolicy, situation: RetrySituation): RetryDecision {
  const { failure, attempts, remainingMs, replay, random } = situation;
  if (!isRetryable(policy, failure, replay)) return NOT_RETRYABLE;
  // Written so that a limit that is no number ends the call instead of repeating it for ever.
  if (!(attempts < policy.maxAttempts)) return USED_UP;
  const asked = failure.retryAfterMs;
  if (asked !== undefined && asked > policy.maxRetryAfterMs) return TOO_LONG;
  const delayMs = asked !== undefined && asked > 0 ? asked : random * delayCeiling(policy, attempts);
  return delayMs < remainingMs ? { retry: true, delayMs } : TOO_LONG;
}

function isRetryable(policy: RetryPolicy, failure: AttemptFailure, replay: Replay): boolean {
  if (failure.kind === "status") return replay === "always" && policy.statuses.includes(failure.status);
  const { beforeSent, retryable } = classifyConnectionFailure(failure.systemCode);
  return retryable && (replay === "always" || beforeSent);
}

/** Longest wait before the attempt after `attempts` attempts, in milliseconds. */
function delayCeiling(policy: RetryPolicy, attempts: number): number {
  return Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempts - 1));
}
