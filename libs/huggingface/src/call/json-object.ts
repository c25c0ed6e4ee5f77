/** A JSON object. */
export type JsonObject = { readonly [name: string]: unknown };

/**
 * True for a JSON object. With a type argument the form of its fields is taken on trust: servers add fields and leave some out, and
 * one that is not read must not fail the call.
 */
export function isObject<T extends object = JsonObject>(value: unknown): value is T {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
