import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
// The global timer is replaced during a replay; scripted delays are real.
import { setTimeout } from "node:timers";
import { setTimeout as pause } from "node:timers/promises";
import type { ScriptedResponse } from "./read-case.ts";
import { type RecordingServer, startRecordingServer, type WireRecord } from "./recording-server.ts";
import { scriptedBody } from "./scripted-body.ts";

/** How long before the date in a scripted `Retry-After` the server's own clock stands, in milliseconds. */
export const RETRY_DATE_LEAD_MS = 5_000;

/** Longest time that delayed answers are held back for requests that do not come, in milliseconds. */
const PATIENCE_MS = 2_000;

/** A server that answers from a script and records what it was asked. */
export interface FixtureServer extends RecordingServer {
  /** Requests that no scripted answer was left for. */
  readonly unexpected: readonly WireRecord[];
}

/**
 * Starts a server on a free port of 127.0.0.1 that plays `script`. The delays of answers begin when `openAtOnce` requests have been open
 * at once: a busy machine may send the second request after the delay of the first.
 */
export async function startFixtureServer(
  script: readonly ScriptedResponse[],
  inputs: string,
  openAtOnce = 1,
): Promise<FixtureServer> {
  const unexpected: WireRecord[] = [];
  const together = Promise.withResolvers<void>();
  const next = scriptPlayer(script, inputs);
  const server = await startRecordingServer(
    async (record, outgoing) => {
      if (server.maxInFlight >= openAtOnce) together.resolve();
      const response = next(record);
      if (response === undefined) {
        unexpected.push(record);
        outgoing.writeHead(410).end('{"message":"the script of this case is used up"}');
        return;
      }
      if (response.delayMs > 0) {
        await Promise.race([together.promise, pause(PATIENCE_MS, undefined, { ref: false })]);
        together.resolve();
      }
      setTimeout(() => answer(response, outgoing, inputs), response.delayMs);
    },
    ["user-agent", "accept"],
  );
  return Object.assign(server, { unexpected });
}

/** Waiting until a date must not depend on the day of the test, so the answer brings its own date. */
function clockHeader(retryAfter: string | undefined): Record<string, string> {
  const date = /[a-z]{3}/i.test(retryAfter ?? "") ? Date.parse(retryAfter ?? "") : Number.NaN;
  return Number.isNaN(date) ? {} : { date: new Date(date - RETRY_DATE_LEAD_MS).toUTCString() };
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
  if (typeof text === "string" && !compact(body.toString()).includes(compact(text))) return false;
  if (typeof file === "string" && !body.includes(readFileSync(join(inputs, file)).toString("base64")))
    return false;
  return true;
}

/** Python puts spaces into JSON. */
const compact = (json: string) => json.replace(/\s+/g, "");

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
