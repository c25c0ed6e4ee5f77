import { AbortedError, DeadlineExceededError } from "@inference-ts/errors";
import { openDeadline } from "@inference-ts/transport";
import type { CallScope } from "./call-scope.ts";

/**
 * Does something for a call inside a deadline, that of a request by default.
 *
 * @returns What came of it, and how much of the deadline is left.
 * @throws DeadlineExceededError when the work takes all of it, AbortedError, ClosedError when the client is closed meanwhile; at once,
 *   whether the work ends or not.
 */
export async function withinDeadline<T>(
  scope: CallScope,
  what: string,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
  timeoutMs = scope.timeoutMs(),
): Promise<{ readonly value: T; readonly timeoutMs: number | null }> {
  const { core } = scope;
  core.assertOpen();
  const deadline = openDeadline({ timeoutMs, signal });
  const leave = core.deadlines.enter(deadline);
  try {
    // Not all that work is made of ends with a signal: opening a named pipe, reading a file of a network that is gone.
    const value = await Promise.race([work(deadline.signal), whenAborted(deadline.signal, what)]);
    return { value, timeoutMs: timeoutMs === null ? null : Math.max(1, Math.ceil(deadline.remainingMs())) };
  } catch (error) {
    if (deadline.cause === "closed") core.assertOpen();
    if (deadline.cause !== "timeout" || timeoutMs === null) throw error;
    throw new DeadlineExceededError(`${what} took longer than ${timeoutMs} ms.`, {
      timeoutMs,
      hint: "Raise timeoutMs, or set it to null for no limit.",
    });
  } finally {
    leave();
    deadline.close();
  }
}

function whenAborted(signal: AbortSignal, what: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = () => reject(new AbortedError(`${what} was aborted.`, { cause: signal.reason }));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
