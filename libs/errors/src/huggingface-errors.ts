import { DeadlineExceededError } from "./classes.ts";
import { InferenceError, type InferenceErrorOptions } from "./inference-error.ts";

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

/** What a server of language models says inside a stream that began well. */
export interface TextGenerationErrorDetails extends InferenceErrorOptions {
  /** What the server said; secrets removed, cut. */
  readonly serverMessage: string;
  /** The server's kind of failure: `generation`, `incomplete_generation`, `overloaded`, `validation`, or another. */
  readonly errorType?: string | undefined;
  /** The HTTP status that the event names, when it does. */
  readonly status?: number | undefined;
}

/** A stream of generated text ended with a failure (Python: `TextGenerationError` and the classes below it). */
export class TextGenerationError extends InferenceError {
  override readonly code = "TEXT_GENERATION_FAILED";
  readonly serverMessage: string;
  /** The server's kind of failure: `generation`, `incomplete_generation`, `overloaded`, `validation`, or another. */
  readonly errorType: string | undefined;
  /** The HTTP status that the event names, when it does. */
  readonly status: number | undefined;

  constructor(message: string, details: TextGenerationErrorDetails) {
    super(message, details);
    this.serverMessage = details.serverMessage;
    this.errorType = details.errorType;
    this.status = details.status;
  }
}

/** `token: true` asks for a token of this machine, and there is none (Python: `LocalTokenNotFoundError`). */
export class TokenNotFoundError extends InferenceError {
  override readonly code = "TOKEN_NOT_FOUND";
}
