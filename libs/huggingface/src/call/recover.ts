import { type ErrorAnswer, HTTPCallError, ServerConnectionError } from "@inference-ts/errors";
import {
  type Answer,
  createSenderOf,
  type SendContext,
  type Sender,
  type SendPolicy,
  type StreamAnswer,
  sleep,
  systemClock,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "@inference-ts/transport";
import type { CallScope } from "./call-scope.ts";
import { estimatedTimeOf, readErrorAnswer } from "./error-answer.ts";
import { redirected } from "./follow-redirect.ts";
import { loadingPause } from "./loading-pause.ts";
import type { OutgoingRequest } from "./send-request.ts";

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
    return await untilLoaded(scope, request, wire, first, (sender, ...call) => sender.send(...call));
  } catch (error) {
    const { answer } = scope.record;
    if (request.anyStatus !== true || !(error instanceof HTTPCallError) || answer === undefined) throw error;
    return wholeAnswer(answer, error.attempts);
  }
}

function wholeAnswer({ status, header, body }: ErrorAnswer, attempts: number): Answer {
  return {
    status,
    header,
    body: typeof body === "string" ? new TextEncoder().encode(body) : body,
    attempts,
    durationMs: 0,
  };
}

/** The same for an answer that is read as it arrives. */
export function recoverStream(
  scope: CallScope,
  request: OutgoingRequest,
  wire: WireRequest,
): Promise<StreamAnswer> {
  const idle = { idleTimeoutMs: scope.timeoutMs };
  return untilLoaded(scope, request, wire, null, (sender, sent, policy, context) =>
    sender.openStream(sent, { ...policy, ...idle }, context),
  );
}

const MOST_REDIRECTS = 10;

/** A loading model is waited for by the call itself. */
const RETRIED_STATUSES: readonly number[] = [429, 502, 504];

async function untilLoaded<T>(
  scope: CallScope,
  request: OutgoingRequest,
  firstRequest: WireRequest,
  first: FirstAttempt | null,
  send: (sender: Sender, wire: WireRequest, policy: SendPolicy, context: SendContext) => Promise<T>,
): Promise<T> {
  const { core, deadline, record, options } = scope;
  if (core.settings.offline) {
    throw new ServerConnectionError(`Nothing is sent for ${scope.operation}: HF_HUB_OFFLINE is set.`, {
      hint: "Unset HF_HUB_OFFLINE.",
    });
  }
  const errorOf = (answer: ErrorAnswer): HTTPCallError => {
    record.status = answer.status;
    record.estimatedTimeMs = estimatedTimeOf(answer.body);
    record.answer = answer;
    return readErrorAnswer(answer, request.task ?? null);
  };
  const sender = createSenderOf({ transport: beginningWith(first, core.transport) }, errorOf);
  let wire = firstRequest;
  let redirects = request.redirects === false ? 0 : MOST_REDIRECTS;
  const secrets = secretsOf(scope, wire);
  const startedAt = systemClock.now();
  for (let attempt = 1; ; attempt += 1) {
    const remainingMs = deadline.remainingMs();
    record.estimatedTimeMs = undefined;
    const policy: SendPolicy = {
      timeoutMs: Number.isFinite(remainingMs) ? remainingMs : null,
      statedTimeoutMs: scope.timeoutMs,
      retry: core.retry === undefined ? { maxAttempts: 1 } : { statuses: RETRIED_STATUSES, ...core.retry },
      replay: "always",
      maxResponseBytes: core.maxResponseBytes,
    };
    const onAttempt = (): void => {
      record.requests += 1;
    };
    const context = { signal: options.signal, secrets, operation: scope.operation, onAttempt };
    const sent = attempt === 1 ? wire : waiting(wire, core.settings.endpoints.inference);
    try {
      return await send(sender, sent, policy, context);
    } catch (error) {
      if (!(error instanceof HTTPCallError)) throw error;
      if (error.status < 400 && record.answer !== undefined && redirects > 0) {
        const next = redirected(wire, record.answer);
        if (next === null) throw error;
        wire = next;
        redirects -= 1;
        attempt -= 1;
        continue;
      }
      if (error.status !== 503 || request.waits === false) throw error;
      await sleep(loadingPause(scope, error, attempt, systemClock.now() - startedAt), deadline.signal);
    }
  }
}

/** A transport whose first answer has come already. */
function beginningWith(first: FirstAttempt | null, transport: Transport): Transport {
  let left = first;
  return {
    ...transport,
    name: transport.name,
    send: async (request, signal) => {
      const had = left;
      left = null;
      if (had === null) return transport.send(request, signal);
      if ("error" in had) throw had.error;
      return had.response;
    },
  };
}

/** The second request asks the serverless API to hold the answer until the model is there. */
function waiting(wire: WireRequest, inferenceEndpoint: string): WireRequest {
  if (!wire.url.startsWith(inferenceEndpoint)) return wire;
  return { ...wire, headers: { ...wire.headers, "x-wait-for-model": "1" } };
}

/** What must not be in an error: the token, other credentials, and values of the query that may be keys. */
function secretsOf({ core }: CallScope, wire: WireRequest): string[] {
  const credentials = [wire.headers.authorization, wire.headers.cookie]
    .filter((value) => value !== undefined)
    .map((value) => value.replace(/^(Bearer|Basic)\s+/i, ""));
  const { value } = core.settings.token;
  const ofQuery = [...new URL(wire.url).searchParams.values()].filter((text) => text.length >= 6);
  return [...credentials, ...(value === null ? [] : [value]), ...ofQuery];
}
