import { InferenceError, type InferenceErrorOptions } from "./inference-error.ts";

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
