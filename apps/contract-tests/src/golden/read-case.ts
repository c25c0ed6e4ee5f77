import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isRecord, type JsonRecord, listAt, numberAt, recordAt, textAt } from "./json.ts";

/** One request as it was recorded. */
export interface RecordedRequest {
  readonly method: string;
  /** Full address without query when the host is not the test server, else `undefined`. */
  readonly url: string | undefined;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RecordedBody;
}

/** A recorded request body; `value` may hold placeholders. */
export interface RecordedBody {
  readonly kind: "json" | "base64-raw" | "text" | "empty";
  readonly value?: unknown;
}

/** One scripted answer of the server. */
export interface ScriptedResponse {
  readonly status: number;
  readonly reason?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonRecord;
  readonly fault?: string | undefined;
  readonly delayMs: number;
  /** Which request gets it; empty = the next one in order. */
  readonly for: JsonRecord;
}

/** What one call gave. */
export type RecordedOutcome =
  | { readonly kind: "result"; readonly value: unknown }
  | { readonly kind: "error"; readonly error: JsonRecord };

/** One call of the sequence, with Python names. */
export interface RecordedCall {
  readonly method: string;
  readonly context: string | undefined;
  readonly args: JsonRecord | readonly unknown[];
}

/** What `{"$input": name}` stands for. */
export interface RecordedInput {
  readonly file: string;
  readonly kind: string;
  readonly url: string | undefined;
}

/** One case file, read and normalised: a single call is a sequence of one. */
export interface GoldenCase {
  readonly id: string;
  readonly group: string;
  readonly apiUrl: string;
  /** `undefined` where the recorded client was made without a key. */
  readonly apiKey: string | null | undefined;
  readonly setup: readonly RecordedCall[];
  readonly calls: readonly RecordedCall[];
  readonly isSequence: boolean;
  readonly inputs: Readonly<Record<string, RecordedInput>>;
  readonly requests: readonly RecordedRequest[];
  readonly unordered: boolean;
  readonly responses: readonly ScriptedResponse[];
  /** One per call that has an outcome (`$enter` and `$exit` have none). */
  readonly outcomes: readonly RecordedOutcome[];
  readonly stateAfter: JsonRecord;
  readonly waits: number;
  readonly maxInFlight: number | undefined;
  readonly deviationCodes: readonly string[];
  readonly sdkSettings: JsonRecord;
  /** Context variables around the call. */
  readonly context: JsonRecord;
  /** Constants of Python modules that were set to something else, by name. */
  readonly constants: ReadonlyMap<string, unknown>;
  readonly environ: JsonRecord;
  /** What a live video session did: the fields of {@link LIVE_FIELDS}. */
  readonly live: JsonRecord;
  /** Fields of the case that this runner gives no meaning to; not empty = the case cannot be replayed. */
  readonly unsupported: readonly string[];
}

/** Fields of cases with a live video session. */
const LIVE_FIELDS: readonly string[] = [
  "peer",
  "handlers",
  "messages_in",
  "messages_meaning",
  "delivered",
  "video_queue",
  "inference_channel_out",
  "video_upload_out",
  "upload_progress",
  "turn_probe",
  "pairing",
  "webcam_fps",
];

const HANDLED = new Set([
  ...LIVE_FIELDS,
  "id",
  // What Python writes by itself; ours writes nothing.
  "files_written",
  "group",
  "sdk",
  "client",
  "setup",
  "call",
  "inputs",
  "requests",
  "unordered",
  "responses",
  "outcome",
  "state_after",
  "waits_before_retry",
  "max_in_flight",
  "deviation",
  "deviation_codes",
  "sdk_settings",
  "context",
  "module_constants",
  "environ",
  // About Python only: the random order of its folders, its warnings, its second method, remarks for the reader.
  "result_order",
  "warnings",
  "note",
  "async_differs",
]);

