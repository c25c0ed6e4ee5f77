import type { InferTask, InferTaskQuery, InferTaskRequests } from "@inference-ts/endpoints";
import type { LegacyInferenceQuery } from "@inference-ts/schema";
import type { InferenceConfiguration } from "./configuration.ts";

/** What a value must be; each kind has one check and one sentence in `validate.ts`. */
export type FieldKind =
  | "confidence"
  | "fraction"
  | "count"
  | "size"
  | "boolean"
  | "text"
  | "texts"
  | "mask-format"
  | "key-transport"
  | "visualisation-format";

/** Names of body fields, from the generated request types: a name that a new server drops does not compile. */
type BodyName = { [T in InferTask]: keyof InferTaskRequests[T] }[InferTask];

/** Where a field goes on the wire; a field without a place stays on the client. */
interface FieldPlace {
  /** Name in the query of the v0 route. */
  readonly v0?: keyof LegacyInferenceQuery;
  /** Name in the query of every v1 call. */
  readonly v1Query?: keyof InferTaskQuery;
  /** Name in the body of v1 requests, and of which tasks. */
  readonly v1?: BodyName;
  readonly tasks?: readonly InferTask[];
}

interface FieldSpec extends FieldPlace {
  /** Name in the Python configuration. */
  readonly python: string;
  readonly kind: FieldKind;
}

const DETECTIONS = ["object-detection", "instance-segmentation", "keypoint-detection"] as const;
const BOX_AND_CLASS = [...DETECTIONS, "classification"] as const;
const EVERY_TASK = [...BOX_AND_CLASS, "semantic-segmentation"] as const;
const INSTANCES = ["instance-segmentation"] as const;

/**
 * Every configuration field: Python name, kind, and its wire names by mode and task.
 *
 * Source: section 2.4 of the server contract and the recorded `config` cases. The Python client has no semantic
 * segmentation; its request takes the fields that `SemanticSegmentationInferenceRequest` declares.
 */
