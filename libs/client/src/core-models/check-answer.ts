import { InvalidResponseError } from "@inference-ts/errors";
import type { Schema, SchemaName } from "@inference-ts/schema";

/**
 * An answer of the document's form. `Declared` names the fields that are checked to be there; servers leave the others out as they
 * like. Unknown fields are kept.
 */
export type CheckedAnswer<Name extends SchemaName, Declared extends keyof Schema<Name>> = {
  readonly [K in Declared]: Schema<Name>[K];
} & { readonly [K in Exclude<keyof Schema<Name>, Declared>]?: Schema<Name>[K] };

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const FORMS = {
  text: ["a string", (value: unknown) => typeof value === "string"],
  number: ["a number", (value: unknown) => typeof value === "number"],
  list: ["a list", Array.isArray],
  "text or list": [
    "a string or a list",
    (value: unknown) => typeof value === "string" || Array.isArray(value),
  ],
  "list or object": ["a list or an object", (value: unknown) => Array.isArray(value) || isObject(value)],
  anything: ["there", (value: unknown) => value !== undefined && value !== null],
} as const;

/** The form that a field of an answer must have. */
export type FieldForm = keyof typeof FORMS;

/**
 * Checks that an answer is an object with these fields.
 *
 * @param at - Where it stands in the answer, for the error.
 * @throws InvalidResponseError that names the place, the rule and the kind of value found.
 */
export function checkAnswer<T extends object>(
  body: unknown,
  fields: Readonly<Record<string, FieldForm>>,
  at?: string,
): T;
export function checkAnswer(body: unknown, fields: Readonly<Record<string, FieldForm>>, at = ""): object {
  if (!isObject(body)) return refuseAnswer(at, "an object", body);
  for (const [name, form] of Object.entries(fields)) {
    const [expected, allows] = FORMS[form];
    const value: unknown = Reflect.get(body, name);
    if (!allows(value)) refuseAnswer(at === "" ? name : `${at}.${name}`, expected, value);
  }
  return body;
}

/** Refuses an answer; the value itself is never shown. */
export function refuseAnswer(path: string, expected: string, found: unknown): never {
  const kind = found === null ? "null" : Array.isArray(found) ? "a list" : typeof found;
  throw new InvalidResponseError(
    `The server's answer has not the expected form: ${path === "" ? "the body" : path} must be ${expected}, found ${kind}.`,
    {
      path,
      hint: "Is the API URL that of a Roboflow Inference server?",
    },
  );
}
