import { INFER_TASK_ENDPOINTS, type InferTask } from "@inference-ts/endpoints";
import { ModelTaskTypeNotSupportedError } from "@inference-ts/errors";
import type { ImageSize } from "@inference-ts/images";
import type { InferenceConfiguration } from "../configuration/configuration.ts";
import { v1Body, v1Query } from "../configuration/wire-parameters.ts";
import type { ModelDescription } from "../models/decode-models.ts";
import type { InferPlanV1 } from "./infer-plan.ts";

/**
 * Plans v1 requests for a model as the server describes it.
 *
 * @throws ModelTaskTypeNotSupportedError when the model's task has no route for images.
 */
export function planV1(configuration: InferenceConfiguration, model: ModelDescription): InferPlanV1 {
  return planTask(configuration, model, inferTaskOf(model));
}

function planTask<T extends InferTask>(
  configuration: InferenceConfiguration,
  model: ModelDescription,
  task: T,
): InferPlanV1<T> {
  return {
    mode: "v1",
    modelId: model.model_id,
    task,
    parameters: v1Body(configuration, task),
    query: v1Query(configuration),
    downsizeTo: configuration.clientDownsizingDisabled ? null : inputSize(configuration, model),
    batchSize: configuration.maxBatchSize,
    concurrency: configuration.maxConcurrentRequests,
  };
}

function inferTaskOf(model: ModelDescription): InferTask {
  const task = model.task_type;
  if (isInferTask(task)) return task;
  throw new ModelTaskTypeNotSupportedError(
    `The model ${model.model_id} is for the task "${task}", which infer() does not run.`,
    {
      hint:
        task === "action-recognition"
          ? "Action recognition takes clips, not images."
          : `infer() runs: ${Object.keys(INFER_TASK_ENDPOINTS).join(", ")}.`,
    },
  );
}

function isInferTask(task: string): task is InferTask {
  return Object.hasOwn(INFER_TASK_ENDPOINTS, task);
}

// A model of dynamic size has none in the registry; then the configured limit counts.
function inputSize(configuration: InferenceConfiguration, model: ModelDescription): ImageSize {
  return {
    width: sideOf(model.input_width) ?? configuration.defaultMaxInputSize,
    height: sideOf(model.input_height) ?? configuration.defaultMaxInputSize,
  };
}

function sideOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 1 ? value : undefined;
}
