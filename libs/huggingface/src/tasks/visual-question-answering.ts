import type { ImageSource } from "@inference-ts/images";
import { objectList } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-arguments.ts";
import { base64Hole, loadBytes } from "../request/load-input.ts";
import { askJson } from "../request/run-task.ts";
import type { VisualQuestionAnsweringOutputElement } from "../results.ts";

/** Options of `visualQuestionAnswering`. */
export interface VisualQuestionAnsweringOptions extends TaskOptions {
  /** Most answers. */
  readonly topK?: number | null | undefined;
}

/** Answers to a question about a picture, in the form that the containers take: both inside `inputs`. */
export async function visualQuestionAnswering(
  scope: CallScope,
  source: ImageSource,
  question: string,
  options: VisualQuestionAnsweringOptions,
): Promise<VisualQuestionAnsweringOutputElement[]> {
  checkText("question", question);
  const image = base64Hole(scope, await loadBytes(scope, source));
  return objectList<VisualQuestionAnsweringOutputElement>(
    await askJson(scope, "visual-question-answering", { inputs: { question, image } }, options),
    scope.operation,
  );
}
