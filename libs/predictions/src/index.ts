export { type AnomalyMap, readAnomalyMap } from "./anomaly-map.ts";
export { type DecodeOptions, decodeInferenceResult } from "./decode-inference.ts";
export { decodeResult } from "./decode-result.ts";
export { type DepthMap, readDepthMap } from "./depth-map.ts";
export {
  type Anchor,
  type BoxCorners,
  type Boxes,
  boxAnchors,
  boxAreas,
  boxAspectRatios,
  boxList,
  boxPolygons,
  centresToCorners,
  clipBoxes,
  cornersToCentres,
  cornersToCentresWithRatio,
  cornersToXywh,
  denormalizeBoxes,
  moveBoxes,
  padBoxes,
  scaleBoxes,
  toBoxes,
  xywhToCorners,
} from "./detections/boxes.ts";
export { Classifications, type ClassScore } from "./detections/classifications.ts";
export type { DataColumns, DetectionColumns } from "./detections/columns.ts";
export {
  type Detection,
  type DetectionInput,
  type DetectionJson,
  Detections,
} from "./detections/detections.ts";
export type { FromResultOptions } from "./detections/from-result.ts";
export {
  detectionsFromHuggingFace,
  type FromHuggingFaceOptions,
  type HuggingFaceObject,
  type HuggingFaceSegment,
} from "./detections/hugging-face.ts";
export { type KeyPoint, type KeyPointObject, KeyPoints } from "./detections/key-points.ts";
export { overlapGroups } from "./detections/nmm.ts";
export { nonMaxSuppression } from "./detections/nms.ts";
export {
  boxOverlap,
  boxOverlaps,
  type MaskOverlapMetric,
  maskOverlap,
  maskOverlaps,
  type OverlapMatrix,
  type OverlapMetric,
} from "./detections/overlap.ts";
export type { OverlapOptions, Overlappable } from "./detections/score-order.ts";
export type { SemanticOptions } from "./detections/semantic.ts";
export {
  type CocoCategory,
  type CocoDataset,
  type CocoImage,
  type CocoInput,
  type CocoStreamOptions,
  cocoStream,
  toCoco,
} from "./export/coco.ts";
export {
  type CocoAnnotation,
  type CocoAnnotationOptions,
  cocoAnnotations,
} from "./export/coco-annotations.ts";
export { CSV_COLUMNS, type CsvRow, type CsvValue, csvHeader, csvLine, toCsvRows } from "./export/csv.ts";
export { type CsvStreamOptions, csvStream } from "./export/csv-stream.ts";
export { type DetectionBatch, type DetectionRow, detectionRows } from "./export/detection-rows.ts";
export type { DetectedImage, ExportedFile, ExportPolygonOptions } from "./export/exported-mask.ts";
export { jsonArrayStream, jsonLinesStream } from "./export/json-streams.ts";
export { type PascalVocOptions, pascalVoc, pascalVocStream } from "./export/pascal-voc.ts";
export { yoloDataYaml, yoloLines, yoloStream } from "./export/yolo.ts";
export { loadResultFinishing } from "./load-on-demand.ts";
export { type Mask, maskArea, maskBox, maskRings, resizeMask } from "./mask.ts";
export { eachBitmap } from "./masks/each-bitmap.ts";
export type { RowRange } from "./masks/fill-polygon.ts";
export { InstanceMask } from "./masks/instance-mask.ts";
export type { MaskPolygon, PolygonOptions } from "./masks/mask-polygons.ts";
export { type PointPlace, pointInPolygon } from "./masks/point-in-polygon.ts";
export { decodeRle, encodeRle, rleArea, rleBox } from "./masks/rle-masks.ts";
export type { Connectivity } from "./masks/run-topology.ts";
export { simplifyPolygon } from "./masks/simplify-polygon.ts";
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
export { readRle, resizeRle } from "./rle.ts";
export { readSemanticMask, type SemanticMask } from "./semantic-mask.ts";
export { cropPixels, type Pixels } from "./slicing/crop-pixels.ts";
export { planSlices, type Slice, type SliceSizes } from "./slicing/plan-slices.ts";
export {
  mergeSlices,
  type SliceablePicture,
  type SliceContext,
  type SliceInfer,
  type SliceInferenceOptions,
  sliceInference,
} from "./slicing/slice-inference.ts";
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
