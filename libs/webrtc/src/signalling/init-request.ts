import { InvalidParameterError } from "@inference-ts/errors";
import type { Schema } from "@inference-ts/schema";
import type { CheckedStreamConfig } from "../config/stream-config.ts";
import type { WireIceServer } from "../config/turn-server.ts";
import { checkSource, planPeer, type SourcePlan } from "../config/video-source.ts";
import { MODEL_OUTPUTS, modelWorkflow } from "./model-workflow.ts";

/** What the worker runs on the frames: a workflow, or one model. */
export type StreamedWork =
  | { readonly specification: Readonly<Record<string, unknown>> }
  | { readonly workflowId: string; readonly workspace: string }
  | { readonly modelId: string; readonly task: string };

/** What the caller gives; exactly one of `workflow` and `modelId`. */
export interface WorkChoice {
  /** Specification of a workflow, or its id. */
  readonly workflow?: string | Readonly<Record<string, unknown>> | undefined;
  /** Needed with the id of a workflow. */
  readonly workspace?: string | undefined;
  readonly modelId?: string | undefined;
  /** Task of the model, such as `object-detection`; looked up when left out. */
  readonly taskType?: string | undefined;
}

/** A {@link StreamedWork} whose task may still have to be looked up. */
export type ChosenWork =
  | Exclude<StreamedWork, { readonly modelId: string }>
  | { readonly modelId: string; readonly task: string | undefined };

/**
 * Reads the caller's choice.
 *
 * @throws InvalidParameterError when it is none, more than one, or incomplete.
 */
export function chooseWork({ workflow, workspace, modelId, taskType }: WorkChoice): ChosenWork {
  if ((workflow === undefined) === (modelId === undefined)) {
    throw new InvalidParameterError(
      `A live video session needs exactly one of workflow and modelId; ${workflow === undefined ? "none" : "both"} was given.`,
    );
  }
  if (modelId !== undefined) {
    if (typeof modelId !== "string" || modelId === "")
      throw new InvalidParameterError("modelId must be a text.");
    return { modelId, task: taskType };
  }
  if (taskType !== undefined) {
    throw new InvalidParameterError(
      "taskType belongs to modelId; a workflow names the tasks of its models itself.",
    );
  }
  if (typeof workflow === "string") {
    if (workflow === "" || workspace === undefined || workspace === "") {
      throw new InvalidParameterError("The id of a workflow needs workspace: the name of its workspace.");
    }
    return { workflowId: workflow, workspace };
  }
  if (typeof workflow === "object" && workflow !== null && !Array.isArray(workflow))
    return { specification: workflow };
  throw new InvalidParameterError(
    "workflow must be the id of a workflow (a text) or its specification (an object).",
  );
}

/** Outputs and pace of a session, after what source and work have to say. */
export interface SessionPlan {
  readonly streamOutput: readonly string[];
  readonly dataOutput: readonly string[];
  readonly realtime: boolean;
  /** The outputs whose pictures come in the data, the frame first; empty when pictures come as video or not at all. */
  readonly picturesInData: readonly string[];
  /** The connection has no video line: pictures can come with the data only. */
  readonly onlyData: boolean;
  /** The server sends a video track. */
  readonly hasVideo: boolean;
}

/** Settles what the configuration, the source and the kind of work say about outputs and pace. Pure. */
export function planSession(config: CheckedStreamConfig, source: SourcePlan, work: ChosenWork): SessionPlan {
  const byModel = "modelId" in work;
  const streamOutput =
    config.streamOutput.length === 0 && byModel ? MODEL_OUTPUTS.streamOutput : config.streamOutput;
  const dataOutput = config.dataOutput.length === 0 && byModel ? MODEL_OUTPUTS.dataOutput : config.dataOutput;
  const realtime = source.kind === "file" ? (source.realtimeProcessing ?? false) : config.realtimeProcessing;
  const pictures = streamOutput.filter((name) => name !== "");
  if (planPeer(source).video === "none") {
    return {
      streamOutput: [],
      dataOutput: [
        ...dataOutput,
        ...pictures.filter((name, at) => !dataOutput.includes(name) && pictures.indexOf(name) === at),
      ],
      realtime,
      picturesInData: [...new Set(pictures)],
      onlyData: true,
      hasVideo: false,
    };
  }
  return {
    streamOutput,
    dataOutput,
    realtime,
    picturesInData: [],
    onlyData: false,
    hasVideo: pictures.length > 0,
  };
}

/** What {@link buildInitRequest} needs. */
export interface InitRequest {
  readonly work: StreamedWork;
  readonly source: SourcePlan;
  readonly config: CheckedStreamConfig;
  readonly imageInput: string;
  readonly offer: { readonly type: string; readonly sdp: string };
  readonly iceServers: readonly WireIceServer[];
}

/** Body of `POST /initialise_webrtc_worker` without the key. Two fields are sent for logs only: the server ignores them. */
export type InitBody = Omit<
  Schema<"WebRTCWorkerRequest">,
  "is_preview" | "webrtc_offer" | "workflow_configuration"
> & {
  readonly webrtc_offer: Schema<"WebRTCOffer">;
  readonly workflow_configuration: Partial<Schema<"WorkflowConfiguration">> & {
    readonly type: "WorkflowConfiguration";
  };
  readonly video_file_upload?: true;
  readonly manual_mode?: true;
};

/**
 * The body that starts a worker.
 *
 * @throws InvalidParameterError for what would make the worker die without a word.
 */
export function buildInitRequest({
  work,
  source,
  config,
  imageInput,
  offer,
  iceServers,
}: InitRequest): InitBody {
  checkSource(source);
  if (imageInput === "")
    throw new InvalidParameterError("imageInput must name the image input of the workflow.");
  const plan = planSession(config, source, work);
  const declaredFps = (source.kind === "webcam" ? source.fps : undefined) || config.declaredFps;
  return {
    workflow_configuration: {
      type: "WorkflowConfiguration",
      image_input_name: imageInput,
      workflows_parameters: { ...config.workflowParameters },
      ...workOnWire(work, imageInput),
    },
    webrtc_offer: { type: offer.type, sdp: offer.sdp },
    webrtc_realtime_processing: plan.realtime,
    stream_output: [...plan.streamOutput],
    data_output: [...plan.dataOutput],
    ...(iceServers.length === 0 ? {} : { webrtc_config: { iceServers: [...iceServers] } }),
    ...(declaredFps === undefined ? {} : { declared_fps: declaredFps }),
    ...(config.requestedPlan === undefined ? {} : { requested_plan: config.requestedPlan }),
    ...(config.requestedRegion === undefined ? {} : { requested_region: config.requestedRegion }),
    ...(config.processingTimeout === undefined ? {} : { processing_timeout: config.processingTimeout }),
    ...sourceOnWire(source),
  };
}

function workOnWire(work: StreamedWork, imageInput: string): Partial<Schema<"WorkflowConfiguration">> {
  if ("specification" in work) return { workflow_specification: { ...work.specification } };
  if ("workflowId" in work) return { workflow_id: work.workflowId, workspace_name: work.workspace };
  return { workflow_specification: modelWorkflow(work.modelId, work.task, imageInput) };
}

function sourceOnWire(
  source: SourcePlan,
): Pick<InitBody, "rtsp_url" | "mjpeg_url" | "video_file_upload" | "manual_mode"> {
  switch (source.kind) {
    case "rtsp":
      return { rtsp_url: source.url };
    case "mjpeg":
      return { mjpeg_url: source.url };
    case "file":
      return { video_file_upload: true };
    case "manual":
      return { manual_mode: true };
    default:
      return {};
  }
}
