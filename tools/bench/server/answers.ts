import { MODEL_ID, OBJECTS_PER_ANSWER } from "../workload.ts";

/** Answer of an object detection route. */
export const INFER_ANSWER = JSON.stringify({
  inference_id: "7f1c5a0e-9d0b-4f6c-8d61-0a5b6c7d8e9f",
  time: 0.0123,
  image: { width: 640, height: 480 },
  predictions: Array.from({ length: OBJECTS_PER_ANSWER }, (_, index) => ({
    x: 20.5 + index * 60,
    y: 112.25,
    width: 48,
    height: 36.5,
    confidence: 0.91,
    class: "car",
    class_id: 0,
    detection_id: `00000000-0000-4000-8000-00000000000${index}`,
  })),
});

/** Answer of a container of Inference Endpoints for object detection. */
export const CONTAINER_ANSWER = JSON.stringify(
  Array.from({ length: OBJECTS_PER_ANSWER }, (_, index) => ({
    score: 0.91,
    label: "car",
    box: { xmin: 20 + index * 60, ymin: 112, xmax: 68 + index * 60, ymax: 148 },
  })),
);

/** Answer of the model registry. */
export const REGISTRY_ANSWER = JSON.stringify({
  models: [{ model_id: MODEL_ID, task_type: "object-detection", input_width: 640, input_height: 640 }],
});
