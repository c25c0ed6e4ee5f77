import { InvalidParameterError } from "@inference-ts/errors";

/** @throws InvalidParameterError unless the value is text, or a list of texts. */
export function checkText(name: string, value: unknown): void {
  const isText = (text: unknown): boolean => typeof text === "string";
  if (isText(value) || (Array.isArray(value) && value.every(isText))) return;
  const found = value === undefined || value === null ? "missing" : "not text";
  throw new InvalidParameterError(`${name} is ${found}.`, { hint: "Give text; this task takes no bytes." });
}

/**
 * The labels of a zero-shot task; `labels` is their old name.
 *
 * @throws InvalidParameterError when none or both are given, or when they are no list of texts.
 */
export function checkLabels(
  candidateLabels: readonly string[] | undefined,
  labels: readonly string[] | undefined,
): readonly string[] {
  if (candidateLabels !== undefined && labels !== undefined) {
    throw new InvalidParameterError("Both candidateLabels and labels are given.", {
      hint: "labels is the old name; give candidateLabels alone.",
    });
  }
  const given: unknown = candidateLabels ?? labels;
  if (Array.isArray(given) && given.every((label) => typeof label === "string")) return given;
  throw new InvalidParameterError("candidateLabels must be a list of texts.");
}
