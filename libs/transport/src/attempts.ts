import { AbortedError, DeadlineExceededError, HTTPCallError } from "@inference-ts/errors";
import type { Clock } from "./clock.ts";
import type { Deadline } from "./deadline.ts";
import type { ErrorReader, FailedRequest } from "./failed-answer.ts";
import {
  type CallDescription,
  type FailedAttempt,
  failedConnection,
  failedStatus,
  targetOf,
} from "./failed-attempt.ts";
import { DEFAULT_RETRY_POLICY, decideRetry, type Replay, type RetryPolicy } from "./retry-policy.ts";
import type { Transport, WireRequest, WireResponse } from "./wire.ts";

/** How often a call may be tried and how long it may take. */
export interface AttemptPolicy {
  /** Time limit of the whole call with all attempts and waits, in milliseconds; `null` for none. */
  readonly timeoutMs: number | null;
  /** The limit that the caller knows, for messages, where `timeoutMs` is what is left of it. Default: `timeoutMs`. */
  readonly statedTimeoutMs?: number | null;
  /** Fields that are left out have the values of `DEFAULT_RETRY_POLICY`. */
  readonly retry?: Partial<RetryPolicy>;
  /** Whether the request may reach the server twice. */
  readonly replay: Replay;
}

/** A new attempt begins. */
export interface AttemptEvent {
  /** 1 for the first. */
  readonly attempt: number;
}

/** An attempt failed and another one follows after a wait. */
export interface RetryEvent {
  /** The attempt that failed, 1 or more. */
  readonly attempt: number;
  readonly delayMs: number;
  /** The failed attempt's status, or `undefined` when the connection failed. */
  readonly status: number | undefined;
  /** The failed attempt's system code, when the connection failed and there is one. */
  readonly systemCode: string | undefined;
}

/** The last answer, of any status. */
export interface AnswerEvent {
  readonly status: number;
  readonly attempts: number;
  readonly durationMs: number;
}

/** What belongs to one call. The hooks are called synchronously and must not throw. */
export interface SendContext extends CallDescription {
  /** The caller's signal. */
  readonly signal?: AbortSignal | undefined;
  /** What the request is about, for messages, such as `model street-signs/3`. */
  readonly about?: string | undefined;
  /** Reads an answer with an error status. Default: that of the sender. */
  readonly errorOf?: ErrorReader | undefined;
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  readonly onAnswer?: ((event: AnswerEvent) => void) | undefined;
}

/** Waits, ended early by the signal with its reason. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** What a sender is made of. */
export interface AttemptRuntime {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly sleep: Sleep;
  readonly errorOf: ErrorReader;
}

/** What one successful attempt gave. */
export interface AttemptResult<T> {
  readonly value: T;
  readonly response: WireResponse;
  readonly attempts: number;
}

/**
 * Sends the request until `consume` has read an answer of status 2xx, the policy gives up, or the deadline ends it.
 *
 * @throws HTTPCallError, ServerConnectionError, AbortedError, DeadlineExceededError, and what `consume` throws beside
 *   connection failures (such as InvalidResponseError), without another attempt.
 */
export async function runAttempts<T>(
  runtime: AttemptRuntime,
  request: WireRequest,
  policy: AttemptPolicy,
  context: SendContext,
  deadline: Deadline,
  consume: (response: WireResponse) => Promise<T> | T,
): Promise<AttemptResult<T>> {
  const wire = policy.replay === "before-sent" ? { ...request, freshConnection: true } : request;
  const retry = { ...DEFAULT_RETRY_POLICY, ...policy.retry };
  const { signal } = deadline;
  let attempts = 0;
  let last: FailedAttempt | null = null;
  try {
    for (;;) {
      signal.throwIfAborted();
      attempts += 1;
      context.onAttempt?.({ attempt: attempts });
      try {
        const response = await runtime.transport.send(wire, signal);
        if (response.status >= 200 && response.status < 300) {
          return { value: await consume(response), response, attempts };
        }
        last = failedStatus(await errorOfAnswer(runtime, request, context, response, attempts));
      } catch (error) {
        signal.throwIfAborted();
        last = failedConnection(request, context, error, attempts);
      }
      signal.throwIfAborted();
      const decision = decideRetry(retry, {
        failure: last.failure,
        attempts,
        remainingMs: deadline.remainingMs(),
        replay: policy.replay,
        random: runtime.random(),
      });
      if (!decision.retry) throw last.error;
      const { status, systemCode } = last.failure;
      context.onRetry?.({ attempt: attempts, delayMs: decision.delayMs, status, systemCode });
      await runtime.sleep(decision.delayMs, signal);
    }
  } catch (error) {
    throw deadline.cause === null ? error : endedEarly(request, policy, context, deadline, attempts, last);
  }
}

/** Reading what servers say when they refuse is a lot of code, which most calls never need. */
async function errorOfAnswer(
  runtime: AttemptRuntime,
  request: WireRequest,
  context: SendContext,
  response: WireResponse,
  attempts: number,
): Promise<HTTPCallError> {
  const { about, secrets, errorOf = runtime.errorOf } = context;
  const failed: FailedRequest = { request, about, secrets, errorOf, attempts, now: runtime.clock.date() };
  try {
    const { readFailedAnswer } = await import("./failed-answer.ts");
    return await readFailedAnswer(response, failed);
  } catch {
    response.discard();
  }
  const { status } = response;
  const { method } = request;
  const url = targetOf(request, context);
  return new HTTPCallError(
    `${method} ${url} answered ${status}; the code that reads its message could not be loaded.`,
    { status, method, url, attempts, serverMessage: undefined },
  );
}

/** The error of a call that its caller or its time limit ended. */
export function endedEarly(
  request: WireRequest,
  policy: Pick<AttemptPolicy, "timeoutMs" | "statedTimeoutMs">,
  context: SendContext,
  deadline: Deadline,
  attempts: number,
  last: { readonly error: Error } | null,
): AbortedError | DeadlineExceededError {
  const what = `${context.operation} at ${targetOf(request, context)}`;
  if (deadline.cause === "caller") {
    return new AbortedError(`The call was aborted: ${what}.`, { cause: context.signal?.reason });
  }
  const before = last === null ? "" : ` The attempt before ended so: ${last.error.message}`;
  const timeoutMs = policy.statedTimeoutMs ?? policy.timeoutMs ?? 0;
  return new DeadlineExceededError(
    `No answer within ${timeoutMs} ms (${attempts} ${attempts === 1 ? "attempt" : "attempts"}): ${what}.${before}`,
    {
      timeoutMs,
      hint: "Raise timeoutMs, or set it to null for no limit.",
      cause: last?.error,
    },
  );
}
