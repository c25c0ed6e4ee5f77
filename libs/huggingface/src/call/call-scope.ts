import type { ErrorAnswer, InferenceError } from "@inference-ts/errors";
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
  /** On the system's clock. */
  readonly startedAt: number;
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
  /** How the last request failed, when it did. */
  failure: InferenceError | undefined;
  /** The call gave a stream, which now ends the deadline. */
  isStreaming: boolean;
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
    failure: undefined,
    isStreaming: false,
  };
  const model = checkModel(options.model);
  const scope: CallScope = { core, operation, options, model, timeoutMs, deadline, startedAt, record };
  try {
    const result = await work(scope);
    if (!record.isStreaming) deadline.close();
    return result;
  } catch (error) {
    deadline.close();
    // Without a network it may not be there; then the error is told as it is.
    const end = await import("./call-end.ts").catch(() => null);
    throw end === null ? error : end.endOf(error, scope);
  }
}
