import { wrongShape } from "@inference-ts/errors";

/** A JSON object of which nothing is known yet. */
export interface JsonObject {
  readonly [field: string]: unknown;
}

/** True for a JSON object: no list, no null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const WRONG_SERVER =
  "Is the API URL that of a Roboflow Inference server, and the model one that predicts on pictures?";

/** Throws `InvalidResponseError` that names the place, the rule and the kind of value found. */
export function refuse(path: string, expected: string, found: unknown): never {
  const isWhole = path === "" || path === "predictions";
  throw wrongShape(path, expected, found, isWhole ? { hint: WRONG_SERVER } : {});
}

/** Makes sure that `value` is an object. */
export function assertObject(value: unknown, path: string): asserts value is JsonObject {
  if (!isJsonObject(value)) refuse(path, "an object", value);
}

/** Makes sure that `value` is a list. */
export function assertList(value: unknown, path: string): asserts value is readonly unknown[] {
  if (!Array.isArray(value)) refuse(path, "a list", value);
}

/** `predictions[3]` + `width` -> `predictions[3].width`. */
export function join(path: string, field: string): string {
  return path === "" ? field : `${path}.${field}`;
}

/** True for a field that is not there; servers leave nulls out, some gateways write them. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}
