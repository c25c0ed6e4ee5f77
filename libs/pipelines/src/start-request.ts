import { InvalidParameterError } from "@inference-ts/errors";
import type { Schema } from "@inference-ts/schema";
import { checkVideoReference, type VideoReference } from "./video-reference.ts";

type Video = Schema<"VideoConfiguration">;
type Workflow = Schema<"WorkflowConfiguration">;

/** Body of `POST /inference_pipelines/initialise`. */
export type StartPipelineBody = Schema<"InitialisePipelinePayload">;

/** What the server does with frames that come faster than they are worked on. */
export type BufferFillingStrategy = Schema<"BufferFillingStrategy">;

/** Whether the server takes frames as they come, or the newest only. */
export type BufferConsumptionStrategy = Schema<"BufferConsumptionStrategy">;

/** The values of {@link BufferFillingStrategy}. */
export const BUFFER_FILLING_STRATEGIES: readonly BufferFillingStrategy[] = [
  "WAIT",
  "DROP_OLDEST",
  "ADAPTIVE_DROP_OLDEST",
  "DROP_LATEST",
  "ADAPTIVE_DROP_LATEST",
];

/** The values of {@link BufferConsumptionStrategy}. */
export const BUFFER_CONSUMPTION_STRATEGIES: readonly BufferConsumptionStrategy[] = ["LAZY", "EAGER"];

/** A pipeline: what it reads, which workflow it runs, and how. `null` is sent as `null`: the server decides. */
export interface PipelineSettings {
  /**
   * Camera index, URL (http, rtsp, rtmp, udp, srt, file, ... with `://`) or path **on the server**: `/x`, `./x`, `../x`, `C:\x`. Several at
   * once are worked on as a batch.
   */
  readonly videoReference: VideoReference;
  /** Switches the check of `videoReference` off, for a server up to 1.5 or with `ALLOW_UNSAFE_GSTREAMER_PIPELINES`. Default false. */
  readonly anyVideoReference?: boolean | undefined;
  /** The workflow itself; or name a stored one by `workspaceName` and `workflowId`. */
  readonly specification?: Readonly<Record<string, unknown>> | undefined;
  readonly workspaceName?: string | undefined;
  readonly workflowId?: string | undefined;
  /** Version of the stored workflow. Default: the newest. */
  readonly workflowVersionId?: string | undefined;
  /** Name of the workflow's image input that gets the frames. Default `"image"`. */
  readonly imageInputName?: string | undefined;
  /** Values of the workflow's other inputs. */
  readonly workflowsParameters?: Readonly<Record<string, unknown>> | null | undefined;
  /** Name of the input that gets the frame's metadata. Default `"video_metadata"`. */
  readonly videoMetadataInputName?: string | undefined;
  /** Threads for what blocks do in the background. Default 4. */
  readonly workflowsThreadPoolWorkers?: number | undefined;
  /** Threads for steps that run side by side. Default 4. */
  readonly executionEngineThreadPoolWorkers?: number | undefined;
  /** Whether background work is dropped when the pipeline ends. Default true. */
  readonly cancelThreadPoolTasksOnExit?: boolean | undefined;
  /** Leaves out the blocks that send or store something. Default false. */
  readonly disableSinks?: boolean | undefined;
  /** Most frames per second that are worked on. Default: as fast as they come. */
  readonly maxFps?: Video["max_fps"];
  /** Default `"DROP_OLDEST"`; `"WAIT"` loses no frame of a file. */
  readonly sourceBufferFillingStrategy?: BufferFillingStrategy | null | undefined;
  /** Default `"EAGER"`; `"LAZY"` takes every frame in turn. */
  readonly sourceBufferConsumptionStrategy?: BufferConsumptionStrategy | null | undefined;
  /** Settings of the camera, such as `{ frame_width: 1280, fps: 30, fourcc: "MJPG" }`. */
  readonly videoSourceProperties?: Video["video_source_properties"];
  /** How long a batch waits for slower sources, in milliseconds. Default: the server's. */
  readonly batchCollectionTimeoutMs?: number | null | undefined;
  /** Results kept for `consume`; the oldest is dropped when it is full. Default 64. */
  readonly resultsBufferSize?: number | undefined;
  /** The server ends a pipeline whose results nobody took for so long, in milliseconds. Default: the server's. */
  readonly consumptionTimeoutMs?: number | null | undefined;
  /** Results that wait inside the pipeline. Default 512. */
  readonly predictionsQueueSize?: number | undefined;
  /**
   * Decoded frames that wait for each source. Default 64. With 2 all frames of a file can be taken (see `results`); with 1 the server
   * 1.8.3 can hang at `terminate`, with all its pipelines.
   */
  readonly decodingBufferSize?: number | undefined;
}

/** Settings that must be whole numbers of 1 or more. */
const COUNTS = [
  "workflowsThreadPoolWorkers",
  "executionEngineThreadPoolWorkers",
  "resultsBufferSize",
  "predictionsQueueSize",
  "decodingBufferSize",
] as const;

/** Settings that must be above 0; `null` is left to the server. */
const AMOUNTS = ["maxFps", "batchCollectionTimeoutMs", "consumptionTimeoutMs"] as const;

/** Settings that must be text with something in it. */
const TEXTS = [
  "workspaceName",
  "workflowId",
  "workflowVersionId",
  "imageInputName",
  "videoMetadataInputName",
] as const;

