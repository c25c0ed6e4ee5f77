import { randomUUID } from "node:crypto";
import { findShapes } from "../../detection.ts";
import { DEFAULT_PARAMETERS } from "../../task-parameters.ts";
import { booleanOf, numberOf } from "../../validation.ts";
import { DetectionsValue, PictureValue } from "../values.ts";
import type { Block, BlockProperty, StepContext, StepValues } from "./block.ts";

const FRACTION = { kinds: ["float_zero_to_one"], literal: "fraction" } as const;
const POSITIVE = { kinds: ["integer"], literal: "positive integer" } as const;
const FLAG = { kinds: ["boolean"], literal: "boolean" } as const;

const FIRST: Readonly<Record<string, BlockProperty>> = {
  images: { kinds: ["image"] },
  model_id: { kinds: ["roboflow_model_id"], literal: "text" },
};

const LAST: Readonly<Record<string, BlockProperty>> = {
  class_filter: { kinds: ["list_of_values"], literal: "texts", nullable: true, fallback: null },
  iou_threshold: { ...FRACTION, fallback: 0.3 },
  max_detections: { ...POSITIVE, fallback: 300 },
  class_agnostic_nms: { ...FLAG, nullable: true, fallback: false },
  max_candidates: { ...POSITIVE, fallback: 3000 },
  disable_active_learning: { ...FLAG, fallback: true },
  active_learning_target_dataset: {
    kinds: ["roboflow_project"],
    literal: "text",
    nullable: true,
    fallback: null,
  },
};

const CONFIDENCE: Readonly<Record<string, BlockProperty>> = { confidence: { ...FRACTION, fallback: 0.4 } };

const CONFIDENCE_MODE: Readonly<Record<string, BlockProperty>> = {
  confidence_mode: { kinds: ["string"], literal: "text", fallback: "best" },
  custom_confidence: { ...FRACTION, nullable: true, fallback: 0.4 },
};

function confidenceOf(values: StepValues): number {
  if (!("confidence_mode" in values)) return numberOf(values.confidence, DEFAULT_PARAMETERS.confidence);
  const custom = values.confidence_mode === "custom";
  return custom
    ? numberOf(values.custom_confidence, DEFAULT_PARAMETERS.confidence)
    : DEFAULT_PARAMETERS.confidence;
}

function detect(values: StepValues, context: StepContext) {
  const picture = values.images;
  const modelId = String(values.model_id);
  const model = context.model(modelId);
  if (!(picture instanceof PictureValue)) return { inference_id: null, predictions: null, model_id: null };
  const filter = values.class_filter;
  const shapes = findShapes(model, picture.pixels, {
    ...DEFAULT_PARAMETERS,
    confidence: confidenceOf(values),
    iouThreshold: numberOf(values.iou_threshold, DEFAULT_PARAMETERS.iouThreshold),
    maxDetections: numberOf(values.max_detections, DEFAULT_PARAMETERS.maxDetections),
    classAgnosticNms: booleanOf(values.class_agnostic_nms, false),
    classFilter: Array.isArray(filter) && filter.length > 0 ? filter.map(String) : null,
  });
  const boxes = shapes.map(({ left, top, right, bottom, confidence, classId }) => ({
    left,
    top,
    right,
    bottom,
    confidence,
    classId,
    className: model.classes[classId] ?? "",
    detectionId: randomUUID(),
  }));
  const { width, height } = picture.pixels;
  const predictions = new DetectionsValue({
    boxes,
    width,
    height,
    parent: picture.parent,
    root: picture.root,
  });
  return { inference_id: context.inferenceId, predictions, model_id: modelId };
}

const PREDICTIONS = ["object_detection_prediction"] as const;

const common = {
  title: "Object Detection Model",
  gain: 0,
  takesBatch: true,
  operations: ["model_inference"],
  run: detect,
} as const;

const className = (version: number) =>
  `models.roboflow.object_detection.v${version}.RoboflowObjectDetectionModelBlockV${version}`;

/** The three versions of the object detection block: they differ in outputs and in how confidence is given. */
export const detectors: readonly Block[] = [
  {
    ...common,
    types: [
      "roboflow_core/roboflow_object_detection_model@v1",
      "RoboflowObjectDetectionModel",
      "ObjectDetectionModel",
    ],
    className: className(1),
    properties: { ...FIRST, ...CONFIDENCE, ...LAST },
    outputs: { inference_id: ["string"], predictions: PREDICTIONS },
  },
  {
    ...common,
    types: ["roboflow_core/roboflow_object_detection_model@v2"],
    className: className(2),
    properties: { ...FIRST, ...CONFIDENCE, ...LAST },
    outputs: { inference_id: ["inference_id"], predictions: PREDICTIONS, model_id: ["roboflow_model_id"] },
  },
  {
    ...common,
    types: ["roboflow_core/roboflow_object_detection_model@v3"],
    className: className(3),
    properties: { ...FIRST, ...CONFIDENCE_MODE, ...LAST },
    outputs: { inference_id: ["inference_id"], predictions: PREDICTIONS, model_id: ["roboflow_model_id"] },
  },
];
