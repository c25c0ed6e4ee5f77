import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord, type JsonRecord, recordAt, textAt } from "../golden/json.ts";
import { readTranscript, type Transcript } from "./transcript.ts";

/** One request to a real server with its answer. */
export interface Recording {
  readonly name: string;
  readonly version: string;
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The answer as it came over the wire. */
  readonly bytes: Uint8Array;
  /** The answer as JSON, text, bytes, or `null` when it was empty. */
  readonly body: unknown;
}

/** What a file holds. */
export type RecordingFile =
  | { readonly kind: "recording"; readonly recording: Recording }
  /** A live video session. */
  | { readonly kind: "transcript"; readonly transcript: Transcript };

/** Every recording below a folder, in order of path. */
export function findRecordings(folder: string): readonly RecordingFile[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap(readFile);
}

/** One recording, or the steps of a whole lifecycle, one each. */
function readFile(file: string): readonly RecordingFile[] {
  const json: unknown = JSON.parse(readFileSync(file, "utf8"));
  const name = textAt(json, "name") ?? file;
  if (!isRecord(json) || !Array.isArray(json.steps)) return [readRecording(name, json)];
  return json.steps.map((step: unknown, index) =>
    readRecording(`${name} ${index + 1}`, withBodyKinds({ server: json.server, ...recordOf(step) })),
  );
}

/** Steps say nothing of the kind of their bodies: all are JSON. */
function withBodyKinds(step: JsonRecord): JsonRecord {
  return { ...step, response: { ...recordAt(step, "response"), body_kind: "json" } };
}

function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

function readRecording(name: string, json: unknown): RecordingFile {
  const transcript = readTranscript(json);
  if (transcript !== undefined) return { kind: "transcript", transcript };
  if (!isRecord(json) || !isRecord(json.request) || !isRecord(json.response)) {
    throw new Error(`${name} is neither a request with its answer nor a transcript.`);
  }
  const { request, response } = json;
  const url = new URL(textAt(request, "path") ?? "/", "http://recorded");
  return {
    kind: "recording",
    recording: {
      name,
      version: textAt(recordAt(json, "server"), "version") ?? "",
      method: textAt(request, "method") ?? "GET",
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      requestHeaders: textsOf(recordAt(request, "headers")),
      requestBody: request.body,
      status: Number(response.status),
      headers: textsOf(recordAt(response, "headers")),
      ...bodyOf(response),
    },
  };
}

function bodyOf({ body_kind: kind, body }: JsonRecord): Pick<Recording, "bytes" | "body"> {
  if (kind === "json") return { bytes: Buffer.from(JSON.stringify(body)), body };
  if (kind === "text") return { bytes: Buffer.from(String(body)), body };
  if (kind === "base64") {
    const bytes = new Uint8Array(Buffer.from(String(body), "base64"));
    return { bytes, body: bytes };
  }
  return { bytes: new Uint8Array(0), body: null };
}

function textsOf(record: JsonRecord): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
