import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
// The global timers are replaced during a replay; scripted delays are real.
import { setTimeout } from "node:timers";
import { isRecord, textAt } from "../golden/json.ts";
import { type RecordingServer, startRecordingServer, type WireRecord } from "../golden/recording-server.ts";
import { fillPlaceholders } from "../golden/scripted-body.ts";
import type { GoldenCase, ScriptedAnswer } from "./case.ts";
import { dumpJson } from "./dump-json.ts";

/** One request as it arrived; the path alone, also where the client spoke as to a proxy. */
export interface CaseRequest extends WireRecord {
  readonly absoluteForm: boolean;
}

/** A server that plays the answers of a case and records what it was asked. */
export interface CaseServer extends Pick<RecordingServer, "baseUrl" | "inFlight" | "close"> {
  readonly requests: readonly CaseRequest[];
}

/** Starts a server on a free port of 127.0.0.1; `onTake` is told how long an answer takes on the virtual clock. */
export async function startCaseServer(
  golden: GoldenCase,
  inputs: string,
  onTake: (ms: number) => void,
): Promise<CaseServer> {
  const requests: CaseRequest[] = [];
  const next = scriptOf(golden);
  // A connection that ends before it is used again would be taken for an idle one.
  const more: Record<string, string> = golden.answers.some(({ fault }) => fault !== null)
    ? { connection: "close" }
    : {};
  const server = await startRecordingServer(
    (record, outgoing) => {
      const request = caseRequest(record);
      requests.push(request);
      const answer = golden.hub[request.path] ?? next(request);
      if (answer === undefined) {
        outgoing.writeHead(410).end('{"error":"the script of this case is used up"}');
        return;
      }
      onTake(answer.takesMs);
      setTimeout(
        () => void play({ ...answer, headers: { ...more, ...answer.headers } }, outgoing, inputs),
        answer.delayMs,
      );
    },
    ["x-amzn-trace-id", "accept-language", "sec-fetch-mode", "proxy-connection", "keep-alive"],
  );
  return {
    baseUrl: server.baseUrl,
    requests,
    get inFlight() {
      return server.inFlight;
    },
    close: () => server.close(),
  };
}

function caseRequest(record: WireRecord): CaseRequest {
  const path = record.path.replace(/^https?:\/\/[^/]*/, "");
  return { ...record, path, absoluteForm: path !== record.path };
}

/**
 * Hands out the answers: each to the request that it was recorded for, since requests may come side by side or be left out by ours, else
 * in order. A download that was not recorded gets the file itself.
 */
function scriptOf(golden: GoldenCase): (record: WireRecord) => ScriptedAnswer | undefined {
  const recorded = golden.requests.filter(({ path }) => golden.hub[path] === undefined);
  const left = golden.answers.map((answer, index) => ({ answer, request: recorded[index] }));
  return ({ method, path }) => {
    const own = left.findIndex(({ request }) => request?.method === method && request.path === path);
    const input = Object.values(golden.inputs).find(({ url }) => url?.endsWith(path));
    if (own < 0 && method === "GET" && input !== undefined) {
      return { status: 200, headers: {}, body: { file: input.file }, delayMs: 0, takesMs: 0, fault: null };
    }
    return left.splice(Math.max(own, 0), 1)[0]?.answer;
  };
}

async function play(answer: ScriptedAnswer, outgoing: ServerResponse, inputs: string): Promise<void> {
  const { socket } = outgoing;
  if (socket === null || socket.destroyed) return;
  const fault = answer.fault ?? "";
  if (/without-(response|answer)/.test(fault)) {
    socket.destroy();
    return;
  }
  // A reset before anything was sent.
  if (fault === "reset") {
    socket.resetAndDestroy();
    return;
  }
  const { pieces, contentType } = bodyOf(answer.body, inputs);
  const headers = { ...(contentType === null ? {} : { "content-type": contentType }), ...answer.headers };
  const hasBody = answer.status !== 204 && answer.status !== 304;
  if (pieces.length <= 1) {
    const bytes = pieces[0] ?? new Uint8Array();
    const isCut = fault !== "";
    const length = { "content-length": String(bytes.byteLength + (isCut ? 100 : 0)) };
    outgoing.writeHead(answer.status, hasBody ? { ...length, ...headers } : headers);
    if (isCut) outgoing.write(bytes, () => socket.destroySoon());
    else outgoing.end(hasBody ? bytes : undefined);
    return;
  }
  outgoing.writeHead(answer.status, headers);
  for (const piece of pieces) {
    if (socket.destroyed) return;
    outgoing.write(piece);
    // Each piece is to arrive on its own.
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  if (fault === "") outgoing.end();
  else if (!/stall|hang/.test(fault)) socket.destroySoon();
}

const TYPES: Readonly<Record<string, string>> = {
  ...{
    jpg: "image/jpeg",
    png: "image/png",
    gif: "image/gif",
    bmp: "image/bmp",
    tiff: "image/tiff",
    webp: "image/webp",
  },
  ...{ wav: "audio/wav", flac: "audio/flac", mp3: "audio/mpeg", ogg: "audio/ogg" },
};

/** Bytes and content type of a scripted body. */
export function bodyOf(
  body: unknown,
  inputs: string,
): { pieces: readonly Uint8Array[]; contentType: string | null } {
  if (!isRecord(body)) return { pieces: [], contentType: null };
  const given = Object.hasOwn(body, "content_type") ? (textAt(body, "content_type") ?? null) : undefined;
  if (Object.hasOwn(body, "json")) {
    const text = dumpJson(fillPlaceholders(body.json, inputs));
    return { pieces: [Buffer.from(text)], contentType: given === undefined ? "application/json" : given };
  }
  if (Array.isArray(body.chunks)) {
    const pieces = body.chunks.map((chunk: unknown) =>
      typeof chunk === "string" ? Buffer.from(chunk) : Buffer.from(bytesAt(chunk)),
    );
    return { pieces, contentType: given === undefined ? "text/event-stream" : given };
  }
  if (typeof body.file === "string") {
    const ending = body.file.split(".").at(-1)?.toLowerCase() ?? "";
    const contentType = given === undefined ? (TYPES[ending] ?? null) : given;
    return { pieces: [readFileSync(join(inputs, body.file))], contentType };
  }
  const text = textAt(body, "text") ?? "";
  return { pieces: [Buffer.from(text)], contentType: given === undefined ? "text/plain" : given };
}

function bytesAt(chunk: unknown): readonly number[] {
  const bytes = isRecord(chunk) ? chunk.bytes : [];
  return Array.isArray(bytes) ? bytes.map(Number) : [];
}
