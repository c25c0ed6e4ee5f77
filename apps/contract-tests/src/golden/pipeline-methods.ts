import type { InferenceHTTPClient } from "@inference-ts/sdk/node";
import type { Arguments, MethodSpec } from "./method-spec.ts";

/** Parameters of the start in Python's order, with our names. */
const START: Readonly<Record<string, string>> = {
  video_reference: "videoReference",
  workflow_specification: "specification",
  workspace_name: "workspaceName",
  workflow_id: "workflowId",
  image_input_name: "imageInputName",
  workflows_parameters: "workflowsParameters",
  workflows_thread_pool_workers: "workflowsThreadPoolWorkers",
  cancel_thread_pool_tasks_on_exit: "cancelThreadPoolTasksOnExit",
  video_metadata_input_name: "videoMetadataInputName",
  max_fps: "maxFps",
  source_buffer_filling_strategy: "sourceBufferFillingStrategy",
  source_buffer_consumption_strategy: "sourceBufferConsumptionStrategy",
  video_source_properties: "videoSourceProperties",
  batch_collection_timeout: "batchCollectionTimeoutMs",
  results_buffer_size: "resultsBufferSize",
};

const byId = (
  method:
    | "getInferencePipelineStatus"
    | "pauseInferencePipeline"
    | "resumeInferencePipeline"
    | "terminateInferencePipeline",
): MethodSpec => ({
  parameters: ["pipeline_id"],
  // Ids are recorded of every type on purpose.
  run: (client, { pipeline_id: id }) => Reflect.apply(client[method], client, [id]),
});

/** Methods of inference pipelines. */
export const PIPELINE_METHODS: Readonly<Record<string, MethodSpec>> = {
  start_inference_pipeline_with_workflow: {
    parameters: Object.keys(START),
    run: (client, args, context) => start(client, { ...context, ...startOptions(args) }),
  },
  list_inference_pipelines: { parameters: [], run: (client) => client.listInferencePipelines() },
  get_inference_pipeline_status: byId("getInferencePipelineStatus"),
  pause_inference_pipeline: byId("pauseInferencePipeline"),
  resume_inference_pipeline: byId("resumeInferencePipeline"),
  terminate_inference_pipeline: byId("terminateInferencePipeline"),
  consume_inference_pipeline_result: {
    parameters: ["pipeline_id", "excluded_fields"],
    run: (client, { pipeline_id: id, excluded_fields: excluded }) =>
      Reflect.apply(client.consumeInferencePipelineResult, client, [
        id,
        Array.isArray(excluded) ? { excludedFields: excluded } : {},
      ]),
  },
};

/** Our start gives a handle; the answer that Python returns is in it. */
async function start(client: InferenceHTTPClient, options: object): Promise<unknown> {
  const pipeline = await Reflect.apply(client.startInferencePipelineWithWorkflow, client, [options]);
  return pipeline.answer;
}

/** Python counts seconds; `null` of the workflow's names is what ours calls "not given". */
function startOptions(args: Arguments): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [python, ours] of Object.entries(START)) {
    const value = args[python];
    if (value === undefined) continue;
    options[ours] = ours === "batchCollectionTimeoutMs" && typeof value === "number" ? value * 1000 : value;
  }
  return options;
}
