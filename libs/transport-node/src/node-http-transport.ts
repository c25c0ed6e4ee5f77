import { once } from "node:events";
import type http from "node:http";
import { urlToHttpOptions } from "node:url";
import { ClosedError, InvalidParameterError, redact } from "@inference-ts/errors";
import {
  connectionFailure,
  createRunningCalls,
  openUpload,
  type RunningCalls,
  type Transport,
  type Upload,
  type WireRequest,
  type WireResponse,
} from "@inference-ts/transport";
import { createAgents, type TlsOptions } from "./agents.ts";
import { loadHttp, loadHttps } from "./http-modules.ts";
import { nodeResponse } from "./node-response.ts";
import type { ProxyOption } from "./proxy.ts";

/** Options of `nodeHttpTransport`. */
export interface NodeHttpTransportOptions {
  /** Options of the keep-alive agents, such as `maxSockets` or `keepAliveMsecs`. `keepAlive` itself is always on. */
  readonly agentOptions?: http.AgentOptions;
  /** TLS settings of https connections: `ca`, `cert`, `key`, `rejectUnauthorized` and so on. */
  readonly tls?: TlsOptions;
  /**
   * The proxy. Default `"environment"`: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY are obeyed where Node's agents can
   * (22.21, 24.5 and newer), for http and https proxies. `"none"` connects directly, a URL goes through that proxy.
   */
  readonly proxy?: ProxyOption;
}

/**
 * The transport of Node: `node:http` with one keep-alive agent per transport, a request body written as one buffer and an answer
 * collected into one array. Redirects are not followed.
 *
 * A request that finds its kept connection closed by the server is sent once more over a new one, unless it asks for a fresh connection.
 */
export function nodeHttpTransport(options: NodeHttpTransportOptions = {}): Transport {
  const agents = createAgents({
    agentOptions: options.agentOptions ?? {},
    tls: options.tls ?? {},
    proxy: options.proxy ?? "environment",
  });
  const parseUrl = rememberLast(parseHttpUrl);
  const calls = createRunningCalls<Call>();
  let closed = false;

  const attempt = (request: WireRequest, signal: AbortSignal, fresh: boolean): Promise<WireResponse> => {
    const target = parseUrl(request.url);
    return exchange(calls, request, signal, target, agents.pick(target.protocol, fresh));
  };
  return {
    name: "node-http",
    send: async (request, signal) => {
      if (closed) throw closedError();
      if (signal.aborted) throw signal.reason;
      const fresh = request.freshConnection === true;
      try {
        return await attempt(request, signal, fresh);
      } catch (error) {
        if (!(error instanceof StaleConnection)) throw error;
        if (fresh || closed || signal.aborted) throw error.failure;
      }
      return attempt(request, signal, true);
    },
    close: async () => {
      closed = true;
      for (const call of calls) call.end(closedError());
      agents.destroy();
    },
  };
}

function closedError(): ClosedError {
  return new ClosedError("The transport is closed. Make a new client.");
}

/** A kept connection was gone before the answer began: the server had closed it meanwhile. */
class StaleConnection extends Error {
  readonly failure: Error;

  constructor(failure: Error) {
    super("stale connection");
    this.failure = failure;
  }
}

const STALE_CODES: ReadonlySet<unknown> = new Set(["ECONNRESET", "EPIPE"]);

interface Target extends http.RequestOptions {
  readonly protocol: string;
}

/** Calls to one address follow each other, and parsing a URL costs as much as the rest of the set-up. */
function rememberLast<T>(parse: (url: string) => T): (url: string) => T {
  let last: { readonly url: string; readonly value: T } | null = null;
  return (url) => {
    if (last?.url !== url) last = { url, value: parse(url) };
    return last.value;
  };
}

function parseHttpUrl(url: string): Target {
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.protocol !== "http:" && parsed.protocol !== "https:")) {
    throw new InvalidParameterError("The address of a request must be an http or https URL.");
  }
  const { hostname, port, path, auth } = urlToHttpOptions(parsed);
  return {
    protocol: parsed.protocol,
    hostname: hostname ?? "",
    path: path ?? "/",
    ...(port === undefined ? {} : { port }),
    ...(auth === undefined ? {} : { auth }),
  };
}

