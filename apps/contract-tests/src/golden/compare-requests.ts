import { bytesOf, compareValue } from "./compare-value.ts";
import type { Exchange, Expectation } from "./expectation.ts";
import { compareImage } from "./image-compare.ts";
import { isRecord, mapStrings, placeholder, shown } from "./json.ts";
import type { RecordedRequest } from "./read-case.ts";
import { originOf } from "./recorded-facts.ts";
import type { WireRecord } from "./recording-server.ts";

/** What the comparison needs to know beside the requests. */
export interface RequestComparison {
  readonly inputs: string;
  /** Fills `{BASE}`, `{INPUTS}` and the like into expected texts. */
  readonly fill: (text: string) => string;
  /** Origin of the inference server, `null` = the test server; downloads of pictures go elsewhere. */
  readonly apiOrigin: string | null;
}

/** Headers that `fetch` adds by itself and that say nothing. */
const OF_THE_PLATFORM = new Set(["accept-language", "sec-fetch-mode", "priority"]);

/** Compares the requests that arrived with the expected ones. Returns every difference. */
export async function compareRequests(
  expectation: Pick<Expectation, "exchanges" | "order">,
  actual: readonly WireRecord[],
  context: RequestComparison,
): Promise<string[]> {
  const { exchanges, order } = expectation;
  if (order === "none") return compareUnordered(exchanges, actual, context);
  if (order === "all") return compareOrdered(exchanges, actual, context);
  const isApi = (origin: string | null) => origin === context.apiOrigin;
  const found = await Promise.all(
    [true, false].map((api) =>
      compareOrdered(
        exchanges.filter(({ request }) => isApi(originOf(request)) === api),
        actual.filter(({ origin }) => isApi(origin) === api),
        context,
      ),
    ),
  );
  return found.flat();
}

async function compareOrdered(
  expected: readonly Exchange[],
  actual: readonly WireRecord[],
  context: RequestComparison,
): Promise<string[]> {
  const problems: string[] = [];
  let next = 0;
  for (const [index, exchange] of expected.entries()) {
    const record = actual[next];
    const found =
      record === undefined
        ? [`request ${index + 1} is missing: ${named(exchange)}`]
        : await compareRequest(exchange.request, record, context);
    if (found.length > 0 && exchange.optional === true) continue;
    problems.push(
      ...found.map((problem) => (record === undefined ? problem : `request ${next + 1} ${problem}`)),
    );
    next++;
  }
  for (const record of actual.slice(next)) problems.push(`not expected: ${record.method} ${record.path}`);
  return problems;
}

async function compareUnordered(
  expected: readonly Exchange[],
  actual: readonly WireRecord[],
  context: RequestComparison,
): Promise<string[]> {
  const left = [...actual];
  const problems: string[] = [];
  for (const exchange of expected) {
    const differences = await Promise.all(
      left.map((record) => compareRequest(exchange.request, record, context)),
    );
    const match = differences.findIndex((found) => found.length === 0);
    if (match >= 0) left.splice(match, 1);
    else if (exchange.optional !== true) {
      const nearest = differences.toSorted((a, b) => a.length - b.length)[0];
      problems.push(`no request matches ${named(exchange)}; nearest: ${nearest?.join("; ") ?? "none left"}`);
    }
  }
  for (const record of left) problems.push(`not expected: ${record.method} ${record.path}`);
  return problems;
}

function named({ request }: Exchange): string {
  return `${request.method} ${request.url ?? request.path}`;
}

/** Compares one request. */
async function compareRequest(
  expected: RecordedRequest,
  actual: WireRecord,
  context: RequestComparison,
): Promise<string[]> {
  const problems: string[] = [];
  if (expected.method !== actual.method)
    problems.push(`method is ${actual.method}, expected ${expected.method}`);
  const origin = originOf(expected);
  if (origin !== actual.origin) {
    problems.push(`host is ${actual.origin ?? "the test server"}, expected ${origin ?? "the test server"}`);
  }
  if (!samePath(expected.path, actual.path))
    problems.push(`path is ${actual.path}, expected ${expected.path}`);
  const query = expected.query.map(([name, text]) => [name, context.fill(text)] as const);
  problems.push(...compareQuery(query, actual.query));
  problems.push(...compareHeaders(expected, actual, origin === context.apiOrigin));
  problems.push(...(await compareBody(expected, actual, context)));
  return problems;
}

/** Segment by segment, so that escaping one character more or less is the same path; a slash never is. */
function samePath(expected: string, actual: string): boolean {
  const wanted = expected.split("/").map(decoded);
  const found = actual.split("/").map(decoded);
  return wanted.length === found.length && wanted.every((segment, index) => segment === found[index]);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function compareQuery(
  expected: readonly (readonly [string, string])[],
  actual: readonly (readonly [string, string])[],
): string[] {
  const left = [...actual];
  const problems: string[] = [];
  for (const [name, value] of expected) {
    const at = left.findIndex(
      ([otherName, otherValue]) => otherName === name && sameQueryValue(value, otherValue),
    );
    if (at >= 0) left.splice(at, 1);
    else problems.push(`query has no ${name}=${shown(value, 60)}`);
  }
  for (const [name, value] of left)
    problems.push(`query has ${name}=${shown(value, 60)}, which is not expected`);
  return problems;
}

/** Servers read booleans without regard to case, and `0.0` is the number `0`. */
function sameQueryValue(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  if (/^(true|false)$/i.test(expected)) return expected.toLowerCase() === actual.toLowerCase();
  const isNumber = /^-?\d+(\.\d+)?(e-?\d+)?$/i;
  return isNumber.test(expected) && isNumber.test(actual) && Number(expected) === Number(actual);
}

function compareHeaders(expected: RecordedRequest, actual: WireRecord, isApi: boolean): string[] {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(expected.headers)) {
    const found = actual.headers[name];
    if (found === undefined) problems.push(`header ${name} is missing`);
    else if (!sameHeader(name, value, found))
      problems.push(`header ${name} is "${found}", expected "${value}"`);
  }
  for (const name of Object.keys(actual.headers)) {
    if (Object.hasOwn(expected.headers, name) || (!isApi && OF_THE_PLATFORM.has(name))) continue;
    problems.push(`header ${name} is not expected`);
  }
  return problems;
}

function sameHeader(name: string, expected: string, actual: string): boolean {
  if (name !== "content-type") return expected === actual;
  return expected.split(";")[0]?.trim() === actual.split(";")[0]?.trim();
}

async function compareBody(
  expected: RecordedRequest,
  actual: WireRecord,
  context: RequestComparison,
): Promise<string[]> {
  const { kind, value } = expected.body;
  const text = new TextDecoder().decode(actual.body);
  if (kind === "empty") return text === "" ? [] : [`body has ${actual.body.byteLength} bytes, expected none`];
  if (kind === "text")
    return text === context.fill(String(value)) ? [] : ["body is another text than expected"];
  if (kind === "base64-raw") {
    const bytes = bytesOf(text);
    if (bytes === undefined || text === "") return ["body is not bare base64 text"];
    const picture = ["$image", "$bytes", "$video"].map((name) => placeholder(value, name)).find(isRecord);
    if (picture === undefined)
      return [text === String(value) ? "" : "body is another base64 text than expected"].filter(Boolean);
    const problem = await compareImage(picture, bytes, context.inputs);
    return problem === undefined ? [] : [`body: ${problem}`];
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return ["body is not JSON"];
  }
  const found = await compareValue(mapStrings(value, context.fill), json, { inputs: context.inputs });
  return found.map((problem) => `body.${problem}`);
}
