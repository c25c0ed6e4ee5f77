import { AbortedError, isInferenceError } from "@inference-ts/errors";

/** Throws the signal's own reason where it is one of our errors (a deadline), else `AbortedError`; `what` is a sentence's beginning. */
export function throwIfAborted(signal: AbortSignal | undefined, what = "Loading of the image"): void {
  if (signal?.aborted !== true) return;
  const cause: unknown = signal.reason;
  throw isInferenceError(cause) ? cause : new AbortedError(`${what} was aborted.`, { cause });
}
