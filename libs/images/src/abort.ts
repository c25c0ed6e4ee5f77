import { AbortedError, isInferenceError } from "@inference-ts/errors";

/** Throws the signal's own reason where it is one of our errors (a deadline), else `AbortedError`. */
export function throwIfAborted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  const cause: unknown = signal.reason;
  throw isInferenceError(cause) ? cause : new AbortedError("Loading of the image was aborted.", { cause });
}
