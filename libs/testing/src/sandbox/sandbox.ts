import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { InvalidParameterError, ServerConnectionError } from "@inference-ts/errors";
import { type Answer, type Exchange, jsonAnswer, Refusal } from "./exchange.ts";
import { createFaultSelector, FAULT_HEADER, type Fault, type FaultPlan } from "./faults.ts";
import { createHuggingFaceState } from "./huggingface/state.ts";
import { checkRequiredKey } from "./keys.ts";
import { createModelRegistry } from "./model-registry.ts";
import { readBody } from "./request-body.ts";
import type { SandboxState } from "./route.ts";
import { answerRequest, routeName } from "./routing.ts";
import { LiveSessions } from "./webrtc/live-sessions.ts";
import { faultAnswer, writeAnswer } from "./writing.ts";

/** One finished request, for a log. Holds no key and no picture. */
export interface SandboxLogEntry {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** Status sent, or `null` where the connection ended without one. */
  readonly status: number | null;
  readonly durationMs: number;
}

/** Options of {@link startSandbox}. */
export interface SandboxOptions {
  /** Address to listen on. Default `127.0.0.1`: the sandbox is not meant to be reached from other machines. */
  readonly host?: string;
  /** Port to listen on; 0, the default, takes a free one. */
  readonly port?: number;
  /** Refuses every request without this key with 401, as a server bound to a workspace does. Default: no key is asked for, except to load a model. */
  readonly apiKey?: string;
  /** Misbehaviour that no request has to ask for. Default none. */
  readonly faults?: FaultPlan;
  /** Time that every answer takes at least, in milliseconds, or a function of the request's number (from 0). Default 0. */
  readonly latencyMs?: number | ((requestNumber: number) => number);
  /** Gives the trace of a workflow's run that asks for one, as a server does with `ENABLE_WORKFLOWS_PROFILING=True`. Default false. */
  readonly workflowProfiling?: boolean;
  /** Told about every finished request. Default: nobody is. */
  readonly logger?: (entry: SandboxLogEntry) => void;
}

/** What the sandbox counted since it was started. */
export interface SandboxCounts {
  readonly total: number;
  readonly inFlight: number;
  /** The most requests that were in flight at once. */
  readonly peakInFlight: number;
  /** TCP connections accepted; fewer than requests when connections are kept alive. */
  readonly connections: number;
  /** Requests by route, such as `/infer/object_detection` or `/{project}/{version}`; unknown paths count as `other`. */
  readonly byRoute: Readonly<Record<string, number>>;
}

/** A running sandbox. */
export interface Sandbox extends AsyncDisposable {
  /** Address of the server without a slash at the end, such as `http://127.0.0.1:9001`. */
  readonly url: string;
  /** Counts at this moment. */
  readonly requests: SandboxCounts;
  /** Live video sessions whose caller has not left. */
  readonly liveSessions: number;
  /** Stops the server, ends its connections and timers. Safe to call twice. */
  close(): Promise<void>;
}

interface Counting {
  total: number;
  inFlight: number;
  peakInFlight: number;
  connections: number;
  readonly byRoute: Map<string, number>;
}

