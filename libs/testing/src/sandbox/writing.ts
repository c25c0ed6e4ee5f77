import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type Answer, type Exchange, jsonAnswer, textAnswer } from "./exchange.ts";
import type { Fault } from "./faults.ts";

/** Header that every answer of the sandbox carries. */
export const SANDBOX_HEADER = "x-inference-sandbox";

/** Headers that the real server lets a browser read. */
const EXPOSED_HEADERS =
  "X-Processing-Time, X-Remote-Processing-Time, X-Remote-Processing-Times, X-Model-Cold-Start, X-Model-Cold-Start-Count, " +
  "X-Model-Load-Time, X-Model-Load-Details, X-Model-Id, X-Workflow-Id, X-Workspace-Id, X-Trace-Id, execution_id, " +
  `traceparent, tracestate, ${SANDBOX_HEADER}`;

/** Pause after each piece of a streamed answer, in milliseconds. */
const PIECE_PAUSE_MS = 5;

/** How many pieces a slow answer is sent in. */
const SLOW_PIECES = 10;

const HTML_PAGE =
  "<!doctype html><html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>";

/** The answer that a fault puts in the place of the real one; `null` where the request is served first. */
export function faultAnswer(fault: Fault): Answer | null {
  const retry: Record<string, string> =
    fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter };
  const withRetry = (answer: Answer): Answer => ({ ...answer, headers: { ...answer.headers, ...retry } });
  const status = fault.status ?? 200;
  if (fault.kind === "html") return withRetry(textAnswer(HTML_PAGE, fault.status ?? 502, "text/html"));
  if (fault.kind === "not-json") return withRetry(textAnswer("this is not JSON", status, "application/json"));
  if (fault.kind === "wrong-shape") return withRetry(jsonAnswer({ unexpected: true }, status));
  if (fault.kind === "empty") return withRetry({ status, headers: {}, body: new Uint8Array() });
  if (fault.kind === "stall" || fault.kind === "reset") return jsonAnswer({});
  if (fault.loadingSeconds !== undefined)
    return withRetry(
      jsonAnswer({ error: "Model sandbox is currently loading", estimated_time: fault.loadingSeconds }, 503),
    );
  if (fault.status !== undefined)
    return withRetry(jsonAnswer({ message: `Sandbox fault ${fault.status}.` }, fault.status));
  return null;
}

/** What {@link writeAnswer} needs to know. */
export interface Writing {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly exchange: Exchange;
  readonly answer: Answer;
  readonly fault: Fault | null;
  /** Time to wait before the answer, in milliseconds. */
  readonly pauseMs: number;
  /** Aborted when the sandbox closes. */
  readonly closing: AbortSignal;
}

function corsHeaders(request: IncomingMessage): Record<string, string> {
  const origin = request.headers.origin;
  const vary = { vary: "Origin" };
  if (origin === undefined) return vary;
  const allowed = {
    ...vary,
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
  };
  if (request.method !== "OPTIONS") return { ...allowed, "access-control-expose-headers": EXPOSED_HEADERS };
  return {
    ...allowed,
    "access-control-allow-methods": "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
    "access-control-max-age": "600",
    "access-control-allow-headers": String(request.headers["access-control-request-headers"] ?? ""),
  };
}

function modelHeaders(exchange: Exchange): Record<string, string> {
  const loads = exchange.loads.map((load) => ({ m: load.modelId, t: load.seconds }));
  const total = loads.reduce((sum, load) => sum + load.t, 0);
  return {
    "x-model-cold-start": loads.length > 0 ? "true" : "false",
    "x-model-cold-start-count": String(loads.length),
    ...(exchange.modelIds.size > 0 ? { "x-model-id": [...exchange.modelIds].sort().join(",") } : {}),
    ...(loads.length > 0
      ? { "x-model-load-time": String(total), "x-model-load-details": JSON.stringify(loads) }
      : {}),
  };
}

/** Without its last item where the body is a list. */
function shortened(body: Uint8Array): Uint8Array {
  const value: unknown = JSON.parse(Buffer.from(body).toString());
  return Array.isArray(value) ? Buffer.from(JSON.stringify(value.slice(0, -1))) : body;
}

/** Writes an answer to the socket, as well or as badly as the fault asks for. Waits end when the sandbox closes or the peer leaves. */
export async function writeAnswer(writing: Writing): Promise<void> {
  const { request, response, exchange, fault } = writing;
  const ended = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) writing.answer.onLeave?.();
    ended.abort();
  });
  const signal = AbortSignal.any([writing.closing, ended.signal]);
  const pauseMs = writing.pauseMs + (writing.answer.delayMs ?? 0);
  if (pauseMs > 0) await pause(pauseMs, undefined, { signal });
  if (fault?.kind === "stall") return;
  if (fault?.kind === "reset") {
    request.socket.resetAndDestroy();
    return;
  }
  const preflight = request.method === "OPTIONS" && request.headers.origin !== undefined;
  const answer = preflight ? textAnswer("OK") : writing.answer;
  const body = fault?.kind === "wrong-length" ? shortened(answer.body) : answer.body;
  // A fault cuts or slows the body as a whole.
  const pieces = fault === null ? answer.pieces : undefined;
  response.writeHead(answer.status, {
    "x-request-id": randomUUID().replaceAll("-", ""),
    "x-inference-engine": "inference-models",
    [SANDBOX_HEADER]: "inference-ts",
    ...modelHeaders(exchange),
    ...corsHeaders(request),
    ...(fault?.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter }),
    ...answer.headers,
    ...(pieces === undefined ? { "content-length": String(body.byteLength) } : {}),
  });
  if (pieces !== undefined) return sendPieces(response, pieces, signal);
  await sendBody(response, body, fault, signal);
}

async function sendPieces(
  response: ServerResponse,
  pieces: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<void> {
  for (const piece of pieces) {
    response.write(piece);
    await pause(PIECE_PAUSE_MS, undefined, { signal });
  }
  response.end();
}

async function sendBody(
  response: ServerResponse,
  body: Uint8Array,
  fault: Fault | null,
  signal: AbortSignal,
): Promise<void> {
  const half = body.subarray(0, Math.floor(body.byteLength / 2));
  if (fault?.kind === "stall-body") {
    response.write(half);
    return;
  }
  if (fault?.kind === "truncate") {
    response.write(half, () => response.destroy());
    return;
  }
  if (fault?.slowMs !== undefined) {
    const size = Math.max(1, Math.ceil(body.byteLength / SLOW_PIECES));
    for (let offset = 0; offset < body.byteLength; offset += size) {
      response.write(body.subarray(offset, offset + size));
      await pause(fault.slowMs, undefined, { signal });
    }
  }
  response.end(fault?.slowMs === undefined ? body : undefined);
}
