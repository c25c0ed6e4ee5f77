import { DeadlineExceededError } from "@inference-ts/errors";
import { openDeadline } from "@inference-ts/transport";
import type { CallScope } from "./call-scope.ts";

/**
 * Does something for a call inside a deadline, that of a request by default.
 *
 * @returns What came of it, and how much of the deadline is left.
 * @throws DeadlineExceededError when the work takes all of it, ClosedError when the client is closed meanwhile.
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
    const value = await work(deadline.signal);
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