/**
 * Starts a stand-in of the Roboflow Inference server in this process: same routes, same answers, and models that find red,
 * green and blue shapes in the pictures they receive. Needs the optional package `sharp` to decode pictures.
 *
 * Keys as on a self-hosted server: loading a model needs the key `test-key` (or `apiKey`), a loaded model serves anyone.
 *
 * Below `/huggingface` it also answers as the Hugging Face systems do: `/huggingface/endpoints/<task>` is a container of
 * Inference Endpoints, `/huggingface/llm` a language model that repeats what it was told, marked with `[sandbox echo]`, and
 * `/huggingface` itself serves as `HF_INFERENCE_ENDPOINT` and `HF_ENDPOINT`.
 *
 * @throws InvalidParameterError when `port` is not a whole number from 0 to 65535 or `apiKey` is empty.
 * @throws ServerConnectionError when the port is taken.
 * @example
 * ```ts no-run
 * await using sandbox = await startSandbox();
 * const answer = await fetch(`${sandbox.url}/info`);
 * ```
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = "127.0.0.1", port = 0, apiKey } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidParameterError(
      `port is ${port}; it must be a whole number from 0 to 65535 (0 takes a free port).`,
    );
  }
  if (apiKey === "") {
    throw new InvalidParameterError(
      "apiKey is empty; leave it out when the sandbox shall not ask for a key.",
    );
  }
  const closing = new AbortController();
  const counting: Counting = { total: 0, inFlight: 0, peakInFlight: 0, connections: 0, byRoute: new Map() };
  const live = new LiveSessions();
  const server = createServer(requestListener(options, counting, closing.signal, live));
  server.on("connection", () => {
    counting.connections += 1;
  });
  const url = await listen(server, host, port);
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= (async () => {
      const ended = new Promise<void>((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await ended;
      await live.close();
    })();
    return closed;
  };
  return {
    url,
    get requests() {
      return { ...counting, byRoute: Object.fromEntries(counting.byRoute) };
    },
    get liveSessions() {
      return live.count;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const systemCode = cause.code === undefined ? {} : { systemCode: cause.code };
      const message = `The sandbox cannot listen on ${host}:${port}: ${cause.message}.`;
      reject(
        new ServerConnectionError(message, {
          cause,
          hint: "Take another port, or 0 for a free one.",
          ...systemCode,
        }),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      const taken = typeof address === "object" && address !== null ? address.port : port;
      resolve(`http://${host.includes(":") ? `[${host}]` : host}:${taken}`);
    });
  });
}

function requestListener(
  options: SandboxOptions,
  counting: Counting,
  closing: AbortSignal,
  live: LiveSessions,
) {
  const state: SandboxState = {
    registry: createModelRegistry(options.apiKey ?? null),
    huggingFace: createHuggingFaceState(),
    uuid: randomBytes(3).toString("hex"),
    allowsProfiling: options.workflowProfiling ?? false,
    live,
  };
  const faults = createFaultSelector(options.faults);
  const latency = options.latencyMs ?? 0;
  const latencyOf = typeof latency === "number" ? () => latency : latency;

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    const target = targetOf(request);
    if (target === null) {
      response.writeHead(400, { connection: "close" }).end();
      return;
    }
    const number = counting.total++;
    counting.inFlight += 1;
    counting.peakInFlight = Math.max(counting.peakInFlight, counting.inFlight);
    const method = request.method ?? "GET";
    const route = routeName(method, target.pathname) ?? "other";
    counting.byRoute.set(route, (counting.byRoute.get(route) ?? 0) + 1);
    response.once("close", () => {
      counting.inFlight -= 1;
      const status = response.headersSent ? response.statusCode : null;
      options.logger?.({ method, path: target.pathname, status, durationMs: performance.now() - started });
    });
    try {
      const fault = selectFault(request);
      const body = await readBody(request);
      const exchange: Exchange = {
        method,
        path: target.pathname,
        query: target.searchParams,
        headers: request.headers,
        body,
        modelIds: new Set(),
        loads: [],
        ...(fault instanceof Refusal || fault?.live === undefined ? {} : { live: fault.live }),
      };
      const answer = fault instanceof Refusal ? fault.answer : await answerWith(exchange, fault);
      const pauseMs = latencyOf(number) + (fault instanceof Refusal ? 0 : (fault?.delayMs ?? 0));
      await writeAnswer({ request, response, exchange, answer, fault: toFault(fault), pauseMs, closing });
    } catch {
      // The peer went away or the server is closing; there is nobody left to tell.
      response.destroy();
    }
  };

  function selectFault(request: IncomingMessage): Fault | Refusal | null {
    const header = request.headers[FAULT_HEADER];
    try {
      return faults.next(Array.isArray(header) ? header.join(";") : header);
    } catch (error) {
      const message = error instanceof Error ? error.message : `unknown fault in ${FAULT_HEADER}`;
      return new Refusal(jsonAnswer({ message }, 400));
    }
  }

  async function answerWith(exchange: Exchange, fault: Fault | null): Promise<Answer> {
    const instead = fault === null ? null : faultAnswer(fault);
    if (instead !== null) return instead;
    try {
      checkRequiredKey(exchange, options.apiKey ?? null);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
    return answerRequest(exchange, state);
  }
}

/** What a request asks for: a path, also one that begins with two slashes, or as of a proxy a whole URL; null where it cannot be read. */
function targetOf({ url = "/" }: IncomingMessage): URL | null {
  const target = URL.parse(url.startsWith("/") ? `http://sandbox${url}` : url);
  try {
    return target !== null && decodeURIComponent(target.pathname) !== "" ? target : null;
  } catch {
    return null;
  }
}

const toFault = (fault: Fault | Refusal | null): Fault | null => (fault instanceof Refusal ? null : fault);
