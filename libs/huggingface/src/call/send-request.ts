import { ServerConnectionError } from "@inference-ts/errors";
import type { StreamAnswer, WireRequest } from "@inference-ts/transport";
import { tokenFor } from "../settings/token.ts";
import type { CallScope } from "./call-scope.ts";
import type { Answer, OutgoingRequest } from "./exchange.ts";
import type { FirstAttempt } from "./recover.ts";

/**
 * Sends a request, waits for a loading model and reads the whole answer. What happens when the first attempt fails is loaded with the first
 * failure.
 *
 * @throws HTTPCallError, ServerConnectionError, InferenceTimeoutError, AbortedError, InvalidResponseError, ClosedError.
 */
export async function sendRequest(scope: CallScope, request: OutgoingRequest): Promise<Answer> {
  const { core, deadline, record } = scope;
  const wire = await wireRequest(scope, request);
  let first: FirstAttempt | null = null;
  if (!core.settings.offline) {
    record.requests += 1;
    try {
      const response = await core.transport.send(wire, deadline.signal);
      const { status } = response;
      if (status >= 200 && status < 300) {
        const body = await response.bytes(core.maxResponseBytes);
        const { value } = core.settings.token;
        const secrets = value === null ? [] : [value];
        const { headers: sent } = wire;
        return { status, header: (name) => response.header(name), body, attempts: 1, secrets, sent };
      }
      first = { response };
    } catch (error) {
      if (deadline.cause !== null) throw error;
      first = { error };
    }
  }
  return (await recovery(first)).recover(scope, request, wire, first);
}

/** The same for an answer that is read as it arrives; the time limit then holds between two pieces. */
export async function openStream(scope: CallScope, request: OutgoingRequest): Promise<StreamAnswer> {
  return (await recovery(null)).recoverStream(scope, request, await wireRequest(scope, request));
}

/** Code that cannot be loaded, such as without a network, must not hide what happened. */
async function recovery(first: FirstAttempt | null): Promise<typeof import("./recover.ts")> {
  try {
    return await import("./recover.ts");
  } catch (cause) {
    throw first !== null && "error" in first
      ? first.error
      : new ServerConnectionError("The code that handles failures could not be loaded.", { cause });
  }
}

/** The request as it goes out: token by host, the client's headers over the task's, the call's over both. */
async function wireRequest({ core, options }: CallScope, request: OutgoingRequest): Promise<WireRequest> {
  const { settings } = core;
  const url = new URL(request.url);
  const token = request.withToken === false ? null : tokenFor(url, settings.token);
  const { headers: ofClient, cookies, billTo } = settings.given;
  const given: Record<string, string | null> = {
    accept: "*/*",
    ...(token === null ? await credentialsOf(url) : { authorization: `Bearer ${token}` }),
    ...request.headers,
    // Headers of one's own are rare.
    ...(ofClient || cookies || billTo || options.headers
      ? (await import("./given-headers.ts")).givenHeaders(settings.given, options.headers)
      : {}),
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

/** User name and password of an address are rare. */
async function credentialsOf(url: URL): Promise<Record<string, string>> {
  return url.password === "" ? {} : (await import("./given-headers.ts")).basicAuthorization(url);
}
