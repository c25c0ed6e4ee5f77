import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { isRecord, type JsonRecord, placeholder, recordAt, shown, textAt } from "../golden/json.ts";
import type { RecordedRequest } from "./case.ts";
import { compareBytes } from "./compare-value.ts";
import type { CaseRequest } from "./server.ts";

/** Compares what was sent with what is expected; returns what is wrong. `fill` replaces the placeholders of a text. */
export async function compareRequests(
  expected: readonly RecordedRequest[],
  actual: readonly CaseRequest[],
  inputs: string,
  options: { readonly unordered: boolean; readonly fill: (text: string) => string },
): Promise<string[]> {
  const list = (requests: readonly { method: string; origin: string | null; path: string }[]) =>
    requests.map(({ method, origin, path }) => `${method} ${origin ?? ""}${path}`);
  if (expected.length !== actual.length) {
    return [
      `sent ${actual.length} requests (${list(actual).join(", ")}), expected ${expected.length} (${list(expected).join(", ")})`,
    ];
  }
  const order = options.unordered ? byAddress(actual) : [...actual];
  const wanted = options.unordered ? byAddress(expected) : [...expected];
  const problems: string[] = [];
  for (const [index, request] of wanted.entries()) {
    const sent = order[index];
    if (sent === undefined) continue;
    const found = await compareRequest(request, sent, inputs, options.fill);
    problems.push(...found.map((problem) => `request ${index}: ${problem}`));
  }
  return problems;
}

function byAddress<T extends { readonly path: string }>(requests: readonly T[]): T[] {
  return [...requests].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Headers that are not compared unless the caller set them: how a client names itself. */
const OWN_NAMES: readonly string[] = ["user-agent"];
const PYTHON_AGENT = /^unknown\/None/;

async function compareRequest(
  expected: RecordedRequest,
  sent: CaseRequest,
  inputs: string,
  fill: (text: string) => string,
): Promise<string[]> {
  const problems: string[] = [];
  const check = (what: string, found: unknown, wanted: unknown): void => {
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      problems.push(`${what} is ${shown(found)}, expected ${shown(wanted)}`);
  };
  check("method", sent.method, expected.method);
  check("origin", sent.origin, expected.absoluteForm ? null : expected.origin);
  check("form", sent.absoluteForm, expected.absoluteForm);
  check("path", sent.path, expected.path);
  check("query", sent.query, expected.query);
  const isDownload =
    expected.method === "GET" && expected.headers.authorization === undefined && sent.method === "GET";
  const names = new Set([...Object.keys(expected.headers), ...Object.keys(sent.headers)]);
  for (const name of isDownload ? ["authorization"] : names) {
    const wanted = expected.headers[name];
    if (OWN_NAMES.includes(name) && (wanted === undefined || PYTHON_AGENT.test(wanted))) continue;
    const found = sent.headers[name];
    if (name === "user-agent" && wanted !== undefined && found !== undefined) {
      if (!found.startsWith(wanted.replace("{VERSION}", ""))) check(name, found, wanted);
    } else check(`header ${name}`, found, wanted === undefined ? undefined : fill(wanted));
  }
  return [...problems, ...(await compareBody(expected.body, sent.body, inputs, fill))];
}

async function compareBody(
  expected: JsonRecord,
  sent: Uint8Array,
  inputs: string,
  fill: (text: string) => string,
): Promise<string[]> {
  if (expected.kind === "empty")
    return sent.byteLength === 0 ? [] : [`body has ${sent.byteLength} bytes, expected none`];
  if (expected.kind === "picture")
    return comparePixels(sent, join(inputs, textAt(expected, "of") ?? ""), "body");
  if (expected.kind === "bytes") return compareBytes(expected, sent, inputs, "body");
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(sent).toString());
  } catch {
    return [`body is no JSON: ${shown(Buffer.from(sent).toString())}`];
  }
  return compareJson(expected.value, value, inputs, fill, "body");
}

async function compareJson(
  expected: unknown,
  sent: unknown,
  inputs: string,
  fill: (text: string) => string,
  path: string,
): Promise<string[]> {
  const bytes = recordAt(expected, "$bytes");
  if (isRecord(placeholder(expected, "$bytes"))) {
    if (typeof sent !== "string") return [`${path} is no base64 text`];
    const decoded = new Uint8Array(Buffer.from(sent, "base64"));
    if (bytes.picture === true)
      return comparePixels(decoded, join(inputs, textAt(bytes, "same_bytes_as") ?? ""), path);
    return compareBytes(bytes, decoded, inputs, path);
  }
  if (Array.isArray(expected) && Array.isArray(sent) && expected.length === sent.length) {
    const each = await Promise.all(
      expected.map((item, index) => compareJson(item, sent[index], inputs, fill, `${path}[${index}]`)),
    );
    return each.flat();
  }
  if (isRecord(expected) && isRecord(sent)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(sent)]);
    const each = await Promise.all(
      [...names].map((name) => compareJson(expected[name], sent[name], inputs, fill, `${path}.${name}`)),
    );
    return each.flat();
  }
  const wanted = typeof expected === "string" ? fill(expected) : expected;
  return wanted === sent ? [] : [`${path} is ${shown(sent)}, expected ${shown(wanted)}`];
}

/** The same pixels, however they are encoded. */
async function comparePixels(sent: Uint8Array, file: string, path: string): Promise<string[]> {
  const [one, other] = await Promise.all([pixelsOf(sent), pixelsOf(readFileSync(file))]).catch(() => [
    null,
    null,
  ]);
  return one !== null && other?.equals(one) ? [] : [`${path} has other pixels than ${file}`];
}

function pixelsOf(bytes: Uint8Array): Promise<Buffer> {
  return sharp(bytes).removeAlpha().toColourspace("srgb").raw().toBuffer();
}