/** A request under way. */
interface Call {
  /** Ends it: whoever waits for it gets `reason`. */
  end(reason: unknown): void;
}

/** One request on one connection, until its head has arrived; the answer carries it on from there. */
function exchange(
  calls: RunningCalls<Call>,
  request: WireRequest,
  signal: AbortSignal,
  target: Target,
  agent: http.Agent,
): Promise<WireResponse> {
  const { body } = request;
  const upload = body === null || body instanceof Uint8Array ? null : openUpload(body);
  return new Promise((resolve, reject) => {
    const wire = openWire(request, target, agent);
    /** Why the call was ended from this side; what the socket says afterwards is only the echo. */
    let ended: { readonly reason: unknown } | null = null;
    const call: Call = {
      end: (reason) => {
        ended ??= { reason };
        wire.destroy();
      },
    };
    const onAbort = (): void => call.end(signal.reason);
    const leave = calls.enter(call);
    const release = (): void => {
      signal.removeEventListener("abort", onAbort);
      leave();
    };
    const failureOf = (error: unknown): unknown =>
      ended === null ? (upload?.failure() ?? connectionFailure(error)) : ended.reason;
    signal.addEventListener("abort", onAbort, { once: true });
    let answered = false;
    wire.on("response", (message) => {
      answered = true;
      const complete = (): void => {
        release();
        // The answer came before the request was written: what is left of it must not be sent any more.
        if (!wire.writableFinished) wire.destroy();
      };
      const abandon = (): void => {
        release();
        wire.destroy();
      };
      resolve(nodeResponse({ message, failureOf, complete, abandon }));
    });
    wire.on("error", (error: NodeJS.ErrnoException) => {
      if (answered) return; // the answer fails by itself, and its reader is told
      release();
      const failure = failureOf(error);
      const stale = wire.reusedSocket && ended === null && STALE_CODES.has(error.code);
      reject(stale && failure instanceof Error ? new StaleConnection(failure) : failure);
    });
    writeBody(wire, body instanceof Uint8Array ? body : null, upload);
  });
}

function openWire(request: WireRequest, target: Target, agent: http.Agent): http.ClientRequest {
  // Looked up at each call: interceptors replace these functions.
  const open = target.protocol === "https:" ? loadHttps().request : loadHttp().request;
  try {
    return open({ ...target, agent, method: request.method, headers: wireHeaders(request) });
  } catch (error) {
    // Node names the header and keeps its value to itself.
    throw new InvalidParameterError(
      `The request cannot be written: ${redact(error instanceof Error ? error.message : "unknown reason")}.`,
    );
  }
}

function wireHeaders(request: WireRequest): http.OutgoingHttpHeaders {
  const { body } = request;
  if (body === null) return { ...request.headers };
  const { byteLength } = body;
  return byteLength === null ? { ...request.headers } : { ...request.headers, "content-length": byteLength };
}

function writeBody(call: http.ClientRequest, bytes: Uint8Array | null, upload: Upload | null): void {
  if (upload === null) {
    call.end(bytes ?? undefined);
    return;
  }
  // The call's own "error" event carries the failure.
  writePieces(call, upload.pieces).catch((error: unknown) => {
    call.destroy(error instanceof Error ? error : undefined);
  });
}

/** One piece after the other, each handed to the system before the next is asked for: its buffer may be used again then. */
async function writePieces(call: http.ClientRequest, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  // A request that is closed before it has a connection calls nobody back.
  const closed = once(call, "close");
  closed.catch(() => undefined);
  for await (const piece of pieces) {
    const written = new Promise<void>((resolve) => call.write(piece, () => resolve()));
    await Promise.race([written, closed]);
    // Leaving the loop closes the source.
    if (call.destroyed) return;
  }
  call.end();
}
