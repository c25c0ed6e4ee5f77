import { isInferenceError, readAnomalyMap } from "@inference-ts/sdk/node";
import { compareImage } from "./image-compare.ts";
import { isRecord, placeholder, shown } from "./json.ts";

/** Relative difference that two ways of writing one computation may have. */
const RELATIVE_TOLERANCE = 1e-9;

const KINDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  sdp: (value) => typeof value === "string" && value.startsWith("v=0"),
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  list: Array.isArray,
  object: isRecord,
};

/** Settings of one comparison. */
export interface CompareOptions {
  readonly inputs: string;
  /** Fields that our results have and the recorded ones have not, at any depth of a `$type` object. */
  readonly extraFieldsOfTypes?: boolean;
}

/** Compares a JSON value with a recorded one, placeholders included. Returns every difference, with its path. */
export async function compareValue(
  expected: unknown,
  actual: unknown,
  options: CompareOptions,
  path = "",
): Promise<string[]> {
  const at = path === "" ? "value" : path;
  for (const name of ["$image", "$bytes", "$video"]) {
    const picture = placeholder(expected, name);
    if (picture === undefined) continue;
    const bytes = bytesOf(actual);
    if (bytes === undefined) return [`${at}: expected encoded bytes, got ${shown(actual, 80)}`];
    const problem = await compareImage(picture, bytes, options.inputs);
    return problem === undefined ? [] : [`${at}: ${problem}`];
  }
  const number = placeholder(expected, "$number");
  if (typeof number === "string") {
    const same =
      number === "nan" ? Number.isNaN(actual) : actual === Number(number.replace("inf", "Infinity"));
    return same ? [] : [`${at}: expected ${number}, got ${shown(actual, 80)}`];
  }
  const kind = placeholder(expected, "$any");
  if (typeof kind === "string") {
    return KINDS[kind]?.(actual) === true ? [] : [`${at}: expected any ${kind}, got ${shown(actual, 80)}`];
  }
  const map = placeholder(expected, "$anomaly_map");
  if (map !== undefined) return compareAnomalyMap(map, actual, at);
  const array = placeholder(expected, "$ndarray");
  if (isRecord(array)) return compareArray(array, actual, at);
  const tuple = placeholder(expected, "$tuple");
  if (Array.isArray(tuple)) return compareValue(tuple, actual, options, path);
  if (typeof placeholder(expected, "$type") === "string" && isRecord(expected)) {
    return compareTyped(expected, actual, options, at);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${at}: expected a list, got ${shown(actual, 80)}`];
    if (expected.length !== actual.length) {
      return [`${at}: expected ${expected.length} elements, got ${actual.length}`];
    }
    const found = await Promise.all(
      expected.map((item, index) => compareValue(item, actual[index], options, `${path}[${index}]`)),
    );
    return found.flat();
  }
  if (isRecord(expected)) {
    if (!isRecord(actual)) return [`${at}: expected an object, got ${shown(actual, 80)}`];
    const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    const found = await Promise.all(
      names.map(async (name) => {
        const inner = path === "" ? name : `${path}.${name}`;
        if (!Object.hasOwn(expected, name)) return [`${inner}: not recorded, got ${shown(actual[name], 80)}`];
        if (!Object.hasOwn(actual, name)) return [`${inner}: missing, expected ${shown(expected[name], 80)}`];
        return compareValue(expected[name], actual[name], options, inner);
      }),
    );
    return found.flat();
  }
  return sameScalar(expected, actual)
    ? []
    : [`${at}: expected ${shown(expected, 120)}, got ${shown(actual, 120)}`];
}

/** Bytes of a binary value or of base64 text; `undefined` for anything else. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (typeof value !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return undefined;
  return Buffer.from(value, "base64");
}

function sameScalar(expected: unknown, actual: unknown): boolean {
  if (typeof expected === "number" && typeof actual === "number") {
    const size = Math.max(Math.abs(expected), Math.abs(actual));
    return Math.abs(expected - actual) <= size * RELATIVE_TOLERANCE;
  }
  return Object.is(expected, actual);
}

// A Python dataclass writes absent optional fields as null and drops fields it does not know; our objects are the wire's.
async function compareTyped(
  expected: Record<string, unknown>,
  actual: unknown,
  options: CompareOptions,
  at: string,
): Promise<string[]> {
  if (!isRecord(actual)) return [`${at}: expected an object, got ${shown(actual, 80)}`];
  const found = await Promise.all(
    Object.entries(expected)
      .filter(([name]) => name !== "$type")
      .map(([name, value]) =>
        value === null && (actual[name] === undefined || actual[name] === null)
          ? []
          : compareValue(value, actual[name], options, `${at === "value" ? "" : `${at}.`}${name}`),
      ),
  );
  return found.flat();
}

/** The map behind the wire form, read with the package's own function; or the code with which reading it fails. */
function compareAnomalyMap(expected: unknown, actual: unknown, at: string): string[] {
  try {
    const map = readAnomalyMap({ task: "classification", predictions: [], anomaly_map: actual });
    const array = placeholder(expected, "$ndarray");
    if (!isRecord(array)) return [`${at}: readAnomalyMap read it, expected ${shown(expected)}`];
    return compareArray(array, map === null ? null : { shape: [map.height, map.width], data: map.data }, at);
  } catch (error) {
    const code = isInferenceError(error) ? error.code : String(error);
    return code === expected ? [] : [`${at}: readAnomalyMap threw ${code}, expected ${shown(expected)}`];
  }
}

/** An array of numbers: nested lists, `{shape, data}` or `{width, height, data}` with the numbers row by row. */
function compareArray(expected: Record<string, unknown>, actual: unknown, at: string): string[] {
  const shape = Array.isArray(expected.shape) ? expected.shape.map(Number) : [];
  const flat = flatNumbers(actual);
  if (flat === undefined)
    return [`${at}: expected an array of shape ${shape.join("x")}, got ${shown(actual, 80)}`];
  if (flat.shape.join("x") !== shape.join("x")) {
    return [`${at}: shape is ${flat.shape.join("x")}, expected ${shape.join("x")}`];
  }
  const means = expected.mean_per_channel;
  if (Array.isArray(means)) return compareMeans(means.map(Number), flat.data, at);
  const values = expected.values;
  if (!Array.isArray(values)) return [`${at}: the recorded array has no values to compare`];
  const wanted = values.flat(Number.POSITIVE_INFINITY).map(Number);
  const wrong = wanted.findIndex((value, index) => !sameScalar(value, flat.data[index]));
  return wrong < 0 ? [] : [`${at}: element ${wrong} is ${flat.data[wrong]}, expected ${wanted[wrong]}`];
}

/** Pictures of two decoders differ by a little at each pixel; their mean colours hardly. */
const MEAN_TOLERANCE = 2;

function compareMeans(expected: readonly number[], data: readonly number[], at: string): string[] {
  return expected.flatMap((wanted, channel) => {
    const values = data.filter((_, place) => place % expected.length === channel);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const isNear = Math.abs(mean - wanted) <= MEAN_TOLERANCE;
    return isNear ? [] : [`${at}: mean of channel ${channel} is ${mean.toFixed(2)}, expected ${wanted}`];
  });
}

function flatNumbers(value: unknown): { shape: number[]; data: number[] } | undefined {
  if (Array.isArray(value)) {
    const shape: number[] = [];
    let level: unknown = value;
    while (Array.isArray(level)) {
      shape.push(level.length);
      level = level[0];
    }
    return { shape, data: value.flat(Number.POSITIVE_INFINITY).map(Number) };
  }
  if (!isRecord(value)) return undefined;
  const { data, width, height } = value;
  const shape = Array.isArray(value.shape) ? value.shape : [height, width];
  if (!Array.isArray(data) && !ArrayBuffer.isView(data)) return undefined;
  return { shape: shape.map(Number), data: [...numbersOf(data)] };
}

function numbersOf(data: readonly unknown[] | ArrayBufferView): Iterable<number> {
  if (Array.isArray(data)) return data.map(Number);
  if (data instanceof Float32Array || data instanceof Float64Array || data instanceof Uint8Array) return data;
  return [];
}
