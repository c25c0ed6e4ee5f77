import { InvalidResponseError } from "@inference-ts/errors";
import type { WireResponse } from "@inference-ts/transport";

/** A whole answer. */
export interface Answer extends Pick<WireResponse, "status" | "header"> {
  readonly body: Uint8Array;
  /** How many attempts were made, 1 or more. */
  readonly attempts: number;
  /** Values that must not be in an error about this answer. */
  readonly secrets: readonly string[];
}

/** A JSON object. */
export type JsonObject = { readonly [name: string]: unknown };

/**
 * True for a JSON object. With a type argument the form of its fields is taken on trust: servers add fields and leave some out, and
 * one that is not read must not fail the call.
 */
export function isObject<T extends object = JsonObject>(value: unknown): value is T {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The JSON of a good answer.
 *
 * @throws InvalidResponseError when it is none, HTTPCallError when it is an error that came with a good status.
 */
export async function readJson(answer: Answer, operation: string): Promise<unknown> {
  const text = new TextDecoder().decode(answer.body);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw (await import("./error-answer.ts")).notJson(text, operation);
  }
  await refuseError(value, answer, operation);
  return value;
}

/** @throws HTTPCallError when the value is `{error: ...}`: some servers answer so with status 200. */
export async function refuseError(value: unknown, answer: Answer, operation: string): Promise<void> {
  if (!isObject(value) || value.error === undefined || value.error === null) return;
  const { errorInGoodAnswer } = await import("./error-answer.ts");
  throw errorInGoodAnswer(value, answer, operation);
}

/** @throws InvalidResponseError that says where and what was expected. */
export function badShape(operation: string, path: string, expected: string, found: unknown): never {
  const kind = found === null ? "null" : Array.isArray(found) ? "a list" : typeof found;
  const where = path === "" ? "" : ` at ${path}`;
  throw new InvalidResponseError(
    `The answer for ${operation} has ${kind}${where} where ${expected} is expected.`,
    {
      path,
    },
  );
}

/** A list of objects. */
export function objectList<T extends object = JsonObject>(value: unknown, operation: string): T[] {
  if (!Array.isArray(value)) return badShape(operation, "", "a list", value);
  return value.map((item: unknown, index) =>
    isObject<T>(item) ? item : badShape(operation, `[${index}]`, "an object", item),
  );
}
