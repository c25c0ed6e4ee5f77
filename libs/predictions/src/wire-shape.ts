import { isAbsent, isJsonObject, type JsonObject, refuse } from "./wire-guards.ts";

/** What is wrong in a value, and where below it: `.width`, `[3].points`, or nothing for the value itself. */
interface Fault {
  readonly path: string;
  readonly expected: string;
  readonly found: unknown;
}

/**
 * Finds the first fault of a value; a value without one is a `T`. Paths are put together on the way back from a fault, so that a
 * right answer costs no text.
 */
export type Shape<T> = ((value: unknown) => Fault | undefined) & {
  /** For the compiler alone. */
  readonly type?: T | undefined;
};

/** A value that passes a test; `expected` completes "must be ...". */
export function shapeOf<T>(expected: string, isRight: (value: unknown) => boolean): Shape<T> {
  return (found) => (isRight(found) ? undefined : { path: "", expected, found });
}

export const NUMBER = /* @__PURE__ */ shapeOf<number>("a number", (value) => typeof value === "number");
export const TEXT = /* @__PURE__ */ shapeOf<string>("a string", (value) => typeof value === "string");
const OBJECT = /* @__PURE__ */ shapeOf<JsonObject>("an object", isJsonObject);
const LIST = /* @__PURE__ */ shapeOf<readonly unknown[]>("a list", Array.isArray);

/** A field that may be missing. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value) => (value === undefined ? undefined : shape(value));
}

/** A field that may be missing or `null`. */
export function nullable<T>(shape: Shape<T>): Shape<T | null | undefined> {
  return (value) => (isAbsent(value) ? undefined : shape(value));
}

/** An object with at least these fields; what is not listed passes unchecked. */
export function objectWith<T>(shapes: { readonly [Field in keyof T]?: Shape<T[Field]> }): Shape<T> {
  const fields = Object.entries<Shape<unknown> | undefined>(shapes);
  return (value) => {
    if (!isJsonObject(value)) return OBJECT(value);
    for (const [name, shape] of fields) {
      const fault = shape?.(value[name]);
      if (fault) return below(`.${name}`, fault);
    }
    return undefined;
  };
}

/** A list of things of one shape. */
export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return LIST(value);
    for (const [index, item] of value.entries()) {
      const fault = shape(item);
      if (fault) return below(`[${index}]`, fault);
    }
    return undefined;
  };
}

/** An object whose values all have one shape; `pathOf` writes a name into the path. */
export function mapOf<T>(
  shape: Shape<T>,
  pathOf: (name: string) => string,
): Shape<{ readonly [name: string]: T }> {
  return (value) => {
    if (!isJsonObject(value)) return OBJECT(value);
    for (const [name, item] of Object.entries(value)) {
      const fault = shape(item);
      if (fault) return below(pathOf(name), fault);
    }
    return undefined;
  };
}

const below = (place: string, fault: Fault): Fault => ({ ...fault, path: place + fault.path });

/** Refuses a value that has not the shape. */
export function assertShape<T>(value: unknown, shape: Shape<T>, path = ""): asserts value is T {
  const fault = shape(value);
  if (fault) refuse(`${path}${fault.path}`.replace(/^\./, ""), fault.expected, fault.found);
}
