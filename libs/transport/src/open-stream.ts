import { hideSecrets, isInferenceError, ServerConnectionError } from "@inference-ts/errors";
import {
  type AttemptPolicy,
  type AttemptRuntime,
  endedEarly,
  runAttempts,
  type SendContext,
  targetOf,
} from "./attempts.ts";
import { type Deadline, openDeadline } from "./deadline.ts";
import type { WireRequest, WireResponse } from "./wire.ts";

/** How a streamed call is sent. `timeoutMs` holds until the answer begins. */
export interface StreamPolicy extends AttemptPolicy {
  /** Longest silence between two pieces, in milliseconds; `null` for none. Does not count while the reader is busy. */
  readonly idleTimeoutMs: number | null;
}

/** An answer with a 2xx status whose body is still arriving. */
export interface StreamAnswer {
  readonly status: number;
  /** Value of a header (any case), `null` when absent. */
  header(name: string): string | null;
  /** How many attempts were made, 1 or more. */
  readonly attempts: number;
  /** The body; can be read once. Leaving the loop releases the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Drops what is left of the body. Needed when `body` is not read; may be called at any time. */
  close(): void;
}

/** Sends until an answer begins; see `Sender.openStream`. */
export async function openAnswerStream(
  runtime: AttemptRuntime,
  request: WireRequest,
  policy: StreamPolicy,
  context: SendContext,
): Promise<StreamAnswer> {
  const { clock } = runtime;
  const startedAt = clock.now();
  const deadline = openDeadline({ timeoutMs: policy.timeoutMs, signal: context.signal, clock });
  try {
    const { response, attempts } = await runAttempts(
      runtime,
      request,
      policy,
      context,
      deadline,
      () => undefined,
    );
    deadline.restart(null);
    context.onAnswer?.({ status: response.status, attempts, durationMs: clock.now() - startedAt });
    return streamAnswer(response, attempts, { request, policy, context, deadline });
  } catch (error) {
    deadline.close();
    throw error;
  }
}

interface StreamCall {
  readonly request: WireRequest;
  readonly policy: StreamPolicy;
  readonly context: SendContext;
  readonly deadline: Deadline;
}

function streamAnswer(response: WireResponse, attempts: number, call: StreamCall): StreamAnswer {
  let reading = false;
  const close = (): void => {
    call.deadline.end();
    if (!reading) response.discard();
    reading = true;
  };
  return {
    status: response.status,
    header: (name) => response.header(name),
    attempts,
    body: {
      [Symbol.asyncIterator]: () => {
        if (reading) throw new ServerConnectionError("The body of a streamed answer can be read once.");
        reading = true;
        return readPieces(response, attempts, call);
      },
    },
    close,
  };
}

async function* readPieces(
  response: WireResponse,
  attempts: number,
  call: StreamCall,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { request, policy, context, deadline } = call;
  const pieces = response.stream()[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      deadline.restart(policy.idleTimeoutMs);
      const step = await pieces.next();
      deadline.restart(null);
      if (step.done) {
        ended = true;
        return;
      }
      yield step.value;
    }
  } catch (error) {
    ended = true;
    if (deadline.cause === "closed") return;
    if (deadline.cause !== null) {
      throw endedEarly(request, { timeoutMs: policy.idleTimeoutMs }, context, deadline, attempts, null);
    }
    if (isInferenceError(error) && !(error instanceof ServerConnectionError)) throw error;
    const systemCode = error instanceof ServerConnectionError ? error.systemCode : undefined;
    const reason = error instanceof Error ? error.message : "the transport failed";
    throw new ServerConnectionError(
      `The answer of ${targetOf(request, context)} for ${context.operation} broke off: ${hideSecrets(reason, context.secrets)}.`,
      { attempts, ...(systemCode === undefined ? {} : { systemCode }) },
    );
  } finally {
    deadline.end();
    // A piece may never come, so this is not waited for.
    if (!ended) Promise.resolve(pieces.return?.()).catch(() => undefined);
  }
}
