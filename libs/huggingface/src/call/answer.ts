import { InvalidResponseError } from "@inference-ts/errors";
import type { Answer } from "./exchange.ts";
import { isObject, type JsonObject } from "./json-object.ts";

/** True for `{error: ...}`, which some servers send with status 200 or inside a stream. */
export function tellsError(value: unknown): value is JsonObject {
  return isObject(value) && value.error !== undefined && value.error !== null;
}

/**
 * The JSON of a good answer.
 *
 * @throws InvalidResponseError when it is none, HTTPCallError when it is an error that came with a good status.
 */
export async function readJson(answer: Answer, operation: string): Promise<unknown> {
  let value: unknown;
  try {
    // JSON is UTF-8; bytes that are none would become other letters in silence.
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(answer.body));
  } catch {
    throw (await import("./bad-answer.ts")).notJson(answer, operation);
  }
  await refuseError(value, answer, operation);
  return value;
}

/** @throws HTTPCallError when the value tells an error. */
export async function refuseError(value: unknown, answer: Answer, operation: string): Promise<void> {
  if (!tellsError(value)) return;
  const { errorInGoodAnswer } = await import("./bad-answer.ts");
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

/** An event of a stream as an item of the type that the task declares, on trust like {@link isObject}. */
export function asItem<T extends object>(event: JsonObject, operation: string): T {
  return isObject<T>(event) ? event : badShape(operation, "", "an object", event);
}

/** One object. */
export function oneObject<T extends object = JsonObject>(value: unknown, operation: string): T {
  return isObject<T>(value) ? value : badShape(operation, "", "an object", value);
}