export const CONFIGURATION_FIELDS: { readonly [K in keyof InferenceConfiguration]: FieldSpec } = {
  confidenceThreshold: {
    python: "confidence_threshold",
    kind: "confidence",
    v0: "confidence",
    v1: "confidence",
    tasks: EVERY_TASK,
  },
  keypointConfidenceThreshold: {
    python: "keypoint_confidence_threshold",
    kind: "fraction",
    v0: "keypoint_confidence",
    v1: "keypoint_confidence",
    tasks: ["keypoint-detection"],
  },
  format: { python: "format", kind: "text", v0: "format" },
  maskDecodeMode: {
    python: "mask_decode_mode",
    kind: "text",
    v0: "mask_decode_mode",
    v1: "mask_decode_mode",
    tasks: INSTANCES,
  },
  tradeoffFactor: {
    python: "tradeoff_factor",
    kind: "fraction",
    v0: "tradeoff_factor",
    v1: "tradeoff_factor",
    tasks: INSTANCES,
  },
  maxCandidates: { python: "max_candidates", kind: "count", v1: "max_candidates", tasks: DETECTIONS },
  maxDetections: {
    python: "max_detections",
    kind: "count",
    v0: "max_detections",
    v1: "max_detections",
    tasks: DETECTIONS,
  },
  iouThreshold: {
    python: "iou_threshold",
    kind: "fraction",
    v0: "overlap",
    v1: "iou_threshold",
    tasks: DETECTIONS,
  },
  strokeWidth: {
    python: "stroke_width",
    kind: "count",
    v0: "stroke",
    v1: "visualization_stroke_width",
    tasks: BOX_AND_CLASS,
  },
  countInference: {
    python: "count_inference",
    kind: "boolean",
    v0: "countinference",
    v1Query: "countinference",
  },
  serviceSecret: {
    python: "service_secret",
    kind: "text",
    v0: "service_secret",
    v1Query: "service_secret",
  },
  disablePreprocAutoOrientation: {
    python: "disable_preproc_auto_orientation",
    kind: "boolean",
    v0: "disable_preproc_auto_orient",
    v1: "disable_preproc_auto_orient",
    tasks: EVERY_TASK,
  },
  disablePreprocContrast: {
    python: "disable_preproc_contrast",
    kind: "boolean",
    v0: "disable_preproc_contrast",
    v1: "disable_preproc_contrast",
    tasks: EVERY_TASK,
  },
  disablePreprocGrayscale: {
    python: "disable_preproc_grayscale",
    kind: "boolean",
    v0: "disable_preproc_grayscale",
    v1: "disable_preproc_grayscale",
    tasks: EVERY_TASK,
  },
  disablePreprocStaticCrop: {
    python: "disable_preproc_static_crop",
    kind: "boolean",
    v0: "disable_preproc_static_crop",
    v1: "disable_preproc_static_crop",
    tasks: EVERY_TASK,
  },
  classAgnosticNms: {
    python: "class_agnostic_nms",
    kind: "boolean",
    v1: "class_agnostic_nms",
    tasks: DETECTIONS,
  },
  classFilter: { python: "class_filter", kind: "texts", v1: "class_filter", tasks: DETECTIONS },
  fixBatchSize: { python: "fix_batch_size", kind: "boolean", v1: "fix_batch_size", tasks: DETECTIONS },
  includeAnomalyMap: {
    python: "include_anomaly_map",
    kind: "boolean",
    v0: "include_anomaly_map",
    v1: "include_anomaly_map",
    tasks: ["classification"],
  },
  visualizePredictions: {
    python: "visualize_predictions",
    kind: "boolean",
    v1: "visualize_predictions",
    tasks: BOX_AND_CLASS,
  },
  visualizeLabels: {
    python: "visualize_labels",
    kind: "boolean",
    v0: "labels",
    v1: "visualization_labels",
    tasks: DETECTIONS,
  },
  outputVisualisationFormat: { python: "output_visualisation_format", kind: "visualisation-format" },
  imageExtensionsForDirectoryScan: { python: "image_extensions_for_directory_scan", kind: "texts" },
  clientDownsizingDisabled: { python: "client_downsizing_disabled", kind: "boolean" },
  defaultMaxInputSize: { python: "default_max_input_size", kind: "size" },
  disableActiveLearning: {
    python: "disable_active_learning",
    kind: "boolean",
    v0: "disable_active_learning",
    v1: "disable_active_learning",
    tasks: BOX_AND_CLASS,
  },
  activeLearningTargetDataset: {
    python: "active_learning_target_dataset",
    kind: "text",
    v0: "active_learning_target_dataset",
    v1: "active_learning_target_dataset",
    tasks: BOX_AND_CLASS,
  },
  maxConcurrentRequests: { python: "max_concurrent_requests", kind: "size" },
  maxBatchSize: { python: "max_batch_size", kind: "size" },
  source: { python: "source", kind: "text", v0: "source", v1: "source", tasks: EVERY_TASK },
  sourceInfo: {
    python: "source_info",
    kind: "text",
    v0: "source_info",
    v1: "source_info",
    tasks: EVERY_TASK,
  },
  profilingDirectory: { python: "profiling_directory", kind: "text" },
  workflowRunRetriesEnabled: { python: "workflow_run_retries_enabled", kind: "boolean" },
  responseMaskFormat: {
    python: "response_mask_format",
    kind: "mask-format",
    v0: "response_mask_format",
    v1: "response_mask_format",
    tasks: INSTANCES,
  },
  apiKeyTransport: { python: "api_key_transport", kind: "key-transport" },
  allowReducedMaskResolution: {
    python: "allow_reduced_mask_resolution",
    kind: "boolean",
    v0: "allow_reduced_mask_resolution",
    v1: "allow_reduced_mask_resolution",
    tasks: INSTANCES,
  },
};

/** The names of all fields, in the order of the table. */
export const CONFIGURATION_FIELD_NAMES = Object.keys(CONFIGURATION_FIELDS).filter(isFieldName);

/** True for the name of a configuration field. */
export function isFieldName(name: string): name is keyof InferenceConfiguration {
  return Object.hasOwn(CONFIGURATION_FIELDS, name);
}
