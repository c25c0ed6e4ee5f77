import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
// The global timer is replaced during a replay; scripted delays are real.
import { setTimeout } from "node:timers";
import type { ScriptedResponse } from "./read-case.ts";
import { scriptedBody } from "./scripted-body.ts";

/** The header by which the rerouting transport tells which address the client asked for; never part of a record. */
export const ORIGIN_HEADER = "x-golden-origin";

/** How long before the date in a scripted `Retry-After` the server's own clock stands, in milliseconds. */
export const RETRY_DATE_LEAD_MS = 5_000;

/** One request as it arrived. */
export interface WireRecord {
  readonly method: string;
  /** Origin that the client addressed, such as `https://detect.roboflow.com`; `null` = the test server itself. */
  readonly origin: string | null;
  /** Raw path, as on the wire. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A server that answers from a script and records what it was asked. */
export interface FixtureServer {
  readonly baseUrl: string;
  readonly requests: readonly WireRecord[];
  /** Requests that no scripted answer was left for. */
  readonly unexpected: readonly WireRecord[];
  /** Most requests open at once. */
  readonly maxInFlight: number;
  close(): Promise<void>;
}

const NOT_RECORDED = new Set([
  "host",
  "user-agent",
  "accept",
  "accept-encoding",
  "connection",
  "content-length",
  "transfer-encoding",
  ORIGIN_HEADER,
]);

/** Starts a server on a free port of 127.0.0.1 that plays `script`. */
export async function startFixtureServer(
  script: readonly ScriptedResponse[],
  inputs: string,
): Promise<FixtureServer> {
  const requests: WireRecord[] = [];
  const unexpected: WireRecord[] = [];
  const next = scriptPlayer(script, inputs);
  let inFlight = 0;
  let maxInFlight = 0;

  const server = createServer((incoming, outgoing) => {
    inFlight++;
    maxInFlight = Math.max(maxInFlight, inFlight);
    let open = true;
    outgoing.on("close", () => {
      if (open) inFlight--;
      open = false;
    });
    void recordRequest(incoming)
      .then((record) => {
        requests.push(record);
        const response = next(record);
        if (response === undefined) {
          unexpected.push(record);
          outgoing.writeHead(410).end('{"message":"the script of this case is used up"}');
          return;
        }
        setTimeout(() => answer(response, outgoing, inputs), response.delayMs);
      })
      .catch(() => incoming.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fixture server has no port.");
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    requests,
    unexpected,
    get maxInFlight() {
      return maxInFlight;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An address of 127.0.0.1 that refuses connections: a port that was just given back. */
export async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 9;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Waiting until a date must not depend on the day of the test, so the answer brings its own date. */
function clockHeader(retryAfter: string | undefined): Record<string, string> {
  const date = /[a-z]{3}/i.test(retryAfter ?? "") ? Date.parse(retryAfter ?? "") : Number.NaN;
  return Number.isNaN(date) ? {} : { date: new Date(date - RETRY_DATE_LEAD_MS).toUTCString() };
}

async function recordRequest(incoming: IncomingMessage): Promise<WireRecord> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const target = incoming.url ?? "/";
  const mark = target.indexOf("?");
  const origin = incoming.headers[ORIGIN_HEADER];
  return {
    method: incoming.method ?? "",
    origin: typeof origin === "string" ? origin : null,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? [] : [...new URLSearchParams(target.slice(mark + 1))],
    headers: Object.fromEntries(
      Object.entries(incoming.headers)
        .filter(([name]) => !NOT_RECORDED.has(name))
        .map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
    ),
    body: Buffer.concat(chunks),
  };
}

/** Hands out answers: those without `for` once and in order; those with `for` in order too, the last one for ever. */
function scriptPlayer(script: readonly ScriptedResponse[], inputs: string) {
  const inOrder = script.filter((response) => Object.keys(response.for).length === 0);
  const byContent = script.filter((response) => Object.keys(response.for).length > 0);
  const used = new Set<ScriptedResponse>();
  return (record: WireRecord): ScriptedResponse | undefined => {
    const matching = byContent.filter((response) => isFor(response, record, inputs));
    const chosen = matching.find((response) => !used.has(response)) ?? matching.at(-1);
    if (chosen !== undefined) {
      used.add(chosen);
      return chosen;
    }
    return inOrder.shift();
  };
}

function isFor(response: ScriptedResponse, record: WireRecord, inputs: string): boolean {
  const { image_file: file, body_contains: text, path } = response.for;
  if (typeof path === "string" && record.path !== path) return false;
  const body = Buffer.from(record.body.buffer, record.body.byteOffset, record.body.byteLength);
  if (typeof text === "string" && !body.includes(text)) return false;
  if (typeof file === "string" && !body.includes(readFileSync(join(inputs, file)).toString("base64")))
    return false;
  return true;
}

function answer(response: ScriptedResponse, outgoing: ServerResponse, inputs: string): void {
  const { socket } = outgoing;
  if (socket === null || socket.destroyed) return;
  if (response.fault === "close-without-response") {
    socket.destroy();
    return;
  }
  if (response.fault === "reset") {
    socket.resetAndDestroy();
    return;
  }
  const { bytes, contentType } = scriptedBody(response, inputs);
  const truncated = response.fault === "truncated-body";
  const hasBody = response.status !== 204 && response.status !== 304;
  const headers: Record<string, string> = {
    ...(contentType === undefined ? {} : { "content-type": contentType }),
    ...(hasBody ? { "content-length": String(bytes.byteLength + (truncated ? 100 : 0)) } : {}),
    ...response.headers,
    ...clockHeader(response.headers["retry-after"]),
  };
  if (response.reason === undefined) outgoing.writeHead(response.status, headers);
  else outgoing.writeHead(response.status, response.reason, headers);
  if (!truncated) {
    outgoing.end(bytes);
    return;
  }
  outgoing.write(bytes, () => socket.destroySoon());
}
