import type { InferenceResult, TaskType } from "@inference-ts/sdk/node";
import type { LiveData, VideoMetadata } from "@inference-ts/sdk/webrtc/node";
import { keepClasses } from "../../class-filter.ts";

/** How lines are written. */
export interface LineSettings {
  /** Set where one model runs: its predictions are the result. Else the outputs by name are. */
  readonly task: TaskType | undefined;
  readonly classes: ReadonlySet<string> | undefined;
}

/** One frame as a line of the results. */
export interface LiveLine {
  /** From 0, as the worker counts the frames it saw; null when it did not say. */
  readonly frame: number | null;
  readonly timestampMs: number | null;
  readonly result?: unknown;
  /** What the worker could not do with the frame. */
  readonly errors?: readonly string[];
}

/** What a message of the worker says about its frame. */
export function lineOf({ data, metadata, errors }: LiveData, settings: LineSettings): LiveLine {
  const result = resultOf(data, settings);
  return {
    frame: metadata === null ? null : metadata.frameId - 1,
    timestampMs: timeOf(metadata),
    ...(result === undefined ? {} : { result }),
    ...(errors.length === 0 ? {} : { errors }),
  };
}

/** Time of a frame in the video in ms, to a thousandth. */
export function timeOf(metadata: VideoMetadata | null): number | null {
  const { pts = null, timeBase = null } = metadata ?? {};
  return pts === null || timeBase === null ? null : Math.round(pts * timeBase * 1_000_000) / 1000;
}

/** The result of one model, in the form that requests have, or the outputs of a workflow. */
function resultOf(data: unknown, settings: LineSettings): unknown {
  if (data === null || data === undefined) return undefined;
  return settings.task === undefined ? data : modelResult(data, settings);
}

/** The result of one model in the data of a frame; undefined when there is none. */
export function modelResult(data: unknown, { task, classes }: LineSettings): InferenceResult | undefined {
  if (task === undefined || typeof data !== "object" || data === null || !("predictions" in data))
    return undefined;
  const { predictions } = data;
  if (typeof predictions !== "object" || predictions === null) return undefined;
  const result: unknown = { ...predictions, task };
  if (!isResult(result)) return undefined;
  return classes === undefined ? result : keepClasses(result, classes);
}

function isResult(value: unknown): value is InferenceResult {
  return typeof value === "object" && value !== null && "predictions" in value && "task" in value;
}
