import { badShape, isObject, type JsonObject } from "./answer.ts";

/** An event of a stream as an item of the type that the task declares, on trust like {@link isObject}. */
export function asItem<T extends object>(event: JsonObject, operation: string): T {
  return isObject<T>(event) ? event : badShape(operation, "", "an object", event);
}

/** One object. */
export function oneObject<T extends object = JsonObject>(value: unknown, operation: string): T {
  return isObject<T>(value) ? value : badShape(operation, "", "an object", value);
}
