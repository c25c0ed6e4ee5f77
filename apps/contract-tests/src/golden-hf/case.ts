import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord, type JsonRecord, listAt, numberAt, recordAt, textAt } from "../golden/json.ts";

/** One recorded request; equal ones in a row are spread out. */
export interface RecordedRequest {
  readonly method: string;
  /** Origin that was addressed, `null` = the test server. */
  readonly origin: string | null;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonRecord;
  /** Sent to a proxy with its whole address. */
  readonly absoluteForm: boolean;
}

/** One scripted answer; equal ones in a row are spread out. */
export interface ScriptedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly delayMs: number;
  /** How long the answer takes on the virtual clock. */
  readonly takesMs: number;
  readonly fault: string | null;
}

/** A file that an argument stands for. */
export interface RecordedInput {
  readonly file: string;
  readonly kind: string;
  readonly url: string | null;
}

/** One call of one client. */
export interface RecordedCall {
  readonly class: string | null;
  readonly method: string;
  readonly args: JsonRecord;
}

/** One recorded case. */
export interface GoldenCase {
  readonly id: string;
  readonly group: string;
  readonly client: JsonRecord;
  readonly environ: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly call: RecordedCall;
  readonly inputs: Readonly<Record<string, RecordedInput>>;
  readonly requests: readonly RecordedRequest[];
  readonly answers: readonly ScriptedAnswer[];
  readonly hub: Readonly<Record<string, ScriptedAnswer>>;
  readonly outcome: JsonRecord;
  readonly unordered: boolean;
  readonly stopAfter: number | null;
  readonly codes: readonly string[];
}

/** Folders of cases and of their inputs. */
export interface CaseFolder {
  readonly inputs: string;
  readonly groups: readonly { readonly name: string; readonly files: readonly string[] }[];
}

/** Finds `cases/<group>/<id>.json` and `inputs/` in a folder, or the groups themselves. */
export function findCases(folder: string, ownInputs: string): CaseFolder {
  const inside = join(folder, "cases");
  const cases = existsSync(inside) ? inside : folder;
  // A group may be called `inputs` too; it holds cases alone.
  const inputs = [join(folder, "inputs"), join(folder, "..", "inputs")].find(
    (path) => existsSync(path) && readdirSync(path).some((name) => !name.endsWith(".json")),
  );
  const names = readdirSync(cases, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const groups = names.map((name) => ({ name, files: jsonFiles(join(cases, name)) }));
  const loose = jsonFiles(cases);
  if (loose.length > 0) groups.push({ name: ".", files: loose });
  return { inputs: inputs ?? ownInputs, groups: groups.filter(({ files }) => files.length > 0) };
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(folder, name));
}

/** Reads one case. */
export function readCase(file: string): GoldenCase {
  const value = parsePython(readFileSync(file, "utf8"));
  const call = recordAt(value, "call");
  const id = textAt(value, "id");
  const method = textAt(call, "method");
  if (!isRecord(value) || id === undefined || method === undefined) throw new Error(`${file} is no case.`);
  return {
    id,
    group: textAt(value, "group") ?? "",
    client: recordAt(value, "client"),
    environ: texts(recordAt(value, "environ")),
    files: texts(recordAt(value, "files")),
    call: { class: textAt(call, "class") ?? null, method, args: recordAt(call, "args") },
    inputs: Object.fromEntries(
      Object.entries(recordAt(value, "inputs")).map(([name, input]) => [
        name,
        {
          file: textAt(input, "file") ?? "",
          kind: textAt(input, "kind") ?? "",
          url: textAt(input, "url") ?? null,
        },
      ]),
    ),
    requests: listAt(value, "requests").flatMap((item) => repeated(item, readRequest(item))),
    answers: listAt(value, "responses").flatMap((item) => repeated(item, readAnswer(item))),
    hub: Object.fromEntries(
      Object.entries(recordAt(value, "hub")).map(([path, item]) => [path, readAnswer(item)]),
    ),
    outcome: recordAt(value, "outcome"),
    unordered: value.unordered === true,
    stopAfter: numberAt(value, "stop_after") ?? null,
    codes: listAt(value, "deviation_codes").map(String),
  };
}

/** JSON as Python writes it: numbers that JSON has not are taken for `null`. */
function parsePython(text: string): unknown {
  return JSON.parse(
    text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (part) => (part.startsWith('"') ? part : "null")),
  );
}

function repeated<T>(item: unknown, value: T): T[] {
  return Array.from({ length: numberAt(item, "times") ?? 1 }, () => value);
}

function readRequest(item: unknown): RecordedRequest {
  const address = textAt(item, "url");
  const url = address === undefined ? null : URL.parse(address);
  return {
    method: textAt(item, "method") ?? "GET",
    origin: url === null ? null : url.origin,
    path: textAt(item, "path") ?? "/",
    query: listAt(item, "query").map((pair) =>
      Array.isArray(pair) ? [String(pair[0]), String(pair[1])] : ["", ""],
    ),
    headers: texts(recordAt(item, "headers")),
    body: recordAt(item, "body"),
    absoluteForm: textAt(item, "absolute_form") !== undefined,
  };
}

function readAnswer(item: unknown): ScriptedAnswer {
  return {
    status: numberAt(item, "status") ?? 200,
    headers: texts(recordAt(item, "headers")),
    body: isRecord(item) ? item.body : null,
    delayMs: numberAt(item, "delay_ms") ?? 0,
    takesMs: numberAt(item, "takes_ms") ?? 0,
    fault: textAt(item, "fault") ?? null,
  };
}

function texts(values: JsonRecord): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
