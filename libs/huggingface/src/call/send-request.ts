import { type ErrorAnswer, HTTPCallError, ServerConnectionError } from "@inference-ts/errors";
import type { Answer, SendContext, SendPolicy, StreamAnswer, WireRequest } from "@inference-ts/transport";
import { sleep, systemClock } from "@inference-ts/transport";
import { lowerCaseNames } from "../settings/settings.ts";
import { tokenFor } from "../settings/token.ts";
import type { CallScope } from "./call-scope.ts";

/** A request before the client's headers are put on it. */
export interface OutgoingRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body: Uint8Array | null;
  /** `content-type` and `accept` of the task; headers of the client and of the call win. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For hints; `null` when no task is named. */
  readonly task?: string | null;
  /** Whether an answer 503 means that the model is loading. Default true. */
  readonly waits?: boolean;
  /** Whether redirects are followed. Default true; browsers hide where they lead. */
  readonly redirects?: boolean;
  /** Give answers with an error status too. Default false. */
  readonly anyStatus?: boolean;
  /** Whether the client's token goes with it. Default true. */
  readonly withToken?: boolean;
}

/**
 * Sends a request, waits for a loading model and reads the whole answer.
 *
 * @throws HTTPCallError, ServerConnectionError, InferenceTimeoutError, AbortedError, InvalidResponseError, ClosedError.
 */
export async function sendRequest(scope: CallScope, request: OutgoingRequest): Promise<Answer> {
  const { sender } = scope.core;
  try {
    return await untilLoaded(scope, request, (wire, policy, context) => sender.send(wire, policy, context));
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

/** The same for an answer that is read as it arrives; the time limit then holds between two pieces. */
export function openStream(scope: CallScope, request: OutgoingRequest): Promise<StreamAnswer> {
  const { sender } = scope.core;
  const idle = { idleTimeoutMs: scope.timeoutMs };
  return untilLoaded(scope, request, (wire, policy, context) =>
    sender.openStream(wire, { ...policy, ...idle }, context),
  );
}

const MOST_REDIRECTS = 10;

async function untilLoaded<T>(
  scope: CallScope,
  request: OutgoingRequest,
  send: (wire: WireRequest, policy: SendPolicy, context: SendContext) => Promise<T>,
): Promise<T> {
  const { core, deadline, record, options } = scope;
  let wire = wireRequest(scope, request);
  let redirects = request.redirects === false ? 0 : MOST_REDIRECTS;
  if (core.settings.offline) {
    throw new ServerConnectionError(`Nothing is sent for ${scope.operation}: HF_HUB_OFFLINE is set.`, {
      hint: "Unset HF_HUB_OFFLINE.",
    });
  }
  const secrets = secretsOf(scope, wire);
  const startedAt = systemClock.now();
  for (let attempt = 1; ; attempt += 1) {
    const remainingMs = deadline.remainingMs();
    record.estimatedTimeMs = undefined;
    const policy: SendPolicy = {
      timeoutMs: Number.isFinite(remainingMs) ? remainingMs : null,
      statedTimeoutMs: scope.timeoutMs,
      retry: core.retry,
      replay: "always",
      maxResponseBytes: core.maxResponseBytes,
    };
    const context: SendContext = {
      signal: options.signal,
      secrets,
      operation: scope.operation,
      errorOf: async (answer) => {
        const { estimatedTimeOf, readErrorAnswer } = await import("./error-answer.ts");
        record.status = answer.status;
        record.estimatedTimeMs = estimatedTimeOf(answer.body);
        record.answer = answer;
        return readErrorAnswer(answer, request.task ?? null);
      },
      onAttempt: () => {
        record.requests += 1;
      },
    };
    try {
      return await send(
        attempt === 1 ? wire : waiting(wire, core.settings.endpoints.inference),
        policy,
        context,
      );
    } catch (error) {
      if (!(error instanceof HTTPCallError)) throw error;
      if (error.status < 400 && record.answer !== undefined && redirects > 0) {
        const { redirected } = await import("./follow-redirect.ts");
        const next = redirected(wire, record.answer);
        if (next === null) throw error;
        wire = next;
        redirects -= 1;
        attempt -= 1;
        continue;
      }
      if (error.status !== 503 || request.waits === false) throw error;
      const { loadingPause } = await import("./loading-pause.ts");
      const delayMs = loadingPause(scope, error, attempt, systemClock.now() - startedAt);
      await sleep(delayMs, deadline.signal);
    }
  }
}

/** The second request asks the serverless API to hold the answer until the model is there. */
function waiting(wire: WireRequest, inferenceEndpoint: string): WireRequest {
  if (!wire.url.startsWith(inferenceEndpoint)) return wire;
  return { ...wire, headers: { ...wire.headers, "x-wait-for-model": "1" } };
}

/** The request as it goes out: token by host, the client's headers over the task's, the call's over both. */
function wireRequest({ core, options }: CallScope, request: OutgoingRequest): WireRequest {
  const { settings } = core;
  const url = new URL(request.url);
  const token = request.withToken === false ? null : tokenFor(url, settings.token, settings.endpoints);
  const given: Record<string, string | null> = {
    ...(token === null ? basicAuthorization(url) : { authorization: `Bearer ${token}` }),
    ...settings.headers,
    ...withoutGiven(request.headers ?? {}, settings.headers),
    ...lowerCaseNames(options.headers),
  };
  if (request.withToken === false) given.authorization = null;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== null && value !== undefined) headers[name] = value;
  }
  url.username = "";
  url.password = "";
  url.hash = "";
  return { method: request.method, url: url.href, headers, body: request.body };
}

/** `accept` of the client is a default, not a wish of the caller, unless it was given. */
function withoutGiven(
  ofTask: Readonly<Record<string, string>>,
  ofClient: Readonly<Record<string, string | null>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ofTask).filter(
      ([name]) => !Object.hasOwn(ofClient, name) || (name === "accept" && ofClient.accept === "*/*"),
    ),
  );
}

/** User name and password of an address, where no token is sent. */
function basicAuthorization({ username, password }: URL): Record<string, string> {
  if (username === "" || password === "") return {};
  const bytes = new TextEncoder().encode(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
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
