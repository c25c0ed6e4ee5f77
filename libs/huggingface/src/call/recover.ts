import {
  type ErrorAnswer,
  HTTPCallError,
  ServerConnectionError,
  secretsOfHeaders,
} from "@inference-ts/errors";
import {
  DEFAULT_RETRY_POLICY,
  decideRetry,
  type FailedAttempt,
  failedConnection,
  failedStatus,
  type RetryPolicy,
  readFailedAnswer,
  type StreamAnswer,
  sleep,
  streamAnswer,
  systemClock,
  type WireRequest,
  type WireResponse,
} from "@inference-ts/transport";
import { endOf } from "./call-end.ts";
import type { CallScope } from "./call-scope.ts";
import { estimatedTimeOf, readErrorAnswer } from "./error-answer.ts";
import type { Answer, OutgoingRequest } from "./exchange.ts";
import { redirected } from "./follow-redirect.ts";
import { loadingPause } from "./loading-pause.ts";

/** What came of an attempt that was made already. */
export type FirstAttempt = { readonly response: WireResponse } | { readonly error: unknown };

/** Goes on after a first attempt that was no success, or begins with one: retries, redirects, waiting for a loading model. */
export async function recover(
  scope: CallScope,
  request: OutgoingRequest,
  wire: WireRequest,
  first: FirstAttempt | null,
): Promise<Answer> {
  try {
    return await untilLoaded(scope, request, wire, first, async (response, { attempts, secrets }) => {
      const body = await response.bytes(scope.core.maxResponseBytes);
      return { status: response.status, header: (name) => response.header(name), body, attempts, secrets };
    });
  } catch (error) {
    const { answer } = scope.record;
    if (request.anyStatus !== true || !(error instanceof HTTPCallError) || answer === undefined) throw error;
    const { status, header, body } = answer;
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    return { status, header, body: bytes, attempts: error.attempts, secrets: [] };
  }
}

/** The same for an answer that is read as it arrives: the call's deadline then goes on with the stream. */
export function recoverStream(
  scope: CallScope,
  request: OutgoingRequest,
  wire: WireRequest,
): Promise<StreamAnswer> {
  const { deadline, operation, record, timeoutMs } = scope;
  return untilLoaded(scope, request, wire, null, (response, { sent, attempts, secrets }) => {
    record.isStreaming = true;
    return streamAnswer(response, {
      request: sent,
      description: { operation, secrets },
      attempts,
      deadline,
      idleTimeoutMs: timeoutMs,
      endedEarly: () => endOf(undefined, scope),
    });
  });
}

const MOST_REDIRECTS = 10;

/** A loading model is waited for by the call itself. */
const RETRIED_STATUSES: readonly number[] = [429, 502, 504];

/** What a good answer came of. */
interface Success {
  readonly sent: WireRequest;
  /** Attempts since the last redirect or wait, 1 or more. */
  readonly attempts: number;
  readonly secrets: readonly string[];
}

async function untilLoaded<T>(
  scope: CallScope,
  request: OutgoingRequest,
  firstRequest: WireRequest,
  first: FirstAttempt | null,
  read: (response: WireResponse, success: Success) => Promise<T> | T,
): Promise<T> {
  const { core, deadline, record, operation } = scope;
  refuseOffline(scope);
  const errorOf = (answer: ErrorAnswer): HTTPCallError => {
    record.status = answer.status;
    record.estimatedTimeMs = estimatedTimeOf(answer.body);
    record.answer = answer;
    return readErrorAnswer(answer, request.task ?? null);
  };
  const { signal } = deadline;
  const retry = retryPolicy(core.retry);
  const secrets = secretsOf(scope, firstRequest);
  let wire = firstRequest;
  let made = first;
  let redirects = request.redirects === false ? 0 : MOST_REDIRECTS;
  let waits = 0;
  for (let attempts = 1; ; attempts += 1) {
    const sent = waits === 0 ? wire : waiting(wire, core.settings.endpoints.inference);
    let failed: FailedAttempt;
    try {
      const answered = made === null ? send(scope, sent) : responseOf(made);
      made = null;
      const response = await answered;
      if (response.status >= 200 && response.status < 300) {
        return await read(response, { sent, attempts, secrets });
      }
      const now = systemClock.date();
      const call = { request: sent, about: undefined, secrets, errorOf, attempts, now };
      failed = failedStatus(await readFailedAnswer(response, call));
    } catch (error) {
      signal.throwIfAborted();
      failed = failedConnection(sent, { operation, secrets }, error, attempts);
    }
    signal.throwIfAborted();
    const { error, failure } = failed;
    record.failure = error;
    const again = decideRetry(retry, {
      failure,
      attempts,
      remainingMs: deadline.remainingMs(),
      replay: "always",
      random: Math.random(),
    });
    if (again.retry) {
      await sleep(again.delayMs, signal);
      continue;
    }
    if (!(error instanceof HTTPCallError)) throw error;
    const elsewhere = redirects > 0 && record.answer !== undefined ? redirected(wire, record.answer) : null;
    if (elsewhere !== null) {
      wire = elsewhere;
      redirects -= 1;
    } else if (error.status === 503 && request.waits !== false) {
      waits += 1;
      await sleep(loadingPause(scope, error, waits), signal);
    } else throw error;
    record.estimatedTimeMs = undefined;
    attempts = 0;
  }
}

/** @throws ServerConnectionError where the machine is switched offline. */
export function refuseOffline({ core, operation }: CallScope): void {
  if (!core.settings.offline) return;
  throw new ServerConnectionError(
    `Nothing is sent for ${operation}: HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE is set.`,
    { hint: "Unset it." },
  );
}

/** No further attempts unless the caller wants some. */
function retryPolicy(wanted: Partial<RetryPolicy> | undefined): RetryPolicy {
  const given = wanted === undefined ? { maxAttempts: 1 } : { statuses: RETRIED_STATUSES, ...wanted };
  return { ...DEFAULT_RETRY_POLICY, ...given };
}

function send({ core, deadline, record }: CallScope, wire: WireRequest): Promise<WireResponse> {
  record.requests += 1;
  return core.transport.send(wire, deadline.signal);
}

async function responseOf(made: FirstAttempt): Promise<WireResponse> {
  if ("error" in made) throw made.error;
  return made.response;
}

/** The second request asks the serverless API to hold the answer until the model is there. */
function waiting(wire: WireRequest, inferenceEndpoint: string): WireRequest {
  if (!wire.url.startsWith(inferenceEndpoint)) return wire;
  return { ...wire, headers: { "x-wait-for-model": "1", ...wire.headers } };
}

/** What must not be in an error: the token, other credentials, and values of the query that may be keys. */
function secretsOf({ core }: CallScope, wire: WireRequest): string[] {
  const { value } = core.settings.token;
  const ofQuery = [...new URL(wire.url).searchParams.values()].filter((text) => text.length >= 6);
  return [...secretsOfHeaders(wire.headers), ...(value === null ? [] : [value]), ...ofQuery];
}
