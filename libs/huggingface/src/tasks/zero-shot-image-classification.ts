import { InvalidParameterError } from "@inference-ts/errors";
import type { ImageSource } from "@inference-ts/images";
import { objectList, readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkLabels } from "../request/check-arguments.ts";
import { wireParameters } from "../request/parameters.ts";
import { sendMedia } from "../request/run-task.ts";
import type { LabelScore } from "../results.ts";

/** Options of `zeroShotImageClassification`. */
export interface ZeroShotImageClassificationOptions extends TaskOptions {
  /** A sentence with `{}` in the place of the label. */
  readonly hypothesisTemplate?: string | null | undefined;
  /** Old name of the labels. */
  readonly labels?: readonly string[] | undefined;
}

/** Which of some labels fits a picture. */
export async function zeroShotImageClassification(
  scope: CallScope,
  source: ImageSource,
  candidateLabels: readonly string[] | undefined,
  options: ZeroShotImageClassificationOptions,
): Promise<LabelScore[]> {
  const labels = checkLabels(candidateLabels, options.labels);
  if (labels.length < 2) {
    throw new InvalidParameterError("At least two candidateLabels are needed, to compare them.");
  }
  const parameters = { candidate_labels: labels, ...wireParameters(options, ["labels"]) };
  const answer = await sendMedia(scope, "zero-shot-image-classification", source, parameters);
  return objectList<LabelScore>(await readJson(answer, scope.operation), scope.operation);
}
