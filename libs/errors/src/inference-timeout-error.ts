import { DeadlineExceededError } from "./classes.ts";
import type { InferenceErrorOptions } from "./inference-error.ts";

/** What is known about a call that ran out of time. */
export interface InferenceTimeoutDetails extends InferenceErrorOptions {
  /** The time limit of the call, in milliseconds. */
  readonly timeoutMs: number;
  /** Requests that were made, 0 or more. */
  readonly attempts: number;
  /** From the call to its end, in milliseconds. */
  readonly elapsedMs: number;
  /** Status of the last answer, when there was one: 503 while a model is loading. */
  readonly status?: number | undefined;
  /** How long the server said last that loading takes, in milliseconds. */
  readonly estimatedTimeMs?: number | undefined;
}

/** A model was not ready, or did not answer, within the time limit (Python: `InferenceTimeoutError`). */
export class InferenceTimeoutError extends DeadlineExceededError {
  /** Requests that were made, 0 or more. */
  readonly attempts: number;
  /** From the call to its end, in milliseconds. */
  readonly elapsedMs: number;
  /** Status of the last answer, when there was one: 503 while a model is loading. */
  readonly status: number | undefined;
  /** How long the server said last that loading takes, in milliseconds. */
  readonly estimatedTimeMs: number | undefined;

  constructor(message: string, details: InferenceTimeoutDetails) {
    super(message, details);
    this.attempts = details.attempts;
    this.elapsedMs = details.elapsedMs;
    this.status = details.status;
    this.estimatedTimeMs = details.estimatedTimeMs;
  }
}
