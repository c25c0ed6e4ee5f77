import { type InvalidResponseError, wrongShape as wrongAnswer } from "@inference-ts/errors";
import type { Schema } from "@inference-ts/schema";

/** Ids of a request to the stream manager. */
export type PipelineContext = Readonly<Schema<"CommandContext">>;

/** Answer of the stream manager to a command. Fields that the server adds later are kept. */
export interface PipelineAnswer {
  /** `"success"` */
  readonly status: string;
  readonly context?: PipelineContext;
  readonly [field: string]: unknown;
}

/** Answer to a start: the id is in `context`. */
export interface StartedPipeline extends PipelineAnswer {
  readonly context: PipelineContext & { readonly pipeline_id: string };
}

/** Ids of the pipelines of a server. An object, as the server sends it. */
export interface PipelineList extends PipelineAnswer {
  readonly pipelines: readonly string[];
}

/** State of a source: the server's names. */
export type PipelineSourceState =
  | "NOT_STARTED"
  | "INITIALISING"
  | "RESTARTING"
  | "RUNNING"
  | "PAUSED"
  | "MUTED"
  | "TERMINATING"
  | "ENDED"
  | "ERROR"
  | (string & {});

/** One video source of a running pipeline. */
export interface PipelineSource {
  readonly state?: PipelineSourceState;
  readonly source_id?: number | null;
  readonly source_reference?: string | number;
  /** Width, height, fps, number of frames, ... as far as the source tells. */
  readonly source_properties?: Readonly<Record<string, unknown>> | null;
  readonly [field: string]: unknown;
}

/** Something that happened to a pipeline or a source. */
export interface PipelineUpdate {
  /** Such as `"SOURCE_STATE_UPDATE"`. */
  readonly event_type?: string;
  /** Level of Python's logging: 20 = info, 40 = error. */
  readonly severity?: number;
  readonly timestamp?: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly context?: string;
  readonly [field: string]: unknown;
}

/** What a pipeline reports of itself; a server may leave out any part. */
export interface PipelineReport {
  readonly video_source_status_updates?: readonly PipelineUpdate[];
  /** Times in milliseconds. */
  readonly latency_reports?: readonly {
    readonly source_id?: number | null;
    readonly frame_decoding_latency?: number | null;
    readonly inference_latency?: number | null;
    readonly e2e_latency?: number | null;
  }[];
  /** Frames per second. */
  readonly inference_throughput?: number;
  readonly sources_metadata?: readonly PipelineSource[];
  readonly [field: string]: unknown;
}

/** Answer to a question for the status. */
export interface PipelineStatus extends PipelineAnswer {
  readonly report: PipelineReport;
}

/** Which frame a result belongs to. */
export type PipelineFrame = Readonly<Schema<"FrameMetadata">>;

/** Outputs of the workflow by name, as the server wrote them: images stay `{type, value}` objects. */
export type PipelineOutput = Readonly<Record<string, unknown>>;

/**
 * One result, one element per source. Elements are `null` where a source had no frame in this batch or the workflow no output;
 * both lists are empty while there is nothing to take.
 */
export interface ConsumedResult extends PipelineAnswer {
  readonly outputs: readonly (PipelineOutput | null)[];
  readonly frames_metadata?: readonly (PipelineFrame | null)[];
}

/** @throws InvalidResponseError unless it is an answer with a pipeline's id. */
export function decodeStarted(body: unknown): StartedPipeline {
  const answer = decodeAnswer(body);
  const { context } = answer;
  const id = context?.pipeline_id;
  if (typeof id !== "string" || id === "") throw wrongShape("context.pipeline_id", "a text", id);
  return { ...answer, context: { ...context, pipeline_id: id } };
}

/** @throws InvalidResponseError unless it is an object with a status. */
export function decodeAnswer(body: unknown): PipelineAnswer {
  if (!isRecord(body)) throw wrongShape("", "an object", body);
  const { status, context } = body;
  if (typeof status !== "string") throw wrongShape("status", "a text", status);
  if (!isAbsent(context) && !isRecord(context)) throw wrongShape("context", "an object", context);
  return { ...body, status };
}

/** @throws InvalidResponseError unless it lists ids. */
export function decodePipelineList(body: unknown): PipelineList {
  const answer = decodeAnswer(body);
  const pipelines = listAt(answer, "pipelines").map((id, index) => {
    if (typeof id !== "string") throw wrongShape(`pipelines[${index}]`, "a text", id);
    return id;
  });
  return { ...answer, pipelines };
}

/** @throws InvalidResponseError unless it has a report of the expected form. */
export function decodePipelineStatus(body: unknown): PipelineStatus {
  const answer = decodeAnswer(body);
  const { report } = answer;
  if (!isRecord(report)) throw wrongShape("report", "an object", report);
  for (const name of ["video_source_status_updates", "latency_reports", "sources_metadata"]) {
    if (isAbsent(report[name])) continue;
    for (const [index, item] of listAt(report, name, "report.").entries()) {
      if (!isRecord(item)) throw wrongShape(`report.${name}[${index}]`, "an object", item);
    }
  }
  return { ...answer, report };
}

/** @throws InvalidResponseError unless outputs are objects or null, and frames metadata or null. */
export function decodeConsumed(body: unknown): ConsumedResult {
  const answer = decodeAnswer(body);
  const outputs = listAt(answer, "outputs").map((output, index) => {
    if (output === null || isRecord(output)) return output;
    throw wrongShape(`outputs[${index}]`, "an object or null", output);
  });
  if (isAbsent(answer.frames_metadata)) return { ...answer, outputs };
  const frames = listAt(answer, "frames_metadata").map((frame, index) =>
    frame === null ? null : decodeFrame(frame, `frames_metadata[${index}]`),
  );
  return { ...answer, outputs, frames_metadata: frames };
}

function decodeFrame(frame: unknown, path: string): PipelineFrame {
  if (!isRecord(frame)) throw wrongShape(path, "an object or null", frame);
  const { frame_timestamp, frame_id, source_id = null } = frame;
  if (typeof frame_timestamp !== "string")
    throw wrongShape(`${path}.frame_timestamp`, "a text", frame_timestamp);
  if (typeof frame_id !== "number") throw wrongShape(`${path}.frame_id`, "a number", frame_id);
  if (source_id !== null && typeof source_id !== "number") {
    throw wrongShape(`${path}.source_id`, "a number or null", source_id);
  }
  return { ...frame, frame_timestamp, frame_id, source_id };
}

function listAt(record: Readonly<Record<string, unknown>>, name: string, parent = ""): readonly unknown[] {
  const value = record[name];
  if (!Array.isArray(value)) throw wrongShape(`${parent}${name}`, "a list", value);
  return value;
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrongShape(path: string, expected: string, found: unknown): InvalidResponseError {
  return wrongAnswer(path, expected, found, {
    claim: "The stream manager's answer has not the expected form",
    hint: "Check that the address belongs to an Inference server.",
  });
}
