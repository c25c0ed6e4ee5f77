import { InvalidParameterError } from "@inference-ts/errors";

/** Block that runs a model, by the model's task. */
const BLOCKS = {
  "object-detection": "roboflow_core/roboflow_object_detection_model@v2",
  "instance-segmentation": "roboflow_core/roboflow_instance_segmentation_model@v2",
  classification: "roboflow_core/roboflow_classification_model@v2",
  "multi-label-classification": "roboflow_core/roboflow_multi_label_classification_model@v2",
  "keypoint-detection": "roboflow_core/roboflow_keypoint_detection_model@v2",
  "semantic-segmentation": "roboflow_core/roboflow_semantic_segmentation_model@v2",
} as const;

/** Tasks of models that can be streamed by their id. */
export type StreamedTask = keyof typeof BLOCKS;

const isStreamedTask = (task: string): task is StreamedTask => Object.hasOwn(BLOCKS, task);

/**
 * The workflow that runs one model: input `imageInput`, outputs `predictions` and `image` (the frame itself).
 *
 * @throws InvalidParameterError for a task that has no block here.
 */
export function modelWorkflow(modelId: string, task: string, imageInput = "image"): Record<string, unknown> {
  checkStreamedTask(modelId, task);
  const image = `$inputs.${imageInput}`;
  return {
    version: "1.0",
    inputs: [{ type: "InferenceImage", name: imageInput }],
    steps: [{ type: BLOCKS[task], name: "model", images: image, model_id: modelId }],
    outputs: [
      {
        type: "JsonField",
        name: "predictions",
        coordinates_system: "own",
        selector: "$steps.model.predictions",
      },
      { type: "JsonField", name: "image", selector: image },
    ],
  };
}

/**
 * @throws InvalidParameterError for a task that has no block here.
 */
export function checkStreamedTask(modelId: string, task: string): asserts task is StreamedTask {
  if (isStreamedTask(task)) return;
  const known = Object.keys(BLOCKS).join(", ");
  throw new InvalidParameterError(
    `The task "${String(task)}" of model "${modelId}" cannot be streamed by model id; possible are ${known}. Write a workflow for it.`,
  );
}

/** Outputs of a session by model id, for lists that the caller left empty. */
export const MODEL_OUTPUTS = { streamOutput: ["image"], dataOutput: ["predictions"] } as const;
