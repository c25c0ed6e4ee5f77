import type {
  AnomalyClassificationResult,
  BoxResult,
  ClassificationResult,
  InferenceResult,
  InstanceSegmentationPrediction,
  InstanceSegmentationResult,
  KeypointDetectionResult,
  MultiLabelClassificationResult,
  ObjectDetectionResult,
  RlePrediction,
  SemanticSegmentationResult,
  StubResult,
  VisualizationResult,
} from "./results.ts";

/** Plain boxes. */
export function isObjectDetection(result: InferenceResult): result is ObjectDetectionResult {
  return result.task === "object-detection";
}

/** Boxes with polygons or run-length masks. */
export function isInstanceSegmentation(result: InferenceResult): result is InstanceSegmentationResult {
  return result.task === "instance-segmentation";
}

/** Boxes with named points. */
export function isKeypointDetection(result: InferenceResult): result is KeypointDetectionResult {
  return result.task === "keypoint-detection";
}

/** Single-label classification, answers of anomaly models included. */
export function isClassification(result: InferenceResult): result is ClassificationResult {
  return result.task === "classification";
}

/** A classification of an anomaly model, with score and verdict. */
export function isAnomalyClassification(result: InferenceResult): result is AnomalyClassificationResult {
  return (
    isClassification(result) &&
    typeof result.is_anomalous === "boolean" &&
    ["anomaly_score", "anomaly_threshold", "anomaly_scale"].every(
      (field) => typeof result[field] === "number",
    )
  );
}

/** Multi-label classification. */
export function isMultiLabelClassification(
  result: InferenceResult,
): result is MultiLabelClassificationResult {
  return result.task === "multi-label-classification";
}

/** A class for every pixel. */
export function isSemanticSegmentation(result: InferenceResult): result is SemanticSegmentationResult {
  return result.task === "semantic-segmentation";
}

/** The server has no weights for the model and says so instead of predicting. */
export function isStub(result: InferenceResult): result is StubResult {
  return result.task === "stub";
}

/** Only a drawn picture, no predictions. */
export function isVisualization(result: InferenceResult): result is VisualizationResult {
  return result.task === "visualization";
}

/** Any of the three kinds whose predictions are boxes. */
export function isBoxResult(result: InferenceResult): result is BoxResult {
  return isObjectDetection(result) || isInstanceSegmentation(result) || isKeypointDetection(result);
}

/** True when the instance comes with a run-length mask, false when with a polygon. */
export function isRlePrediction(prediction: InstanceSegmentationPrediction): prediction is RlePrediction {
  return "rle" in prediction && prediction.rle !== null && prediction.rle !== undefined;
}
