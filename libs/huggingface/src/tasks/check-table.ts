import { InvalidParameterError } from "@inference-ts/errors";
import { isObject } from "../call/json-object.ts";

/** @throws InvalidParameterError unless the value is an object of columns. */
export function checkTable(table: unknown): void {
  if (isObject(table)) return;
  throw new InvalidParameterError("The table must be an object of columns.", {
    hint: 'For example { Repo: ["a", "b"], Stars: ["1", "2"] }.',
  });
}
