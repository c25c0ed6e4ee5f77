import { badShape, objectList, readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { isObject } from "../call/json-object.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkLabels, checkText } from "../request/check-arguments.ts";
import { wireParameters } from "../request/parameters.ts";
import { sendJson } from "../request/run-task.ts";
import type { LabelScore } from "../results.ts";

/** Options of `zeroShotClassification`. */
export interface ZeroShotClassificationOptions extends TaskOptions {
  /** Whether several labels may fit. Default false: the scores add up to 1. */
  readonly multiLabel?: boolean | undefined;
  /** A sentence with `{}` in the place of the label. */
  readonly hypothesisTemplate?: string | null | undefined;
  /** Old name of the labels. */
  readonly labels?: readonly string[] | undefined;
}

/** Which of some labels fits a text, best first. */
export async function zeroShotClassification(
  scope: CallScope,
  text: string,
  candidateLabels: readonly string[] | undefined,
  options: ZeroShotClassificationOptions,
): Promise<LabelScore[]> {
  checkText("text", text);
  const labels = checkLabels(candidateLabels, options.labels);
  const parameters = { candidate_labels: labels, multi_label: false, ...wireParameters(options, ["labels"]) };
  const answer = await sendJson(scope, "zero-shot-classification", { inputs: text, parameters });
  return readLabels(await readJson(answer, scope.operation), scope.operation);
}

/** The old answer has labels and scores side by side, the new one is a list of both together. */
function readLabels(value: unknown, operation: string): LabelScore[] {
  if (!isObject(value)) return objectList<LabelScore>(value, operation);
  const { labels, scores } = value;
  if (!Array.isArray(labels)) return badShape(operation, "labels", "a list", labels);
  if (!Array.isArray(scores) || scores.length !== labels.length) {
    return badShape(operation, "scores", "a list as long as labels", scores);
  }
  return objectList<LabelScore>(
    labels.map((label: unknown, index) => ({ label, score: scores[index] })),
    operation,
  );
}
