import { objectList } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { isObject } from "../call/json-object.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-arguments.ts";
import { askJson } from "../request/run-task.ts";
import type { ExtractedAnswer } from "../results.ts";

/** Options of `questionAnswering`. */
export interface QuestionAnsweringOptions extends TaskOptions {
  readonly alignToWords?: boolean | null | undefined;
  /** Overlap of the pieces that a long context is cut into. */
  readonly docStride?: number | null | undefined;
  readonly handleImpossibleAnswer?: boolean | null | undefined;
  readonly maxAnswerLen?: number | null | undefined;
  readonly maxQuestionLen?: number | null | undefined;
  readonly maxSeqLen?: number | null | undefined;
  /** Most answers; above 1 the result is a list. */
  readonly topK?: number | null | undefined;
}

/** The answer to a question out of a text; a list where the server sends one. */
export async function questionAnswering(
  scope: CallScope,
  question: string,
  context: string,
  options: QuestionAnsweringOptions,
): Promise<ExtractedAnswer | ExtractedAnswer[]> {
  checkText("question", question);
  checkText("context", context);
  const value = await askJson(scope, "question-answering", { inputs: { question, context } }, options);
  return isObject<ExtractedAnswer>(value) ? value : objectList<ExtractedAnswer>(value, scope.operation);
}
