import type { ImageSource } from "@inference-ts/images";
import { objectList } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-arguments.ts";
import { base64Hole, loadBytes } from "../request/load-input.ts";
import { askJson } from "../request/run-task.ts";
import type { ExtractedAnswer } from "../results.ts";

/** Options of `documentQuestionAnswering`. */
export interface DocumentQuestionAnsweringOptions extends TaskOptions {
  /** Overlap of the pieces that a long document is cut into. */
  readonly docStride?: number | null | undefined;
  readonly handleImpossibleAnswer?: boolean | null | undefined;
  /** Language of the recognition of letters. */
  readonly lang?: string | null | undefined;
  readonly maxAnswerLen?: number | null | undefined;
  readonly maxQuestionLen?: number | null | undefined;
  readonly maxSeqLen?: number | null | undefined;
  /** Most answers. */
  readonly topK?: number | null | undefined;
  /** Words with their boxes, to leave out the recognition of letters. */
  readonly wordBoxes?: readonly (string | readonly number[])[] | null | undefined;
}

/** Answers to a question about a picture, in the form that the containers take: both inside `inputs`. */
export async function documentQuestionAnswering(
  scope: CallScope,
  source: ImageSource,
  question: string,
  options: DocumentQuestionAnsweringOptions,
): Promise<ExtractedAnswer[]> {
  checkText("question", question);
  const image = base64Hole(scope, await loadBytes(scope, source));
  return objectList<ExtractedAnswer>(
    await askJson(scope, "document-question-answering", { inputs: { question, image } }, options),
    scope.operation,
  );
}
