import {
  AbortedError,
  DeadlineExceededError,
  type ErrorAnswer,
  InferenceTimeoutError,
  isInferenceError,
} from "@inference-ts/errors";
import { type Deadline, openDeadline, systemClock } from "@inference-ts/transport";
import type { CallOptions } from "../client-options.ts";
import { checkModel, timeoutMsOf } from "../settings/settings.ts";
import type { ClientCore } from "./client-core.ts";

/** One call of a method. */
export interface CallScope {
  readonly core: ClientCore;
  /** Name of the method, for messages. */
  readonly operation: string;
  readonly options: CallOptions;
  /** Id or address that was given with the call, `null` for none. */
  readonly model: string | null;
  /** Milliseconds, `null` for no limit. */
  readonly timeoutMs: number | null;
  /** Ends with the caller's signal, the time limit and the client's end. */
  readonly deadline: Deadline;
  /** What is told about the call when its time is up. */
  readonly record: CallRecord;
}

/** What happened in a call so far. */
export interface CallRecord {
  /** Requests made. */
  requests: number;
  /** Status of the last answer with an error status. */
  status: number | undefined;
  estimatedTimeMs: number | undefined;
  /** The last answer with an error status. */
  answer: ErrorAnswer | undefined;
}

/** Runs the work of a method within the time limit; whatever ends late is an `InferenceTimeoutError`. */
export async function runCall<T>(
  core: ClientCore,
  operation: string,
  options: CallOptions,
  work: (scope: CallScope) => Promise<T>,
): Promise<T> {
  const startedAt = systemClock.now();
  core.closing.throwIfAborted();
  const timeoutMs = timeoutMsOf(options.timeout, core.settings.timeoutMs);
  const { signal: caller } = options;
  const signal = caller === undefined ? core.closing : AbortSignal.any([caller, core.closing]);
  const deadline = openDeadline({ timeoutMs, signal });
  const record: CallRecord = {
    requests: 0,
    status: undefined,
    estimatedTimeMs: undefined,
    answer: undefined,
  };
  const model = checkModel(options.model);
  const scope: CallScope = { core, operation, options, model, timeoutMs, deadline, record };
  try {
    return await work(scope);
  } catch (error) {
    throw endOf(error, scope, systemClock.now() - startedAt);
  } finally {
    deadline.close();
  }
}

/** The error that the caller gets. */
function endOf(error: unknown, scope: CallScope, elapsedMs: number): unknown {
  const { core, deadline, options, operation } = scope;
  if (error instanceof InferenceTimeoutError) return error;
  if (core.closing.aborted) return core.closing.reason;
  if (options.signal?.aborted && !(isInferenceError(error) && !(error instanceof AbortedError))) {
    return error instanceof AbortedError
      ? error
      : new AbortedError(`The call was aborted: ${operation}.`, { cause: options.signal.reason });
  }
  if (deadline.cause === "timeout" || error instanceof DeadlineExceededError) {
    return timeoutError(scope, elapsedMs, error);
  }
  return error;
}

/** The error of a call whose time is up, or would be before anything can change. */
export function timeoutError(scope: CallScope, elapsedMs: number, cause?: unknown): InferenceTimeoutError {
  const { operation, timeoutMs, record } = scope;
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
      elapsedMs,
      status,
      estimatedTimeMs,
      hint: "Raise timeout (seconds), or set it to null for no limit.",
      ...(isInferenceError(cause) ? { cause } : {}),
    },
  );
}
