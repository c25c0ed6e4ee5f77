import type { InferTask, InferTaskQuery, InferTaskRequests } from "@inference-ts/endpoints";
import type { LegacyInferenceQuery } from "@inference-ts/schema";
import type { InferenceConfiguration } from "./configuration.ts";

/** What a value must be; each kind has one check and one sentence in `create-configuration.ts`. */
export type FieldKind =
  | "confidence"
  | "fraction"
  | "count"
  | "size"
  | "boolean"
  | "text"
  /** Text that no message may show. */
  | "secret"
  | "texts"
  | "mask-format"
  | "key-transport"
  | "visualisation-format";

/** Names of body fields, from the generated request types: a name that a new server drops does not compile. */
type BodyName = { [T in InferTask]: keyof InferTaskRequests[T] }[InferTask];

/** `maxBatchSize` -> `max_batch_size`: how the Python configuration names a field. */
type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

/** A name on the wire; `true` where it is Python's name of the field, which then must be one of the wire's names. */
type WireName<Field extends string, Names> = Names | (SnakeCase<Field> extends Names ? true : never);

/** What a field holds and where it goes on the wire; a field without a place stays on the client. */
interface FieldSpec<Field extends string> {
  readonly kind: FieldKind;
  /** Name in the query of the v0 route. */
  readonly v0?: WireName<Field, keyof LegacyInferenceQuery>;
  /** Name in the query of every v1 call. */
  readonly v1Query?: WireName<Field, keyof InferTaskQuery>;
  /** Name in the body of v1 requests, and of which tasks. */
  readonly v1?: WireName<Field, BodyName>;
  readonly tasks?: readonly InferTask[];
}

const INSTANCES = ["instance-segmentation"] as const;
const DETECTIONS = ["object-detection", ...INSTANCES, "keypoint-detection"] as const;
const BOX_AND_CLASS = [...DETECTIONS, "classification"] as const;
const EVERY_TASK = [...BOX_AND_CLASS, "semantic-segmentation"] as const;

/**
 * Every configuration field: what it holds, and its wire names by mode and task.
 *
 * Source: `InferenceConfiguration` of the Python client 1.8.3, and what it was recorded to send. That client has no
 * semantic segmentation; the request of that task takes the fields that `SemanticSegmentationInferenceRequest` declares.
 */
export const CONFIGURATION_FIELDS: {
  readonly [Field in keyof InferenceConfiguration]: FieldSpec<Field>;
} = {
  confidenceThreshold: { kind: "confidence", v0: "confidence", v1: "confidence", tasks: EVERY_TASK },
  keypointConfidenceThreshold: {
    kind: "fraction",
    v0: "keypoint_confidence",
    v1: "keypoint_confidence",
    tasks: ["keypoint-detection"],
  },
  format: { kind: "text", v0: true },
  maskDecodeMode: { kind: "text", v0: true, v1: true, tasks: INSTANCES },
  tradeoffFactor: { kind: "fraction", v0: true, v1: true, tasks: INSTANCES },
  maxCandidates: { kind: "count", v1: true, tasks: DETECTIONS },
  maxDetections: { kind: "count", v0: true, v1: true, tasks: DETECTIONS },
  iouThreshold: { kind: "fraction", v0: "overlap", v1: true, tasks: DETECTIONS },
  strokeWidth: { kind: "count", v0: "stroke", v1: "visualization_stroke_width", tasks: BOX_AND_CLASS },
  countInference: { kind: "boolean", v0: "countinference", v1Query: "countinference" },
  serviceSecret: { kind: "secret", v0: true, v1Query: true },
  disablePreprocAutoOrientation: {
    kind: "boolean",
    v0: "disable_preproc_auto_orient",
    v1: "disable_preproc_auto_orient",
    tasks: EVERY_TASK,
  },
  disablePreprocContrast: { kind: "boolean", v0: true, v1: true, tasks: EVERY_TASK },
  disablePreprocGrayscale: { kind: "boolean", v0: true, v1: true, tasks: EVERY_TASK },
  disablePreprocStaticCrop: { kind: "boolean", v0: true, v1: true, tasks: EVERY_TASK },
  classAgnosticNms: { kind: "boolean", v1: true, tasks: DETECTIONS },
  classFilter: { kind: "texts", v1: true, tasks: DETECTIONS },
  fixBatchSize: { kind: "boolean", v1: true, tasks: DETECTIONS },
  includeAnomalyMap: { kind: "boolean", v0: true, v1: true, tasks: ["classification"] },
  visualizePredictions: { kind: "boolean", v1: true, tasks: BOX_AND_CLASS },
  visualizeLabels: { kind: "boolean", v0: "labels", v1: "visualization_labels", tasks: DETECTIONS },
  outputVisualisationFormat: { kind: "visualisation-format" },
  imageExtensionsForDirectoryScan: { kind: "texts" },
  clientDownsizingDisabled: { kind: "boolean" },
  defaultMaxInputSize: { kind: "size" },
  disableActiveLearning: { kind: "boolean", v0: true, v1: true, tasks: BOX_AND_CLASS },
  activeLearningTargetDataset: { kind: "text", v0: true, v1: true, tasks: BOX_AND_CLASS },
  maxConcurrentRequests: { kind: "size" },
  maxBatchSize: { kind: "size" },
  source: { kind: "text", v0: true, v1: true, tasks: EVERY_TASK },
  sourceInfo: { kind: "text", v0: true, v1: true, tasks: EVERY_TASK },
  profilingDirectory: { kind: "text" },
  workflowRunRetriesEnabled: { kind: "boolean" },
  responseMaskFormat: { kind: "mask-format", v0: true, v1: true, tasks: INSTANCES },
  apiKeyTransport: { kind: "key-transport" },
  allowReducedMaskResolution: { kind: "boolean", v0: true, v1: true, tasks: INSTANCES },
};

/** The names of all fields, in the order of the table. */
export const CONFIGURATION_FIELD_NAMES = Object.keys(CONFIGURATION_FIELDS).filter(isFieldName);

/** True for the name of a configuration field. */
export function isFieldName(name: string): name is keyof InferenceConfiguration {
  return Object.hasOwn(CONFIGURATION_FIELDS, name);
}

/** All fields, none with a value. */
export function unsetFields(): { readonly [Field in keyof InferenceConfiguration]: undefined };
export function unsetFields(): object {
  return Object.fromEntries(CONFIGURATION_FIELD_NAMES.map((name) => [name, undefined]));
}

/** Name of a field in the Python configuration. */
export function pythonName(field: keyof InferenceConfiguration): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
