import type {
  ClassificationInferenceResponse,
  InstanceSegmentationInferenceResponse,
  KeypointsDetectionInferenceResponse,
  ModelDescriptionEntity,
  ModelsDescriptions,
  MultiLabelClassificationInferenceResponse,
  ObjectDetectionInferenceResponse,
  SemanticSegmentationInferenceResponse,
  ServerVersionInfo,
} from "@inference-ts/schema";
import type { SandboxTask } from "../sandbox/models.ts";

/** Answer of `GET /info`. */
export const serverInfoFixture: ServerVersionInfo = {
  name: "Roboflow Inference Server (fixture)",
  version: "1.8.3",
  uuid: "fixture",
};

const image = { width: 64, height: 48 };
const common = { inference_id: "00000000-0000-4000-8000-000000000001", time: 0.0125, image };

const redBox = {
  x: 14,
  y: 16,
  width: 16,
  height: 20,
  confidence: 0.95,
  class: "red",
  class_id: 0,
  detection_id: "00000000-0000-4000-8000-000000000002",
};

const blueBox = {
  x: 47,
  y: 30,
  width: 22,
  height: 24,
  confidence: 0.75,
  class: "blue",
  class_id: 2,
  detection_id: "00000000-0000-4000-8000-000000000003",
};

/** Two boxes, red and blue, in a picture of 64 x 48 pixels. */
export const objectDetectionFixture: ObjectDetectionInferenceResponse = {
  ...common,
  predictions: [redBox, blueBox],
};

/** A red square as a polygon. */
export const instanceSegmentationFixture: InstanceSegmentationInferenceResponse = {
  ...common,
  predictions: [
    {
      ...redBox,
      mask_format: "polygon",
      points: [
        { x: 6, y: 6 },
        { x: 6, y: 25 },
        { x: 21, y: 25 },
        { x: 21, y: 6 },
      ],
    },
  ],
};

/** A red box with three keypoints. */
export const keypointDetectionFixture: KeypointsDetectionInferenceResponse = {
  ...common,
  predictions: [
    {
      ...redBox,
      keypoints: [
        { x: 6, y: 6, confidence: 0.9, class_id: 0, class: "top-left" },
        { x: 14, y: 16, confidence: 0.8, class_id: 1, class: "centre" },
        { x: 22, y: 26, confidence: 0.3, class_id: 2, class: "bottom-right" },
      ],
    },
  ],
};

/** One label: blue, before red. */
export const classificationFixture: ClassificationInferenceResponse = {
  ...common,
  predictions: [
    { class: "blue", class_id: 2, confidence: 0.6338 },
    { class: "red", class_id: 0, confidence: 0.2857 },
    { class: "green", class_id: 1, confidence: 0.0806 },
  ],
  top: "blue",
  confidence: 0.6338,
};

/** Two of three labels. */
export const multiLabelClassificationFixture: MultiLabelClassificationInferenceResponse = {
  ...common,
  predictions: {
    red: { confidence: 0.5545, class_id: 0 },
    green: { confidence: 0.018, class_id: 1 },
    blue: { confidence: 0.9466, class_id: 2 },
  },
  predicted_classes: ["red", "blue"],
};

/** A 64 x 48 class map with a red square from (10, 8) to (29, 27), as the real server sent it. */
export const semanticSegmentationFixture: SemanticSegmentationInferenceResponse = {
  ...common,
  predictions: {
    segmentation_mask:
      "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAAAAACEICPDAAAAMElEQVR4nGNgGAWjgIGBESsTDv4TNICJUheMGjBqwKgBowYMHgNGwSgYBaNgFCAAAEGFASjIrSWjAAAAAElFTkSuQmCC",
    class_map: { "0": "background", "1": "red", "2": "green", "3": "blue" },
    confidence_mask:
      "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAAAAACEICPDAAAAOklEQVR4nGP8x0AZYKJQ/6gB1DCABcGsxyLdSNAAxtF0MGrAqAGjBowaAAejheqoAaMGjBowagACAACsSwVc91FYPQAAAABJRU5ErkJggg==",
    present_class_ids: [0, 1],
  },
};

/** Answer of each task for one picture. */
export const taskFixtures = {
  "object-detection": objectDetectionFixture,
  "instance-segmentation": instanceSegmentationFixture,
  "keypoint-detection": keypointDetectionFixture,
  classification: classificationFixture,
  "multi-label-classification": multiLabelClassificationFixture,
  "semantic-segmentation": semanticSegmentationFixture,
} as const satisfies Record<SandboxTask, object>;

/** How the registry describes a model. */
export function modelDescriptionFixture(modelId: string, task: SandboxTask): ModelDescriptionEntity {
  return {
    model_id: modelId,
    task_type: task,
    batch_size: null,
    input_height: 64,
    input_width: 64,
    vram_bytes: null,
    request_aliases: [],
    request_paths: ["/model/add"],
  };
}

/** Answer of the registry routes with these models loaded. */
export function registryFixture(models: readonly ModelDescriptionEntity[]): ModelsDescriptions {
  return {
    models: [...models],
    total_vram_bytes: null,
    gpu_memory_used: null,
    gpu_memory_total: null,
    torch_cuda_allocated: null,
    torch_cuda_reserved: null,
    torch_cuda_allocator_cache: null,
    non_torch_gpu_memory: null,
  };
}
