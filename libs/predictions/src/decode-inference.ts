import { decodeClassification, decodeMultiLabelClassification } from "./decode-classification.ts";
import { decodeInstanceSegmentation } from "./decode-instance-segmentation.ts";
import { decodeKeypointDetection } from "./decode-keypoint-detection.ts";
import { decodeObjectDetection } from "./decode-object-detection.ts";
import { decodeSemanticSegmentation } from "./decode-semantic-segmentation.ts";
import { decodeStub, decodeVisualization } from "./decode-without-predictions.ts";
import { recogniseTask } from "./recognise-task.ts";
import { rescaleResult, type Scale } from "./rescale.ts";
import type { InferenceResult } from "./results.ts";
import type { TaskType } from "./task-types.ts";
import { decodeVisualisation, type VisualisationFormat } from "./visualisation.ts";
import { assertObject, isAbsent, type JsonObject } from "./wire-guards.ts";

/** What the client knows about an answer beside its body. */
export interface DecodeOptions {
  /** The task that was asked for; without it the form of the answer decides. */
  readonly task?: TaskType | undefined;
  /** Sent size divided by the caller's size; 1 (default) when the picture was sent untouched. */
  readonly scale?: Scale | number | undefined;
  /** How `visualization` is handed out. Default `base64`: as sent. */
  readonly visualisation?: VisualisationFormat | undefined;
}

const DECODERS: { readonly [task in TaskType]: (body: JsonObject) => InferenceResult } = {
  "object-detection": decodeObjectDetection,
  "instance-segmentation": decodeInstanceSegmentation,
  "keypoint-detection": decodeKeypointDetection,
  classification: decodeClassification,
  "multi-label-classification": decodeMultiLabelClassification,
  "semantic-segmentation": decodeSemanticSegmentation,
};

/**
 * Turns the body of one answer into a result: checks the form, adds `task`, brings coordinates back to the caller's
 * picture. The body is not changed; fields that are not known here are kept.
 *
 * @param body parsed JSON of **one** picture's answer (an element of the list for a batch)
 * @throws InvalidResponseError when the body has not the form of any answer; its `path` names the place
 * @throws EncodingError when `visualisation` is `bytes` and the server's picture is not one
 */
export function decodeInferenceResult(body: unknown, options: DecodeOptions = {}): InferenceResult {
  assertObject(body, "");
  const result = rescaleResult(decodeBody(body, options.task), options.scale ?? 1);
  return options.visualisation === "bytes" ? decodeVisualisation(result) : result;
}

function decodeBody(body: JsonObject, expected: TaskType | undefined): InferenceResult {
  if (body.is_stub === true) return decodeStub(body);
  const visualization = body.visualization;
  if (isAbsent(body.predictions) && typeof visualization === "string") {
    return decodeVisualization(body, visualization);
  }
  return DECODERS[recogniseTask(body, expected)](body);
}
