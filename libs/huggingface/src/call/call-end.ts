import {
  AbortedError,
  DeadlineExceededError,
  InferenceTimeoutError,
  isInferenceError,
} from "@inference-ts/errors";
import { systemClock } from "@inference-ts/transport";
import type { CallScope } from "./call-scope.ts";

/** The error that the caller gets. */
export function endOf(error: unknown, scope: CallScope): unknown {
  const { core, deadline, options, operation } = scope;
  if (error instanceof InferenceTimeoutError) return error;
  if (core.closing.aborted) return core.closing.reason;
  if (options.signal?.aborted && !(isInferenceError(error) && !(error instanceof AbortedError))) {
    return error instanceof AbortedError
      ? error
      : new AbortedError(`The call was aborted: ${operation}.`, { cause: options.signal.reason });
  }
  if (deadline.cause === "timeout" || error instanceof DeadlineExceededError) {
    return timeoutError(scope);
  }
  return error;
}

/** The error of a call whose time is up, or would be before anything can change. */
export function timeoutError({ operation, timeoutMs, startedAt, record }: CallScope): InferenceTimeoutError {
  const { requests, status, estimatedTimeMs } = record;
  const last =
    status === 503
      ? ` The model was not ready${estimatedTimeMs === undefined ? "" : ` (the server expects ${Math.round(estimatedTimeMs / 1000)} s)`}.`
      : "";
  const limit = timeoutMs === null ? "the time that the server asks for" : `${timeoutMs / 1000} s`;
  return new InferenceTimeoutError(
    `No result of ${operation} within ${limit} (${requests} ${requests === 1 ? "request" : "requests"}).${last}`,
    {
      timeoutMs: timeoutMs ?? 0,
      attempts: requests,
      elapsedMs: systemClock.now() - startedAt,
      status,
      estimatedTimeMs,
      hint: "Raise timeout (seconds), or set it to null for no limit.",
      cause: record.failure,
    },
  );
}
