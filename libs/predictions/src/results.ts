import type {
  AnomalyDetectionResponse as WireAnomalyAnswer,
  AnomalyMapPayload as WireAnomalyMap,
  ObjectDetectionInferenceResponse as WireAnswer,
  ClassificationPrediction as WireClassification,
  ClassificationInferenceResponse as WireClassificationAnswer,
  ObjectDetectionPrediction as WireDetection,
  InferenceResponseImage as WireImage,
  InstanceSegmentationPrediction as WireInstance,
  Keypoint as WireKeypoint,
  KeypointsPrediction as WireKeypointObject,
  MaskCoordinateMetadata as WireMaskMetadata,
  MultiLabelClassificationPrediction as WireMultiLabel,
  Point as WirePoint,
  ResolvedModel as WireResolvedModel,
  InstanceSegmentationRLEPrediction as WireRleInstance,
  SemanticSegmentationPrediction as WireSemantic,
} from "@inference-ts/schema";
import type { TaskType } from "./task-types.ts";

/** Width and height in pixels, as the server writes them. */
export type ImageDimensions = Readonly<WireImage>;

/** A point in pixels; x to the right, y down, origin in the top left corner of the picture. */
export type Point = Readonly<WirePoint>;

/** Which model package answered, after fallbacks (servers since 1.6). */
export interface ResolvedModel extends Readonly<WireResolvedModel> {
  readonly [field: string]: unknown;
}

/** A box in pixels. `x`, `y` are the **centre** unless said otherwise. */
export type BoxFields = Readonly<Pick<WireDetection, "x" | "y" | "width" | "height">>;

/** A detected object; `confidence` is 0..1. Fields that the server adds later are kept. */
export interface ObjectDetectionPrediction extends Readonly<WireDetection> {
  readonly [field: string]: unknown;
}

/** COCO run-length mask: runs of 0 and 1 in turn, starting with 0, column by column. */
export interface Rle {
  /** `[height, width]` */
  readonly size: readonly [height: number, width: number];
  /** COCO's compressed text, or the plain run lengths. */
  readonly counts: string | readonly number[];
}

/** An object outlined by a polygon. */
export interface PolygonPrediction extends Readonly<Omit<WireInstance, "points">> {
  readonly points: readonly Point[];
  readonly [field: string]: unknown;
}

/** An object covered by a run-length mask (`responseMaskFormat: "rle"`). */
export interface RlePrediction extends Readonly<Omit<WireRleInstance, "rle">> {
  readonly rle: Rle;
  readonly [field: string]: unknown;
}

/** An instance: `"rle" in prediction` tells the two forms apart, also on servers without `mask_format`. */
export type InstanceSegmentationPrediction = PolygonPrediction | RlePrediction;

/** One named point of an object. */
export interface Keypoint extends Readonly<WireKeypoint> {
  readonly [field: string]: unknown;
}

/** An object with named points. */
export interface KeypointPrediction extends Readonly<Omit<WireKeypointObject, "keypoints">> {
  readonly keypoints: readonly Keypoint[];
  readonly [field: string]: unknown;
}

/** One class of a single-label answer. */
export interface ClassificationPrediction extends Readonly<WireClassification> {
  readonly [field: string]: unknown;
}

/** One class of a multi-label answer; the class name is its key. */
export interface MultiLabelPrediction extends Readonly<WireMultiLabel> {
  readonly [field: string]: unknown;
}

/**
 * Class and confidence of every pixel, in the size of the picture that was sent: `segmentation_mask` is base64 of an 8-bit
 * grey PNG whose values are the keys of `class_map` (value -> class name), `confidence_mask` one where 255 is certain.
 */
export interface SemanticSegmentationPrediction extends Readonly<Omit<WireSemantic, "present_class_ids">> {
  /** Values of the mask that occur (servers since 1.5). */
  readonly present_class_ids?: readonly number[] | null;
  readonly [field: string]: unknown;
}

/** The map of an anomaly model as sent since 1.7: little-endian float32, row by row, in base64. */
export type AnomalyMapPayload = Readonly<WireAnomalyMap>;

/** What every answer to one picture may have. Fields that the server adds later are kept. */
export interface ResultFields
  extends Readonly<Omit<WireAnswer, "image" | "predictions" | "visualization" | "resolved_model">> {
  /**
   * Size of the picture that all coordinates refer to. The server's specification requires it; a body without it is not
   * refused, because nothing of the predictions depends on it.
   */
  readonly image?: ImageDimensions;
  readonly resolved_model?: ResolvedModel | null;
  /**
   * The picture with the server's own drawing, in the size of the picture that was sent: base64 text of a JPEG, or its bytes
   * when `outputVisualisationFormat` is `"bytes"`.
   */
  readonly visualization?: string | Uint8Array | null;
  readonly [field: string]: unknown;
}

