import { AbortedError, isInferenceError } from "@inference-ts/errors";

/** The error for an aborted load: the signal's own reason where it is one of ours (a deadline), else `AbortedError`. */
export function abortErrorOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return isInferenceError(reason)
    ? reason
    : new AbortedError("Loading of the image was aborted.", { cause: reason });
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw abortErrorOf(signal);
}
