import { expect, test } from "vitest";
import { type PipelineSettings, startPipelineBody } from "./start-request.ts";

const specification = { version: "1.0", inputs: [], steps: [], outputs: [] };

test("what the Python client always sends is always sent, the rest is left out", () => {
  expect(startPipelineBody({ videoReference: 0, specification })).toEqual({
    video_configuration: {
      type: "VideoConfiguration",
      video_reference: 0,
      max_fps: null,
      source_buffer_filling_strategy: "DROP_OLDEST",
      source_buffer_consumption_strategy: "EAGER",
      video_source_properties: null,
      batch_collection_timeout: null,
    },
    processing_configuration: {
      type: "WorkflowConfiguration",
      workflow_specification: specification,
      workspace_name: null,
      workflow_id: null,
      image_input_name: "image",
      workflows_parameters: null,
      workflows_thread_pool_workers: 4,
      cancel_thread_pool_tasks_on_exit: true,
      video_metadata_input_name: "video_metadata",
    },
    sink_configuration: { type: "MemorySinkConfiguration", results_buffer_size: 64 },
  });
});

test("every setting has its field; milliseconds become seconds", () => {
  const body = startPipelineBody({
    videoReference: "rtsp://camera/1",
    workspaceName: "w",
    workflowId: "f",
    workflowVersionId: "7",
    imageInputName: "i",
    workflowsParameters: { a: 1 },
    videoMetadataInputName: "m",
    workflowsThreadPoolWorkers: 1,
    executionEngineThreadPoolWorkers: 2,
    cancelThreadPoolTasksOnExit: false,
    disableSinks: true,
    maxFps: 2.5,
    sourceBufferFillingStrategy: null,
    sourceBufferConsumptionStrategy: "LAZY",
    videoSourceProperties: { fourcc: "MJPG", fps: 30 },
    batchCollectionTimeoutMs: 250,
    resultsBufferSize: 3,
    consumptionTimeoutMs: 60_000,
    predictionsQueueSize: 4,
    decodingBufferSize: 5,
  });
  expect(body).toEqual({
    video_configuration: {
      type: "VideoConfiguration",
      video_reference: "rtsp://camera/1",
      max_fps: 2.5,
      source_buffer_filling_strategy: null,
      source_buffer_consumption_strategy: "LAZY",
      video_source_properties: { fourcc: "MJPG", fps: 30 },
      batch_collection_timeout: 0.25,
    },
    processing_configuration: {
      type: "WorkflowConfiguration",
      workflow_specification: null,
      workspace_name: "w",
      workflow_id: "f",
      workflow_version_id: "7",
      image_input_name: "i",
      workflows_parameters: { a: 1 },
      workflows_thread_pool_workers: 1,
      execution_engine_thread_pool_workers: 2,
      cancel_thread_pool_tasks_on_exit: false,
      disable_sinks: true,
      video_metadata_input_name: "m",
    },
    sink_configuration: { type: "MemorySinkConfiguration", results_buffer_size: 3 },
    consumption_timeout: 60,
    predictions_queue_size: 4,
    decoding_buffer_size: 5,
  });
});

test("a bare name passes where the check is switched off", () => {
  const body = startPipelineBody({ videoReference: "v.mp4", anyVideoReference: true, specification });
  expect(body.video_configuration.video_reference).toBe("v.mp4");
});

test("half a name beside a specification is passed over", () => {
  const body = startPipelineBody({ videoReference: 0, specification: {}, workspaceName: "w" });
  expect(body.processing_configuration).toMatchObject({ workflow_specification: {}, workspace_name: "w" });
});

const named = { workspaceName: "w", workflowId: "f" };

test.each<[Record<string, unknown>, string]>([
  [{ specification, ...named }, "not both"],
  [{}, "no workflow"],
  [{ workflowId: "f" }, "workspaceName is missing"],
  [{ workspaceName: "w" }, "workflowId is missing"],
  [{ specification: [] }, "specification"],
  [{ specification, workflowVersionId: "1" }, "workflowVersionId"],
  [{ ...named, videoReference: "v.mp4" }, "v.mp4"],
  [{ ...named, maxFps: 0 }, "maxFps (0)"],
  [{ ...named, resultsBufferSize: 1.5 }, "resultsBufferSize (1.5)"],
  [{ ...named, consumptionTimeoutMs: Number.NaN }, "consumptionTimeoutMs (NaN)"],
  [{ ...named, sourceBufferFillingStrategy: "FAST" }, "DROP_OLDEST"],
  [{ ...named, imageInputName: "" }, "imageInputName"],
])("%j is refused", (change, message) => {
  const settings: PipelineSettings = { videoReference: 0, ...change };
  expect(() => startPipelineBody(settings)).toThrow(
    expect.objectContaining({ code: "INVALID_PARAMETER", message: expect.stringContaining(message) }),
  );
});
