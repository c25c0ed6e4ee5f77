import { InvalidParameterError } from "@inference-ts/errors";

/** Anything JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a JSON object: not null, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for a JSON array. `Array.isArray` alone loses the element type of a readonly array. */
export function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** Order by UTF-16 code units: the same on every machine and in every locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The same value with the keys of every object in order. Arrays keep their order. */
function sortKeys(value: Json): Json {
  if (isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => byText(a, b))
      .map(([key, child]) => [key, sortKeys(child)]),
  );
}

/** One text for one value, whatever the order of its keys: two values are equal when these texts are. */
export function canonical(value: Json): string {
  return JSON.stringify(sortKeys(value));
}

/** The text that is written to a file: two spaces, a line break at the end. */
export function toFileText(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Parses JSON.
 *
 * @param text - The JSON text.
 * @param origin - Where the text is from; named in the error.
 * @throws InvalidParameterError when the text is not JSON.
 */
export function parseJson(text: string, origin: string): Json {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const start = text.slice(0, 60).replaceAll(/\s+/g, " ");
    throw new InvalidParameterError(`${origin} is not JSON: it starts with "${start}".`, { cause });
  }
}

/** The child of an object or an array under one step of a JSON pointer, or undefined. */
export function childAt(value: Json | undefined, step: string): Json | undefined {
  if (isArray(value)) return /^(0|[1-9]\d*)$/.test(step) ? value[Number(step)] : undefined;
  if (isObject(value) && Object.hasOwn(value, step)) return value[step];
  return undefined;
}

/** Steps of a JSON pointer (RFC 6901): `"/a~1b/c"` is `["a/b", "c"]`, `""` is the whole document. */
export function pointerSteps(pointer: string): readonly string[] {
  if (pointer === "") return [];
  if (!pointer.startsWith("/")) {
    throw new InvalidParameterError(`The JSON pointer "${pointer}" does not start with "/".`);
  }
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The JSON pointer of the given steps. */
export function toPointer(steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
