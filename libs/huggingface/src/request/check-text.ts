import { InvalidParameterError } from "@inference-ts/errors";

/** @throws InvalidParameterError unless the value is text, or a list of texts. */
export function checkText(name: string, value: unknown): void {
  const isText = (text: unknown): boolean => typeof text === "string";
  if (isText(value) || (Array.isArray(value) && value.every(isText))) return;
  const found = value === undefined || value === null ? "missing" : "not text";
  throw new InvalidParameterError(`${name} is ${found}.`, { hint: "Give text; this task takes no bytes." });
}
