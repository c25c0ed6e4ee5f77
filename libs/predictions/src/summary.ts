import { isRlePrediction } from "./result-guards.ts";
import type {
  BoxFields,
  InferenceResult,
  Keypoint,
  ObjectDetectionPrediction,
  Point,
  Rle,
} from "./results.ts";

/** One detected object in a form that does not depend on the task. */
export interface DetectedObject {
  readonly class: string;
  readonly classId: number;
  /** 0..1 */
  readonly confidence: number;
  /** In pixels; `x`, `y` are the centre. */
  readonly box: BoxFields;
  readonly polygon?: readonly Point[];
  readonly rle?: Rle;
  readonly keypoints?: readonly Keypoint[];
  readonly detectionId?: string;
}

/** The objects of a result, in the server's order; an empty list for results without boxes. */
export function detectionsOf(result: InferenceResult): DetectedObject[] {
  switch (result.task) {
    case "object-detection":
      return result.predictions.map((prediction) => toObject(prediction, {}));
    case "instance-segmentation":
      return result.predictions.map((prediction) =>
        toObject(
          prediction,
          isRlePrediction(prediction) ? { rle: prediction.rle } : { polygon: prediction.points },
        ),
      );
    case "keypoint-detection":
      return result.predictions.map((prediction) =>
        toObject(prediction, { keypoints: prediction.keypoints }),
      );
    default:
      return [];
  }
}

function toObject(
  { x, y, width, height, ...prediction }: ObjectDetectionPrediction,
  shape: Pick<DetectedObject, "polygon" | "rle" | "keypoints">,
): DetectedObject {
  const { class: name, class_id: classId, confidence, detection_id: detectionId } = prediction;
  return {
    class: name,
    classId,
    confidence,
    box: { x, y, width, height },
    ...shape,
    ...(detectionId === undefined ? {} : { detectionId }),
  };
}

/** One class that a result names, whatever its task. */
export interface NamedClass {
  readonly class: string;
  /** `null` where the server names the class only. */
  readonly classId: number | null;
  /** 0..1; `null` where the server gives none (semantic segmentation). */
  readonly confidence: number | null;
}

/**
 * The classes that a result names: one entry for each object, the best class of a classification, the predicted classes
 * of a multi-label answer, the classes present in a semantic mask.
 */
export function classesOf(result: InferenceResult): NamedClass[] {
  switch (result.task) {
    case "classification": {
      const name = result.top || result.predictions[0]?.class;
      if (name === undefined) return [];
      const best = result.predictions.find((prediction) => prediction.class === name);
      const confidence = result.confidence ?? best?.confidence ?? null;
      return [{ class: name, classId: best?.class_id ?? null, confidence }];
    }
    case "multi-label-classification":
      return result.predicted_classes.map((name) => {
        const prediction = result.predictions[name];
        return {
          class: name,
          classId: prediction?.class_id ?? null,
          confidence: prediction?.confidence ?? null,
        };
      });
    case "semantic-segmentation": {
      const { class_map: names, present_class_ids: present } = result.predictions;
      const ids = present ?? Object.keys(names).map(Number);
      return ids.map((id) => ({ class: names[id] ?? String(id), classId: id, confidence: null }));
    }
    default:
      return detectionsOf(result);
  }
}

/** How often each class is named by one or several results, in order of first appearance. */
export function countByClass(results: InferenceResult | Iterable<InferenceResult>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const result of Symbol.iterator in results ? results : [results]) {
    for (const { class: name } of classesOf(result)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
