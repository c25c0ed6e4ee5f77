import type { GoldenCase } from "../read-case.ts";
import { callContext, clientContext } from "../recorded-context.ts";
import { configurationInForce } from "../recorded-facts.ts";

type Names = readonly (readonly [python: string, wire: string])[];

const PREPROCESSING: Names = [
  ["disable_preproc_auto_orientation", "disable_preproc_auto_orient"],
  ["disable_preproc_contrast", "disable_preproc_contrast"],
  ["disable_preproc_grayscale", "disable_preproc_grayscale"],
  ["disable_preproc_static_crop", "disable_preproc_static_crop"],
  ["disable_active_learning", "disable_active_learning"],
  ["active_learning_target_dataset", "active_learning_target_dataset"],
];
const DETECTION: Names = [
  ...PREPROCESSING,
  ["class_agnostic_nms", "class_agnostic_nms"],
  ["class_filter", "class_filter"],
  ["confidence_threshold", "confidence"],
  ["fix_batch_size", "fix_batch_size"],
  ["iou_threshold", "iou_threshold"],
  ["max_detections", "max_detections"],
  ["max_candidates", "max_candidates"],
  ["visualize_labels", "visualization_labels"],
  ["stroke_width", "visualization_stroke_width"],
  ["visualize_predictions", "visualize_predictions"],
];
const V1: Readonly<Record<string, Names>> = {
  "object-detection": DETECTION,
  "keypoint-detection": [...DETECTION, ["keypoint_confidence_threshold", "keypoint_confidence"]],
  "instance-segmentation": [
    ...DETECTION,
    ["mask_decode_mode", "mask_decode_mode"],
    ["tradeoff_factor", "tradeoff_factor"],
    ["allow_reduced_mask_resolution", "allow_reduced_mask_resolution"],
    ["response_mask_format", "response_mask_format"],
  ],
  classification: [
    ...PREPROCESSING,
    ["include_anomaly_map", "include_anomaly_map"],
    ["confidence_threshold", "confidence"],
    ["visualize_predictions", "visualize_predictions"],
    ["stroke_width", "visualization_stroke_width"],
  ],
};
/** What Python's client, which has no semantic segmentation, would send of its settings. */
const SEMANTIC: Names = [
  ...PREPROCESSING.filter(([name]) => name.startsWith("disable_preproc_")),
  ["confidence_threshold", "confidence"],
];
const V0: Names = [
  ...PREPROCESSING,
  ["confidence_threshold", "confidence"],
  ["keypoint_confidence_threshold", "keypoint_confidence"],
  ["format", "format"],
  ["visualize_labels", "labels"],
  ["mask_decode_mode", "mask_decode_mode"],
  ["tradeoff_factor", "tradeoff_factor"],
  ["allow_reduced_mask_resolution", "allow_reduced_mask_resolution"],
  ["max_detections", "max_detections"],
  ["iou_threshold", "overlap"],
  ["stroke_width", "stroke"],
  ["response_mask_format", "response_mask_format"],
  ["include_anomaly_map", "include_anomaly_map"],
];
/** What Python sends without having been told to. */
const DEFAULTS = {
  visualize_predictions: false,
  disable_active_learning: false,
  allow_reduced_mask_resolution: false,
};

/** Fields of a v1 body that the configuration and the context of a case give, for a task that Python knows. */
export function settingsInBody(golden: GoldenCase, task: string): Readonly<Record<string, unknown>> {
  return {
    ...named(golden, task === "semantic-segmentation" ? SEMANTIC : (V1[task] ?? [])),
    ...attribution(golden),
  };
}

/** What of the preprocessing is configured, as image embeddings have it. */
export function preprocessing(golden: GoldenCase): Readonly<Record<string, unknown>> {
  return named(
    golden,
    PREPROCESSING.filter(([name]) => name.startsWith("disable_preproc_")),
  );
}

/** Source and tags, as every body has them. */
export function attribution(golden: GoldenCase): Readonly<Record<string, unknown>> {
  const { source, source_info: info } = configurationInForce(golden);
  return { ...set({ source, source_info: info }), ...callContext(golden).usageTags };
}

/** The query of a v0 request, without the key. */
export function settingsInQuery(golden: GoldenCase): readonly (readonly [string, string])[] {
  return pairs({ ...named(golden, V0), ...attribution(golden), ...tagOrigin(golden), ...billing(golden) });
}

/** The query of a request whose settings are in its body. */
export function billingQuery(golden: GoldenCase): readonly (readonly [string, string])[] {
  return pairs(billing(golden));
}

/** The query of core models: billing, and with tags what the call is attributed to. */
export function coreQuery(golden: GoldenCase): readonly (readonly [string, string])[] {
  const tagged = Object.keys(callContext(golden).usageTags ?? {}).length > 0;
  return pairs({ ...(tagged ? { ...attribution(golden), ...tagOrigin(golden) } : {}), ...billing(golden) });
}

/** Headers that tie a call to what it is part of. */
export function contextHeaders(golden: GoldenCase): Readonly<Record<string, string>> {
  const { executionId } = callContext(golden);
  const { executionIdHeader = "execution_id", internalServiceSecret } = clientContext(golden);
  return {
    ...(executionId === undefined ? {} : { [executionIdHeader.toLowerCase()]: executionId }),
    ...(internalServiceSecret === undefined ? {} : { "x-internal-remote-exec-req": internalServiceSecret }),
  };
}

function billing(golden: GoldenCase): Readonly<Record<string, unknown>> {
  const { outboundServiceSecret } = callContext(golden);
  if (outboundServiceSecret !== undefined)
    return { service_secret: outboundServiceSecret, countinference: false };
  const { service_secret: secret, count_inference: counts } = configurationInForce(golden);
  return set({ service_secret: secret, countinference: counts });
}

function tagOrigin(golden: GoldenCase): Readonly<Record<string, string>> {
  return callContext(golden).usageTags?.source_info === undefined ? {} : { source_info_origin: "context" };
}

function named(golden: GoldenCase, names: Names): Readonly<Record<string, unknown>> {
  const settings: Readonly<Record<string, unknown>> = { ...DEFAULTS, ...configurationInForce(golden) };
  return set(Object.fromEntries(names.map(([python, wire]) => [wire, settings[python]])));
}

function set(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** Queries as Python writes them. */
function pairs(fields: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === "boolean" ? (value ? "True" : "False") : String(value),
  ]);
}
