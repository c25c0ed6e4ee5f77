import type {
  ClassificationPrediction,
  ClassificationResult,
  ImageDimensions,
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
  ResultFields,
  Rle,
  SemanticSegmentationPrediction,
  SemanticSegmentationResult,
  StubResult,
  VisualizationResult,
} from "./results.ts";
import { isAbsent, isJsonObject } from "./wire-guards.ts";
import {
  listOf,
  mapOf,
  NUMBER,
  nullable,
  objectWith,
  optional,
  type Shape,
  shapeOf,
  TEXT,
} from "./wire-shape.ts";

const SIZE = objectWith<ImageDimensions>({ width: NUMBER, height: NUMBER });
const POINT = objectWith<Point>({ x: NUMBER, y: NUMBER });
const SCORE = { confidence: NUMBER, class_id: NUMBER };
const CLASS = { ...SCORE, class: TEXT };
const BOX = { x: NUMBER, y: NUMBER, width: NUMBER, height: NUMBER, ...CLASS };

/** Width and height of a mask in whole pixels, height first. */
const isMaskSize = (size: unknown): boolean =>
  Array.isArray(size) && size.length === 2 && size.every((side) => Number.isInteger(side) && side >= 0);

const isRunText = (counts: unknown): boolean =>
  typeof counts === "string" ||
  (Array.isArray(counts) && counts.every((run: unknown) => typeof run === "number"));

/** The form of a run-length mask; its runs are checked when it is decoded. */
export const RLE = objectWith<Rle>({
  size: shapeOf("[height, width] in whole pixels", isMaskSize),
  counts: shapeOf("text or a list of numbers", isRunText),
});

const POLYGON_INSTANCE = objectWith<InstanceSegmentationPrediction>({ ...BOX, points: listOf(POINT) });
const RLE_INSTANCE = objectWith<InstanceSegmentationPrediction>({ ...BOX, rle: RLE });
const INSTANCE: Shape<InstanceSegmentationPrediction> = (value) =>
  (isJsonObject(value) && !isAbsent(value.rle) ? RLE_INSTANCE : POLYGON_INSTANCE)(value);

/**
 * What every result may have and what this package works with. Accompanying facts (`time`, `inference_id`, `resolved_model`, ...)
 * pass unchecked, so that none of them can lose a prediction.
 */
export const RESULT_FIELDS = objectWith<ResultFields>({
  image: optional(SIZE),
  visualization: nullable(shapeOf<string>("base64 text", (value) => typeof value === "string")),
});

export const OBJECT_DETECTION = objectWith<Pick<ObjectDetectionResult, "predictions">>({
  predictions: listOf(objectWith<ObjectDetectionPrediction>(BOX)),
});

export const INSTANCE_SEGMENTATION = objectWith<
  Pick<InstanceSegmentationResult, "predictions" | "original_image" | "mask_metadata">
>({
  predictions: listOf(INSTANCE),
  original_image: nullable(SIZE),
  mask_metadata: nullable(
    objectWith<MaskMetadata>({ width: NUMBER, height: NUMBER, scale_x: NUMBER, scale_y: NUMBER }),
  ),
});

export const KEYPOINT_DETECTION = objectWith<Pick<KeypointDetectionResult, "predictions">>({
  predictions: listOf(
    objectWith<KeypointPrediction>({
      ...BOX,
      keypoints: listOf(objectWith<Keypoint>({ x: NUMBER, y: NUMBER, ...CLASS })),
    }),
  ),
});

/** Answers of anomaly models included. */
export const CLASSIFICATION = objectWith<Pick<ClassificationResult, "predictions" | "top" | "confidence">>({
  predictions: listOf(objectWith<ClassificationPrediction>(CLASS)),
  top: optional(TEXT),
  confidence: optional(NUMBER),
});

export const MULTI_LABEL_CLASSIFICATION = objectWith<
  Pick<MultiLabelClassificationResult, "predictions" | "predicted_classes">
>({
  predictions: mapOf(objectWith<MultiLabelPrediction>(SCORE), (name) => `[${JSON.stringify(name)}]`),
  predicted_classes: listOf(TEXT),
});

export const SEMANTIC_SEGMENTATION = objectWith<Pick<SemanticSegmentationResult, "predictions">>({
  predictions: objectWith<SemanticSegmentationPrediction>({
    segmentation_mask: TEXT,
    confidence_mask: TEXT,
    class_map: mapOf(TEXT, (value) => `.${value}`),
    present_class_ids: nullable(listOf(NUMBER)),
  }),
});

export const STUB = objectWith<Pick<StubResult, "is_stub" | "model_id" | "task_type">>({
  is_stub: shapeOf("true", (value) => value === true),
  model_id: TEXT,
  task_type: TEXT,
});

export const VISUALIZATION = objectWith<Pick<VisualizationResult, "visualization">>({ visualization: TEXT });
