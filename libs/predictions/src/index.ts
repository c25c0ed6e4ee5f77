export { type AnomalyMap, readAnomalyMap } from "./anomaly-map.ts";
export { type DecodeOptions, decodeInferenceResult } from "./decode-inference.ts";
export { decodeResult } from "./decode-result.ts";
export { type DepthMap, readDepthMap } from "./depth-map.ts";
export {
  type CocoAnnotation,
  type CocoCategory,
  type CocoDataset,
  type CocoImage,
  type CocoInput,
  toCoco,
} from "./export/coco.ts";
export { CSV_COLUMNS, type CsvRow, type CsvValue, csvHeader, csvLine, toCsvRows } from "./export/csv.ts";
export { loadResultFinishing } from "./load-on-demand.ts";
export { type Mask, maskArea, maskBox, maskRings, resizeMask } from "./mask.ts";
export { polygonArea, polygonBox, polygonMask } from "./polygon.ts";
export { rescaleResult, type Scale, toImageCoordinates } from "./rescale.ts";
export {
  isAnomalyClassification,
  isBoxResult,
  isClassification,
  isInstanceSegmentation,
  isKeypointDetection,
  isMultiLabelClassification,
  isObjectDetection,
  isRlePrediction,
  isSemanticSegmentation,
  isStub,
  isVisualization,
} from "./result-guards.ts";
export type {
  AnomalyClassificationResult,
  AnomalyMapPayload,
  AnyClassificationResult,
  BoxFields,
  BoxResult,
  ClassificationPrediction,
  ClassificationResult,
  ImageDimensions,
  InferenceResult,
  InstanceSegmentationPrediction,
  InstanceSegmentationResult,
  Keypoint,
  KeypointDetectionResult,
  KeypointPrediction,
  MaskMetadata,
  MultiLabelClassificationResult,
  MultiLabelPrediction,
  ObjectDetectionPrediction,
  ObjectDetectionResult,
  Point,
  PolygonPrediction,
  ResolvedModel,
  ResultFields,
  ResultKind,
  ResultOf,
  Rle,
  RlePrediction,
  SemanticSegmentationPrediction,
  SemanticSegmentationResult,
  StubResult,
  TaskResult,
  VisualizationResult,
} from "./results.ts";
export { decodeRle, encodeRle, readRle, resizeRle, rleArea, rleBox } from "./rle.ts";
export { readSemanticMask, type SemanticMask } from "./semantic-mask.ts";
export { classesOf, countByClass, type DetectedObject, detectionsOf, type NamedClass } from "./summary.ts";
export {
  isTaskType,
  TASK_TYPES,
  type TaskFacts,
  type TaskRoute,
  type TaskType,
  taskTypeFromRegistry,
} from "./task-types.ts";
export { decodeVisualisation, type VisualisationFormat, visualisationBytes } from "./visualisation.ts";
