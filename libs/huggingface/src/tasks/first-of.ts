import { badShape, objectList } from "../call/answer.ts";
import { isObject, type JsonObject } from "../call/json-object.ts";

/** The one result of an answer: its first element, or the object itself where the server sends no list. */
export function firstOf<T extends object = JsonObject>(value: unknown, operation: string): T {
  if (isObject<T>(value)) return value;
  return objectList<T>(value, operation)[0] ?? badShape(operation, "[0]", "an object", undefined);
}

/** One result for one text, a list of results for a list of texts. */
export function onePerText<T extends object>(text: unknown, value: unknown, operation: string): T | T[] {
  return Array.isArray(text)
    ? objectList<T>(isObject(value) ? [value] : value, operation)
    : firstOf<T>(value, operation);
}
