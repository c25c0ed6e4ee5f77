import type { ErrorCode } from "./codes.ts";

/** What every error constructor of the package takes beside its message. */
export interface InferenceErrorOptions {
  /** The error that led to this one. Kept as `cause`; must already be free of keys and image bytes. */
  readonly cause?: unknown;
  /** What the caller can do about it, one sentence. Also appended to the message. */
  readonly hint?: string | undefined;
}

/**
 * Base class of everything this package throws.
 *
 * `code` is a literal, so `switch (error.code)` narrows; messages name the value, the rule and the way out, and never
 * contain a key, a token or image bytes.
 *
 * @example
 * ```ts no-run: needs a client
 * try {
 *   await client.infer("street.jpg");
 * } catch (error) {
 *   if (isInferenceError(error) && error.code === "TIMEOUT") console.error("too slow:", error.message);
 *   else throw error;
 * }
 * ```
 */
export abstract class InferenceError extends Error {
  abstract readonly code: ErrorCode;
  /** What the caller can do about it, when the package knows. */
  readonly hint: string | undefined;

  constructor(message: string, options: InferenceErrorOptions = {}) {
    super(
      options.hint === undefined ? message : `${message} ${options.hint}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = new.target.name;
    this.hint = options.hint;
  }
}

/** True for every error that this package throws. */
export function isInferenceError(value: unknown): value is InferenceError {
  return value instanceof InferenceError;
}
