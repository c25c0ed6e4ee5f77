import type { HTTPCallError } from "@inference-ts/errors";
import { timeoutError } from "./call-end.ts";
import type { CallScope } from "./call-scope.ts";
import { loadingWait } from "./loading-wait.ts";

/**
 * How long to wait after an answer 503, in milliseconds; the caller is told.
 *
 * @throws InferenceTimeoutError when no request after it could be in time.
 */
export function loadingPause(scope: CallScope, error: HTTPCallError, attempts: number): number {
  const { core, deadline, record } = scope;
  const { estimatedTimeMs } = record;
  const delayMs = loadingWait({
    requests: attempts,
    estimatedTimeMs,
    retryAfterMs: error.retryAfterMs,
    remainingMs: deadline.remainingMs(),
    random: Math.random(),
  });
  if (delayMs === null) throw timeoutError(scope);
  core.onLoading?.({ attempts, delayMs, estimatedTimeMs });
  return delayMs;
}
