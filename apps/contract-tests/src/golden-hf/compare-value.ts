import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { isRecord, type JsonRecord, numberAt, placeholder, recordAt, shown, textAt } from "../golden/json.ts";

/** Python's name of a field: lower case, other characters than letters, digits and `_` replaced. */
const fieldName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9_]/g, "_");

/** Compares a recorded value with ours; returns what is wrong. Fields that are null on one side may be missing on the other. */
export async function compareValue(
  expected: unknown,
  actual: unknown,
  inputs: string,
  path = "result",
): Promise<string[]> {
  if (isRecord(expected)) {
    const array = placeholder(expected, "$ndarray");
    if (isRecord(array)) return compareNumbers(array, actual, path);
    const bytes = placeholder(expected, "$bytes");
    if (isRecord(bytes)) return compareBytes(bytes, await bytesOf(actual), inputs, path);
    const picture = placeholder(expected, "$image");
    if (isRecord(picture)) return comparePicture(picture, await bytesOf(actual), path);
    const raw = placeholder(expected, "$response");
    if (isRecord(raw)) return compareRaw(raw, actual, inputs, path);
    if (actual instanceof Blob || actual instanceof Uint8Array || !isRecord(actual)) {
      return [`${path} is ${shown(actual)}, expected ${shown(expected)}`];
    }
    return compareRecords(expected, actual, inputs, path);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path} is ${shown(actual)}, expected ${shown(expected)}`];
    const problems =
      expected.length === actual.length
        ? []
        : [`${path} has ${actual.length} items, expected ${expected.length}`];
    for (const [index, item] of expected.entries()) {
      problems.push(...(await compareValue(item, actual[index], inputs, `${path}[${index}]`)));
    }
    return problems;
  }
  const same = expected === actual || (expected === null && actual === undefined);
  return same ? [] : [`${path} is ${shown(actual)}, expected ${shown(expected)}`];
}

async function compareRecords(
  expected: JsonRecord,
  actual: JsonRecord,
  inputs: string,
  path: string,
): Promise<string[]> {
  const ours = new Map(Object.entries(actual).map(([name, value]) => [fieldName(name), value]));
  const problems: string[] = [];
  for (const [name, value] of Object.entries(expected)) {
    if (name === "$type") continue;
    problems.push(
      ...(await compareValue(value, ours.get(fieldName(name)) ?? null, inputs, `${path}.${name}`)),
    );
    ours.delete(fieldName(name));
  }
  for (const [name, value] of ours) {
    if (value !== null && value !== undefined)
      problems.push(`${path}.${name} is ${shown(value)}, expected nothing`);
  }
  return problems;
}

async function bytesOf(value: unknown): Promise<Uint8Array | null> {
  if (value instanceof Uint8Array) return value;
  if (value instanceof Blob) return new Uint8Array(await value.arrayBuffer());
  return null;
}

/** Compares bytes with a recorded description; JSON is also the same when only its blanks or numbers are written otherwise. */
export function compareBytes(
  expected: JsonRecord,
  actual: Uint8Array | null,
  inputs: string,
  path: string,
): string[] {
  if (actual === null) return [`${path} is no bytes`];
  const file = textAt(expected, "same_bytes_as");
  if (file !== undefined) {
    const same = readFileSync(join(inputs, file)).equals(actual);
    return same ? [] : [`${path} differs from ${file} (${actual.byteLength} bytes)`];
  }
  if (sha256(actual) === textAt(expected, "sha256")) return [];
  const text = textAt(expected, "text");
  const found = Buffer.from(actual).toString();
  if (
    text !== undefined &&
    (text === found || JSON.stringify(jsonOf(text)) === JSON.stringify(jsonOf(found)))
  )
    return [];
  return [`${path} is ${shown(found)}, expected ${shown(text ?? textAt(expected, "sha256"))}`];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const CHANNELS: Readonly<Record<string, number>> = { L: 1, RGB: 3, RGBA: 4 };

async function comparePicture(
  expected: JsonRecord,
  actual: Uint8Array | null,
  path: string,
): Promise<string[]> {
  if (actual === null) return [`${path} is no picture`];
  const picture = sharp(actual);
  const { format, width, height } = await picture.metadata();
  const facts = `${format?.toUpperCase()} ${width}x${height}`;
  const wanted = `${textAt(expected, "format")} ${numberAt(expected, "width")}x${numberAt(expected, "height")}`;
  if (facts !== wanted) return [`${path} is a ${facts}, expected ${wanted}`];
  // Decoders of JPEG may round otherwise.
  if (format === "jpeg") return [];
  const channels = CHANNELS[textAt(expected, "mode") ?? ""];
  // Other modes of Pillow have no counterpart.
  if (channels === undefined) return [];
  const plain = channels === 1 ? picture.toColourspace("b-w") : picture.toColourspace("srgb");
  const { data, info } = await (channels === 4 ? plain : plain.removeAlpha())
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== channels) return [`${path} has ${info.channels} channels, expected ${channels}`];
  return sha256(data) === textAt(expected, "pixels_sha256") ? [] : [`${path} has other pixels`];
}

function compareNumbers(expected: JsonRecord, actual: unknown, path: string): string[] {
  const found = shapeOf(actual).join("x");
  const wanted = Array.isArray(expected.shape) ? expected.shape.join("x") : "";
  if (found !== wanted) return [`${path} has the shape ${found}, expected ${wanted}`];
  const numbers = Array.isArray(actual)
    ? actual.flat(Number.POSITIVE_INFINITY).map((value) => Math.fround(Number(value)))
    : [];
  const values = Array.isArray(expected.values) ? expected.values.map(Number) : [];
  const wrong = values.findIndex((value, index) => Math.fround(value) !== numbers[index]);
  return wrong < 0 ? [] : [`${path} number ${wrong} is ${numbers[wrong]}, expected ${values[wrong]}`];
}

function shapeOf(value: unknown): number[] {
  return Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : [];
}

async function compareRaw(
  expected: JsonRecord,
  actual: unknown,
  inputs: string,
  path: string,
): Promise<string[]> {
  if (!isRecord(actual) || typeof actual.header !== "function") return [`${path} is no raw answer`];
  const type: unknown = Reflect.apply(actual.header, actual, ["content-type"]);
  const problems: string[] = [];
  if (actual.status !== expected.status)
    problems.push(`${path}.status is ${shown(actual.status)}, expected ${shown(expected.status)}`);
  if ((type ?? null) !== (expected.content_type ?? null))
    problems.push(`${path} has the type ${shown(type)}, expected ${shown(expected.content_type)}`);
  const body = recordAt(recordAt(expected, "body"), "$bytes");
  return [...problems, ...compareBytes(body, await bytesOf(actual.body), inputs, `${path}.body`)];
}