/** Settings that have a fixed set of values. */
const STRATEGIES = [
  ["sourceBufferFillingStrategy", BUFFER_FILLING_STRATEGIES],
  ["sourceBufferConsumptionStrategy", BUFFER_CONSUMPTION_STRATEGIES],
] as const;

/**
 * Checks the settings and writes the request's body, without the key. Fields that the Python client always sends are always sent, with
 * its defaults; the others only when they are given.
 *
 * @throws InvalidParameterError for a workflow that is named twice or not at all, a source that the server refuses, a value out of range.
 */
export function startPipelineBody(settings: PipelineSettings): Omit<StartPipelineBody, "api_key"> {
  checkSettings(settings);
  const { consumptionTimeoutMs: timeoutMs, predictionsQueueSize, decodingBufferSize } = settings;
  return {
    video_configuration: videoConfiguration(settings),
    processing_configuration: workflowConfiguration(settings),
    sink_configuration: {
      type: "MemorySinkConfiguration",
      results_buffer_size: settings.resultsBufferSize ?? 64,
    },
    ...(timeoutMs === undefined ? {} : { consumption_timeout: inSeconds(timeoutMs) }),
    ...(predictionsQueueSize === undefined ? {} : { predictions_queue_size: predictionsQueueSize }),
    ...(decodingBufferSize === undefined ? {} : { decoding_buffer_size: decodingBufferSize }),
  };
}

function videoConfiguration(settings: PipelineSettings): Video {
  const { sourceBufferFillingStrategy: filling, sourceBufferConsumptionStrategy: consumption } = settings;
  return {
    type: "VideoConfiguration",
    video_reference: settings.videoReference,
    max_fps: settings.maxFps ?? null,
    source_buffer_filling_strategy: filling === undefined ? "DROP_OLDEST" : filling,
    source_buffer_consumption_strategy: consumption === undefined ? "EAGER" : consumption,
    video_source_properties: settings.videoSourceProperties ?? null,
    batch_collection_timeout: inSeconds(settings.batchCollectionTimeoutMs ?? null),
  };
}

function workflowConfiguration(settings: PipelineSettings): Workflow {
  const { workflowVersionId, disableSinks, executionEngineThreadPoolWorkers: engineWorkers } = settings;
  return {
    type: "WorkflowConfiguration",
    workflow_specification: settings.specification ?? null,
    workspace_name: settings.workspaceName ?? null,
    workflow_id: settings.workflowId ?? null,
    image_input_name: settings.imageInputName ?? "image",
    workflows_parameters: settings.workflowsParameters ?? null,
    workflows_thread_pool_workers: settings.workflowsThreadPoolWorkers ?? 4,
    cancel_thread_pool_tasks_on_exit: settings.cancelThreadPoolTasksOnExit ?? true,
    video_metadata_input_name: settings.videoMetadataInputName ?? "video_metadata",
    ...(workflowVersionId === undefined ? {} : { workflow_version_id: workflowVersionId }),
    ...(disableSinks === undefined ? {} : { disable_sinks: disableSinks }),
    ...(engineWorkers === undefined ? {} : { execution_engine_thread_pool_workers: engineWorkers }),
  };
}

function inSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}

function checkSettings(settings: PipelineSettings): void {
  checkWorkflow(settings);
  if (settings.anyVideoReference !== true) checkVideoReference(settings.videoReference);
  for (const name of COUNTS) {
    const value = settings[name];
    if (value === undefined || (Number.isSafeInteger(value) && value > 0)) continue;
    throw new InvalidParameterError(`${name} (${String(value)}) must be a whole number above 0.`);
  }
  for (const name of AMOUNTS) {
    const value = settings[name];
    if (value === undefined || value === null || (Number.isFinite(value) && value > 0)) continue;
    throw new InvalidParameterError(`${name} (${String(value)}) must be a number above 0, or null.`);
  }
  for (const [name, allowed] of STRATEGIES) {
    const value = settings[name];
    if (value === undefined || value === null || allowed.some((known) => known === value)) continue;
    throw new InvalidParameterError(`${name} "${String(value)}" is none of ${allowed.join(", ")}.`);
  }
  for (const name of TEXTS) {
    const value: unknown = settings[name];
    if (value === undefined || value === null || (typeof value === "string" && value !== "")) continue;
    throw new InvalidParameterError(`${name} must be text that is not empty.`);
  }
}

function checkWorkflow({
  specification,
  workspaceName,
  workflowId,
  workflowVersionId,
}: PipelineSettings): void {
  const isNamed = isGiven(workspaceName) || isGiven(workflowId);
  // Half a name beside a specification says nothing; it is passed over, as with runs of workflows.
  if (isGiven(specification) && isGiven(workspaceName) && isGiven(workflowId)) {
    throw new InvalidParameterError("Give the workflow as specification or by name, not both.", {
      hint: "Leave out specification, or workspaceName and workflowId.",
    });
  }
  if (isGiven(specification)) {
    if (typeof specification !== "object" || Array.isArray(specification)) {
      throw new InvalidParameterError("specification must be the workflow's definition, an object.");
    }
    if (!isGiven(workflowVersionId)) return;
    throw new InvalidParameterError(
      "workflowVersionId belongs to a stored workflow, not to a specification.",
    );
  }
  if (isGiven(workspaceName) && isGiven(workflowId)) return;
  throw new InvalidParameterError(
    isNamed
      ? `A stored workflow needs workspaceName and workflowId; ${isGiven(workflowId) ? "workspaceName" : "workflowId"} is missing.`
      : "The pipeline has no workflow: give specification, or workspaceName and workflowId.",
  );
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
