import { isRecord } from "../golden/json.ts";
import type { Random } from "./random.ts";

/** An answer as a hostile or broken server could give it. */
export interface MutatedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** Values that stand where others are expected. */
const ODD_VALUES: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 1.5,
  () => 2 ** 53,
  () => -1e308,
  () => "",
  () => "NaN",
  () => "1",
  () => "\u0000\uffff\ud800",
  () => "x".repeat(5000),
  () => "iVBORw0KGgo=",
  () => "====",
  () => [],
  () => [[]],
  () => [null, 1, "a", {}],
  () => Array.from({ length: 300 }, (_, index) => index),
  () => ({}),
  () => ({ length: 3, constructor: null, toString: 1 }),
  () => JSON.parse('{"__proto__": {"task": "x"}, "then": {}}'),
  () => ({ size: [1e9, 1e9], counts: "0".repeat(50) }),
  () => ({ shape: [1e6, 1e6], dtype: "float32", data: "AAAA" }),
];

const STATUSES = [200, 200, 200, 200, 200, 200, 200, 200, 201, 204, 302, 400, 401, 404, 405, 422, 500, 503];
const TYPES = [
  "application/json",
  "application/json",
  "application/json",
  "application/json",
  "application/json; charset=utf-8",
  "text/html",
  "image/jpeg",
  "application/octet-stream",
  "",
  "\u0000",
];

/** Mutates one answer: values, structure, bytes, status, headers. */
export function mutate(seed: unknown, random: Random): MutatedAnswer {
  let value: unknown = structuredClone(seed);
  for (let count = random.below(4); count >= 0; count -= 1) value = mutateValue(value, random, 0);
  const text = JSON.stringify(value) ?? "";
  const status = random.pick(STATUSES);
  const body = status >= 400 && random.chance(0.5) ? errorText(value, random) : text;
  const type = random.pick(TYPES);
  return {
    status,
    headers: {
      ...(type === "" ? {} : { "content-type": type }),
      ...(random.chance(0.1)
        ? { "x-model-load-details": text.slice(0, 200), "x-processing-time": "soon" }
        : {}),
      ...(random.chance(0.05) ? { "retry-after": random.pick(["-1", "1e9", "soon", "0"]) } : {}),
    },
    bytes: random.chance(0.25) ? mutateBytes(body, random) : Buffer.from(body),
  };
}

function mutateValue(value: unknown, random: Random, depth: number): unknown {
  if (depth > 8 || random.chance(depth === 0 ? 0.04 : 0.2)) return random.pick(ODD_VALUES)();
  if (Array.isArray(value)) return mutateList([...value], random, depth);
  if (isRecord(value)) return mutateObject({ ...value }, random, depth);
  return random.chance(0.7) ? random.pick(ODD_VALUES)() : [value];
}

function mutateList(list: unknown[], random: Random, depth: number): unknown {
  const at = random.below(list.length);
  const kind = random.below(6);
  if (kind === 0) return list.slice(0, at);
  if (kind === 1) return [...list, ...list];
  if (kind === 2) return Object.fromEntries(list.entries());
  if (kind === 3) return list.length === 0 ? [random.pick(ODD_VALUES)()] : list[at];
  if (list.length > 0) list[at] = mutateValue(list[at], random, depth + 1);
  return list;
}

function mutateObject(object: Record<string, unknown>, random: Random, depth: number): unknown {
  const names = Object.keys(object);
  if (names.length === 0) return random.pick(ODD_VALUES)();
  const name = random.pick(names);
  const kind = random.below(8);
  if (kind === 0) delete object[name];
  else if (kind === 1) object[name.toUpperCase()] = object[name];
  else if (kind === 2) object[name] = object[random.pick(names)];
  else if (kind === 3 && depth === 0) return [object];
  else object[name] = mutateValue(object[name], random, depth + 1);
  return object;
}

function errorText(value: unknown, random: Random): string {
  const inner = random.pick(["message", "detail", "error", "reason", "blocks_errors", "inner_error_message"]);
  return JSON.stringify({
    [inner]: value,
    error_type: random.pick(ODD_VALUES)(),
    help_url: random.pick(ODD_VALUES)(),
  });
}

function mutateBytes(text: string, random: Random): Uint8Array {
  const at = random.below(text.length + 1);
  const kind = random.below(9);
  if (kind === 0) return Buffer.from(text.slice(0, at));
  if (kind === 1)
    return Buffer.from(
      `${text.slice(0, at)}${random.pick(["NaN", "-Infinity", "\\", '"', "}", "\u0000"])}${text.slice(at)}`,
    );
  if (kind === 2)
    return Buffer.from(text.replaceAll(/\d+(\.\d+)?/g, (number) => (random.chance(0.3) ? "NaN" : number)));
  if (kind === 3) return Buffer.from(`\uFEFF${text}`);
  if (kind === 4) return Buffer.from("[".repeat(20_000));
  if (kind === 5) return Buffer.from(`${"[".repeat(2000)}${"]".repeat(2000)}`);
  if (kind === 6) return Buffer.alloc(0);
  if (kind === 7) return Buffer.from(`<!DOCTYPE html><title>${text.slice(0, 300)}`);
  const bytes = Buffer.from(text);
  if (bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}
