import type { ImageSource } from "@inference-ts/images";
import { objectList, readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-text.ts";
import { base64Hole, loadBytes } from "../request/load-input.ts";
import { parametersField, wireParameters } from "../request/parameters.ts";
import { sendJson } from "../request/run-task.ts";
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
  const body = { inputs: { question, image }, ...parametersField(wireParameters(options)) };
  const answer = await sendJson(scope, "visual-question-answering", body);
  return objectList<VisualQuestionAnsweringOutputElement>(
    await readJson(answer, scope.operation),
    scope.operation,
  );
}
