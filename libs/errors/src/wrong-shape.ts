import { InvalidResponseError } from "./classes.ts";

/** What a value is, for messages: its kind, never its content. */
function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** How {@link wrongShape} speaks of an answer. */
export interface WrongShapeWords {
  /** What is wrong with the whole of it. Default "The server's answer has not the expected form". */
  readonly claim?: string;
  readonly hint?: string | undefined;
}

/**
 * The error of an answer that has something else in a place than it should.
 *
 * @param path - The place, such as `predictions[3].width`; empty = the body.
 * @param expected - The rule, such as "a number".
 */
export function wrongShape(
  path: string,
  expected: string,
  found: unknown,
  { claim = "The server's answer has not the expected form", hint }: WrongShapeWords = {},
): InvalidResponseError {
  return new InvalidResponseError(
    `${claim}: ${path === "" ? "the body" : path} must be ${expected}, found ${kindOf(found)}.`,
    hint === undefined ? { path } : { path, hint },
  );
}
