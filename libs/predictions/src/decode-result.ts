import { recogniseTask } from "./recognise-task.ts";
import {
  CLASSIFICATION,
  INSTANCE_SEGMENTATION,
  KEYPOINT_DETECTION,
  MULTI_LABEL_CLASSIFICATION,
  OBJECT_DETECTION,
  RESULT_FIELDS,
  SEMANTIC_SEGMENTATION,
  STUB,
  VISUALIZATION,
} from "./result-shapes.ts";
import type { InferenceResult, ResultFields, ResultKind, ResultOf } from "./results.ts";
import type { TaskType } from "./task-types.ts";
import { assertObject, isAbsent, type JsonObject } from "./wire-guards.ts";
import { assertShape, type Shape } from "./wire-shape.ts";

/** Checks what is special to a kind of result and what is common to all, and adds `task`. */
function decoder<Kind extends ResultKind, Fields extends object>(task: Kind, shape: Shape<Fields>) {
  return (body: JsonObject): JsonObject & ResultFields & Fields & { readonly task: Kind } => {
    assertShape(body, shape);
    assertShape(body, RESULT_FIELDS);
    return { ...body, task };
  };
}

const DECODERS: { readonly [Kind in ResultKind]: (body: JsonObject) => ResultOf<Kind> } = {
  "object-detection": decoder("object-detection", OBJECT_DETECTION),
  "instance-segmentation": decoder("instance-segmentation", INSTANCE_SEGMENTATION),
  "keypoint-detection": decoder("keypoint-detection", KEYPOINT_DETECTION),
  classification: decoder("classification", CLASSIFICATION),
  "multi-label-classification": decoder("multi-label-classification", MULTI_LABEL_CLASSIFICATION),
  "semantic-segmentation": decoder("semantic-segmentation", SEMANTIC_SEGMENTATION),
  stub: decoder("stub", STUB),
  visualization: decoder("visualization", VISUALIZATION),
};

/**
 * Checks the form of one answer and adds `task`. Coordinates stay those of the picture that was sent.
 *
 * @param body parsed JSON of **one** picture's answer (an element of the list for a batch)
 * @param expected the task that was asked for; without it the form of the answer decides
 * @throws InvalidResponseError when the body has not the form of any answer; its `path` names the place
 */
export function decodeResult(body: unknown, expected?: TaskType): InferenceResult {
  assertObject(body, "");
  return DECODERS[kindOf(body, expected)](body);
}

function kindOf(body: JsonObject, expected: TaskType | undefined): ResultKind {
  if (body.is_stub === true) return "stub";
  if (isAbsent(body.predictions) && typeof body.visualization === "string") return "visualization";
  return recogniseTask(body, expected);
}
