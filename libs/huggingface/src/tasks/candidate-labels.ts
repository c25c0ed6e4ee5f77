import { InvalidParameterError } from "@inference-ts/errors";

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
