import { openDeadline, systemClock } from "@inference-ts/transport";
import type { CallOptions } from "../client-options.ts";
import { checkModel, timeoutMsOf } from "../settings/settings.ts";
import type { CallRecord, CallScope } from "./call-scope.ts";
import type { ClientCore } from "./client-core.ts";

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
