import { InvalidParameterError } from "@inference-ts/errors";

const isText = (value: unknown): boolean => typeof value === "string";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

/** What an option must be, which completes "must be ...", and the check. */
const FORMS = {
  text: ["a string", isText],
  texts: ["a list of strings", isTexts],
  "text or texts": ["a string or a list of strings", (value: unknown) => isText(value) || isTexts(value)],
  list: ["a list", Array.isArray],
  objects: ["a list of objects", (value: unknown) => Array.isArray(value) && value.every(isObject)],
  anything: ["given", (value: unknown) => value !== undefined && value !== null],
} as const;

/** The form of an option. */
export type OptionForm = keyof typeof FORMS;

/**
 * Checks the options that programs without types leave out or give in another form: a text in place of a list of texts would be
 * sent letter by letter.
 *
 * @param what - The method, for messages.
 * @param optional - Checked where they are given.
 * @throws InvalidParameterError that names the option.
 */
export function checkOptions(
  what: string,
  options: unknown,
  required: Readonly<Record<string, OptionForm>>,
  optional: Readonly<Record<string, OptionForm>> = {},
): void {
  const given = options ?? {};
  if (typeof given !== "object") {
    throw new InvalidParameterError(
      `The options of ${what} must be an object, but are of type ${typeof given}.`,
    );
  }
  for (const [name, form] of Object.entries({ ...required, ...optional })) {
    const value: unknown = Reflect.get(given, name);
    const isMissing = value === undefined || value === null;
    if (isMissing && Object.hasOwn(optional, name)) continue;
    const [expected, isAllowed] = FORMS[form];
    if (isAllowed(value)) continue;
    const found = isMissing ? "missing" : Array.isArray(value) ? "a list" : `of type ${typeof value}`;
    throw new InvalidParameterError(`The option ${name} of ${what} must be ${expected}, but is ${found}.`);
  }
}
