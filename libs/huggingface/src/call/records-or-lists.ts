import { badShape } from "./answer.ts";

/** A list of objects; lists among them are left as they are. */
export function recordsOrLists<T extends object>(value: unknown, operation: string): T[] {
  if (!Array.isArray(value)) return badShape(operation, "", "a list", value);
  return value.map((item: unknown, index) =>
    isObjectOrList<T>(item) ? item : badShape(operation, `[${index}]`, "an object", item),
  );
}

const isObjectOrList = <T extends object>(value: unknown): value is T =>
  typeof value === "object" && value !== null;
