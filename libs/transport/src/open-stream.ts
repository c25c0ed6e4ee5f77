import {
  type AttemptPolicy,
  type AttemptRuntime,
  endedEarly,
  runAttempts,
  type SendContext,
} from "./attempts.ts";
import { openDeadline } from "./deadline.ts";
import { type StreamAnswer, streamAnswer } from "./stream-answer.ts";
import type { WireRequest } from "./wire.ts";

/** How a streamed call is sent. `timeoutMs` holds until the answer begins. */
export interface StreamPolicy extends AttemptPolicy {
  /** Longest silence between two pieces, in milliseconds; `null` for none. Does not count while the reader is busy. */
  readonly idleTimeoutMs: number | null;
}

/** Sends until an answer begins; see `Sender.openStream`. */
export async function openAnswerStream(
  runtime: AttemptRuntime,
  request: WireRequest,
  policy: StreamPolicy,
  context: SendContext,
): Promise<StreamAnswer> {
  const { clock } = runtime;
  const { idleTimeoutMs } = policy;
  const startedAt = clock.now();
  const deadline = openDeadline({ timeoutMs: policy.timeoutMs, signal: context.signal, clock });
  try {
    const begun = await runAttempts(runtime, request, policy, context, deadline, () => undefined);
    const { response, attempts } = begun;
    const answer = streamAnswer(response, {
      request,
      description: context,
      attempts,
      deadline,
      idleTimeoutMs,
      endedEarly: () => endedEarly(request, { timeoutMs: idleTimeoutMs }, context, deadline, attempts, null),
    });
    context.onAnswer?.({ status: response.status, attempts, durationMs: clock.now() - startedAt });
    return answer;
  } catch (error) {
    deadline.close();
    throw error;
  }
}
