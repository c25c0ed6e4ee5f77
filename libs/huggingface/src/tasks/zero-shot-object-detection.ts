import type { ImageSource } from "@inference-ts/images";
import { objectList, readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkLabels } from "../request/check-arguments.ts";
import { wireParameters } from "../request/parameters.ts";
import { sendMedia } from "../request/run-task.ts";
import type { ObjectDetectionOutputElement } from "../results.ts";

/** Boxes of objects that some labels name. Newer than huggingface_hub 0.27.1. */
export async function zeroShotObjectDetection(
  scope: CallScope,
  source: ImageSource,
  candidateLabels: readonly string[],
  options: TaskOptions,
): Promise<ObjectDetectionOutputElement[]> {
  const parameters = {
    candidate_labels: checkLabels(candidateLabels, undefined),
    ...wireParameters(options),
  };
  const answer = await sendMedia(scope, "zero-shot-object-detection", source, parameters);
  return objectList<ObjectDetectionOutputElement>(await readJson(answer, scope.operation), scope.operation);
}