/** Reads one case file. */
export function readCase(file: string): GoldenCase {
  const json: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!isRecord(json)) throw new Error(`${basename(file)} is not a JSON object.`);
  const client = recordAt(json, "client");
  const call = recordAt(json, "call");
  const isSequence = Array.isArray(call.sequence);
  const outcome = recordAt(json, "outcome");
  const key = client.api_key;
  return {
    id: textAt(json, "id") ?? basename(file, ".json"),
    group: textAt(json, "group") ?? basename(dirname(file)),
    apiUrl: textAt(client, "api_url") ?? "{BASE}",
    apiKey: typeof key === "string" || key === null ? key : undefined,
    setup: listAt(json, "setup").map(readCall),
    calls: isSequence ? listAt(call, "sequence").map(readCall) : [readCall(call)],
    isSequence,
    inputs: Object.fromEntries(Object.entries(recordAt(json, "inputs")).map(readInput)),
    requests: listAt(json, "requests").map(readRequest),
    unordered: json.unordered === true,
    responses: listAt(json, "responses").map(readResponse),
    outcomes: Array.isArray(outcome.steps) ? outcome.steps.map(readOutcome) : [readOutcome(outcome)],
    stateAfter: recordAt(json, "state_after"),
    waits: numberAt(recordAt(json, "waits_before_retry"), "count") ?? 0,
    maxInFlight: numberAt(json, "max_in_flight"),
    deviationCodes: listAt(json, "deviation_codes").filter((code) => typeof code === "string"),
    sdkSettings: recordAt(json, "sdk_settings"),
    context: recordAt(json, "context"),
    constants: new Map(
      listAt(json, "module_constants").flatMap((entry) =>
        Array.isArray(entry) ? [[String(entry[1]), entry[2] as unknown] as const] : [],
      ),
    ),
    environ: recordAt(json, "environ"),
    live: Object.fromEntries(Object.entries(json).filter(([name]) => LIVE_FIELDS.includes(name))),
    unsupported: [
      ...Object.keys(json).filter((name) => !HANDLED.has(name)),
      ...Object.keys(client)
        .filter((name) => name !== "api_url" && name !== "api_key")
        .map((name) => `client.${name}`),
    ],
  };
}

function readCall(step: unknown): RecordedCall {
  const args = isRecord(step) ? step.args : undefined;
  const context = textAt(step, "context");
  return {
    method: textAt(step, "method") ?? textAt(step, "call") ?? (context === undefined ? "" : "$enter"),
    context,
    args: Array.isArray(args) ? args : isRecord(args) ? args : {},
  };
}

function readInput([name, input]: [string, unknown]): [string, RecordedInput] {
  return [
    name,
    { file: textAt(input, "file") ?? "", kind: textAt(input, "kind") ?? "", url: textAt(input, "url") },
  ];
}

function readRequest(request: unknown): RecordedRequest {
  const body = recordAt(request, "body");
  const kind = textAt(body, "kind");
  return {
    method: textAt(request, "method") ?? "",
    url: textAt(request, "url"),
    path: textAt(request, "path") ?? "",
    query: listAt(request, "query").map((pair): [string, string] =>
      Array.isArray(pair) ? [String(pair[0]), String(pair[1])] : ["", ""],
    ),
    headers: textRecord(recordAt(request, "headers")),
    body: {
      kind: kind === "json" || kind === "base64-raw" || kind === "text" ? kind : "empty",
      value: body.value,
    },
  };
}

/** One entry of `responses`. */
export function readResponse(response: unknown): ScriptedResponse {
  return {
    status: numberAt(response, "status") ?? 200,
    reason: textAt(response, "reason"),
    headers: textRecord(recordAt(response, "headers")),
    body: recordAt(response, "body"),
    fault: textAt(response, "fault"),
    delayMs: numberAt(response, "delay_ms") ?? 0,
    for: recordAt(response, "for"),
  };
}

function readOutcome(outcome: unknown): RecordedOutcome {
  if (isRecord(outcome) && isRecord(outcome.error)) return { kind: "error", error: outcome.error };
  return { kind: "result", value: isRecord(outcome) ? outcome.result : undefined };
}

function textRecord(record: JsonRecord): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

/** A folder of cases: where the groups are and where the inputs are. */
export interface CaseFolder {
  readonly groups: readonly { readonly name: string; readonly files: readonly string[] }[];
  readonly inputs: string;
}

/**
 * Finds groups and inputs. `folder` holds `cases/` and `inputs/`, or the groups themselves; inputs are then looked for
 * beside and inside it, at last in `fallbackInputs`.
 */
export function findCases(folder: string, fallbackInputs: string): CaseFolder {
  const nested = join(folder, "cases");
  const root = isDirectory(nested) ? nested : folder;
  const inputs = [join(folder, "inputs"), join(dirname(folder), "inputs"), fallbackInputs].find(
    (path) => isDirectory(path) && !holdsCases(path),
  );
  const groups = readdirSync(root)
    .filter((name) => isDirectory(join(root, name)))
    .sort()
    .map((name) => ({
      name,
      files: readdirSync(join(root, name))
        .filter((file) => file.endsWith(".json"))
        .sort()
        .map((file) => join(root, name, file)),
    }))
    .filter((group) => group.files.length > 0);
  const loose = readdirSync(root).filter(
    (file) => file.endsWith(".json") && statSync(join(root, file)).isFile(),
  );
  if (groups.length === 0 && loose.length > 0) {
    groups.push({ name: basename(root), files: loose.sort().map((file) => join(root, file)) });
  }
  return { groups, inputs: inputs ?? fallbackInputs };
}

// There is a group of the name "inputs" too.
function holdsCases(path: string): boolean {
  return readdirSync(path).some((file) => file.endsWith(".json"));
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