export interface ObjectDetectionResult extends ResultFields {
  readonly task: "object-detection";
  readonly predictions: readonly ObjectDetectionPrediction[];
}

/**
 * Where a reduced mask grid lies in the picture (`allowReducedMaskResolution`, servers since 1.7): x and widths times
 * `scale_x`, y and heights times `scale_y` are pixels of `original_image`.
 */
export interface MaskMetadata extends Readonly<WireMaskMetadata> {
  readonly [field: string]: unknown;
}

/**
 * Instances with masks. When `mask_metadata` is there, every coordinate **and** `image` are in pixels of the reduced mask
 * grid; `toImageCoordinates` brings them to the picture.
 */
export interface InstanceSegmentationResult extends ResultFields {
  readonly task: "instance-segmentation";
  readonly predictions: readonly InstanceSegmentationPrediction[];
  readonly original_image?: ImageDimensions | null;
  readonly mask_metadata?: MaskMetadata | null;
}

export interface KeypointDetectionResult extends ResultFields {
  readonly task: "keypoint-detection";
  readonly predictions: readonly KeypointPrediction[];
}

/** Single-label classification: every class over the threshold, best first; `top` and `confidence` repeat the best. */
export interface ClassificationResult
  extends ResultFields,
    Readonly<Pick<WireClassificationAnswer, "top" | "confidence" | "parent_id">> {
  readonly task: "classification";
  readonly predictions: readonly ClassificationPrediction[];
  /** As the server sent it; `readAnomalyMap` decodes it. 1.6: nested list; since 1.7: an `AnomalyMapPayload`. */
  readonly anomaly_map?: unknown;
}

/** The answer of an anomaly model (servers since 1.6): a classification with the score behind the verdict. */
export interface AnomalyClassificationResult
  extends ClassificationResult,
    Readonly<
      Pick<WireAnomalyAnswer, "anomaly_score" | "anomaly_threshold" | "anomaly_scale" | "is_anomalous">
    > {}

/** Multi-label classification: every class by name, and the names over the threshold. */
export interface MultiLabelClassificationResult extends ResultFields {
  readonly task: "multi-label-classification";
  readonly predictions: { readonly [className: string]: MultiLabelPrediction };
  readonly predicted_classes: readonly string[];
  readonly parent_id?: string | null;
}

/**
 * Class of every pixel. The two PNG masks keep the size of the picture that was sent, also when `image` was brought back
 * to the size before downsizing; `readSemanticMask` decodes them to the size of `image`.
 */
export interface SemanticSegmentationResult extends ResultFields {
  readonly task: "semantic-segmentation";
  readonly predictions: SemanticSegmentationPrediction;
}

/** The answer of a server without weights for the model. Nothing in it is rescaled. */
export interface StubResult extends ResultFields {
  readonly task: "stub";
  readonly is_stub: true;
  readonly model_id: string;
  readonly task_type: string;
}

/** Only a drawn picture, no predictions (v0 with `format: "image"`). */
export interface VisualizationResult extends ResultFields {
  readonly task: "visualization";
  readonly visualization: string | Uint8Array;
}

/** Single- or multi-label, by what `task` says. */
export type AnyClassificationResult = ClassificationResult | MultiLabelClassificationResult;

/** Results with boxes. */
export type BoxResult = ObjectDetectionResult | InstanceSegmentationResult | KeypointDetectionResult;

/**
 * What the server answered to one picture: its JSON as it was sent, coordinates brought to the caller's picture, plus `task`,
 * which tells the kinds apart (`switch (result.task)` narrows).
 */
export type InferenceResult =
  | ObjectDetectionResult
  | InstanceSegmentationResult
  | KeypointDetectionResult
  | ClassificationResult
  | MultiLabelClassificationResult
  | SemanticSegmentationResult
  | StubResult
  | VisualizationResult;

/** Every value of `task` in a result. */
export type ResultKind = InferenceResult["task"];

/** The result type of a task. */
export type ResultOf<Task extends ResultKind> = Extract<InferenceResult, { readonly task: Task }>;

/** The tasks that a caller can ask for are all kinds of results except stubs and bare pictures. */
export type TaskResult = ResultOf<TaskType>;
