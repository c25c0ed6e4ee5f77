import {
  AbortedError,
  addressOf,
  DeadlineExceededError,
  HTTPCallError,
  hideSecrets,
  isInferenceError,
  ServerConnectionError,
} from "@inference-ts/errors";
import type { Clock } from "./clock.ts";
import type { Deadline } from "./deadline.ts";
import type { ErrorReader, FailedRequest } from "./failed-answer.ts";
import {
  type AttemptFailure,
  DEFAULT_RETRY_POLICY,
  decideRetry,
  type Replay,
  type RetryDecision,
  type RetryPolicy,
} from "./retry-policy.ts";
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
export interface SendContext {
  /** The caller's signal. */
  readonly signal?: AbortSignal | undefined;
  /** Values that must not be in any error. */
  readonly secrets: readonly string[];
  /** What is done, for messages, such as `infer`. */
  readonly operation: string;
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

/** One failed attempt: the error the caller gets if no other attempt follows, and what the retry policy looks at. */
interface Failed {
  readonly error: HTTPCallError | ServerConnectionError;
  readonly failure: AttemptFailure;
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
  const retry =
    policy.retry === undefined ? DEFAULT_RETRY_POLICY : { ...DEFAULT_RETRY_POLICY, ...policy.retry };
  let last: Failed | null = null;
  for (let attempt = 1; ; attempt += 1) {
    if (deadline.signal.aborted) throw endedEarly(request, policy, context, deadline, attempt - 1, last);
    context.onAttempt?.({ attempt });
    try {
      const response = await runtime.transport.send(wire, deadline.signal);
      if (response.status >= 200 && response.status < 300) {
        return { value: await consume(response), response, attempts: attempt };
      }
      last = await failedStatus(runtime, request, context, response, attempt);
    } catch (error) {
      if (deadline.cause !== null) throw endedEarly(request, policy, context, deadline, attempt, last);
      last = failedConnection(request, context, error, attempt);
    }
    if (deadline.cause !== null) throw endedEarly(request, policy, context, deadline, attempt, last);
    const decision = decideRetry(retry, {
      failure: last.failure,
      attempts: attempt,
      remainingMs: deadline.remainingMs(),
      replay: policy.replay,
      random: runtime.random(),
    });
    if (!decision.retry) throw last.error;
    context.onRetry?.(retryEvent(attempt, decision, last.failure));
    try {
      await runtime.sleep(decision.delayMs, deadline.signal);
    } catch (error) {
      if (deadline.cause === null) throw error;
    }
  }
}

function retryEvent(
  attempt: number,
  decision: RetryDecision & { readonly retry: true },
  failure: AttemptFailure,
): RetryEvent {
  return {
    attempt,
    delayMs: decision.delayMs,
    status: failure.kind === "status" ? failure.status : undefined,
    systemCode: failure.kind === "connection" ? failure.systemCode : undefined,
  };
}

async function failedStatus(
  runtime: AttemptRuntime,
  request: WireRequest,
  { about, secrets, errorOf = runtime.errorOf }: SendContext,
  response: WireResponse,
  attempts: number,
): Promise<Failed> {
  const error = await errorOfAnswer(response, {
    request,
    about,
    secrets,
    errorOf,
    attempts,
    now: runtime.clock.date(),
  });
  const { status, retryAfterMs } = error;
  return { error, failure: { kind: "status", status, retryAfterMs } };
}

/** Reading what servers say when they refuse is a lot of code, which most calls never need. */
async function errorOfAnswer(response: WireResponse, failed: FailedRequest): Promise<HTTPCallError> {
  try {
    const { readFailedAnswer } = await import("./failed-answer.ts");
    return await readFailedAnswer(response, failed);
  } catch {
    response.discard();
  }
  const { status } = response;
  const { request, attempts, secrets } = failed;
  const { method } = request;
  const url = hideSecrets(addressOf(request.url), secrets);
  return new HTTPCallError(
    `${method} ${url} answered ${status}; the code that reads its message could not be loaded.`,
    { status, method, url, attempts, serverMessage: undefined },
  );
}

/** Errors that are not about the connection end the call as they are. */
function failedConnection(
  request: WireRequest,
  context: SendContext,
  error: unknown,
  attempt: number,
): Failed {
  if (isInferenceError(error) && !(error instanceof ServerConnectionError)) throw error;
  const systemCode = error instanceof ServerConnectionError ? error.systemCode : undefined;
  const reason = error instanceof Error ? error.message : "the transport failed";
  const tries = attempt > 1 ? ` after ${attempt} attempts` : "";
  return {
    error: new ServerConnectionError(
      `No complete answer from ${targetOf(request, context)} for ${context.operation}${tries}: ${hideSecrets(reason, context.secrets)}.`,
      {
        attempts: attempt,
        ...(systemCode === undefined ? {} : { systemCode }),
        hint: "Check that the server runs and that its address is right.",
      },
    ),
    failure: { kind: "connection", systemCode },
  };
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
      ...(last === null ? {} : { cause: last.error }),
    },
  );
}

/** The address for messages: no query, no secret. */
export function targetOf(request: WireRequest, context: SendContext): string {
  return hideSecrets(addressOf(request.url), context.secrets);
}
