import type { InferenceResult } from "@inference-ts/sdk/node";

/**
 * A result with the named classes only. Objects of other classes are left out; a classification keeps the named classes and, as
 * a server does that finds none, may end without a best one. Masks of semantic segmentation are not changed.
 */
export function keepClasses(result: InferenceResult, names: ReadonlySet<string>): InferenceResult {
  switch (result.task) {
    case "object-detection":
      return { ...result, predictions: result.predictions.filter((object) => names.has(object.class)) };
    case "instance-segmentation":
      return { ...result, predictions: result.predictions.filter((object) => names.has(object.class)) };
    case "keypoint-detection":
      return { ...result, predictions: result.predictions.filter((object) => names.has(object.class)) };
    case "classification": {
      const predictions = result.predictions.filter((prediction) => names.has(prediction.class));
      const [best] = predictions;
      return { ...result, predictions, top: best?.class ?? "", confidence: best?.confidence ?? 0 };
    }
    case "multi-label-classification": {
      const kept = Object.entries(result.predictions).filter(([name]) => names.has(name));
      return {
        ...result,
        predictions: Object.fromEntries(kept),
        predicted_classes: result.predicted_classes.filter((name) => names.has(name)),
      };
    }
    default:
      return result;
  }
}
