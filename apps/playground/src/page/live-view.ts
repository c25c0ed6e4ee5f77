import type { InferenceHTTPClient, InferenceResult, TaskType } from "@inference-ts/sdk";
import type { FrameImage, LiveFrame, LiveSession, LiveSource } from "@inference-ts/sdk/webrtc";
import type { ShownPicture } from "./draw-result.ts";

/** What live video does with models. */
const TASKS: readonly TaskType[] = [
  "object-detection",
  "instance-segmentation",
  "keypoint-detection",
  "classification",
  "multi-label-classification",
  "semantic-segmentation",
];

/** A session and the kind of its results. */
export interface LiveView {
  readonly session: LiveSession;
  readonly task: TaskType;
}

/** Opens a live session with a model. The server says what its task is, so that nobody else has to be asked. */
export async function openLiveView(
  client: InferenceHTTPClient,
  source: LiveSource,
  modelId: string,
  signal: AbortSignal,
): Promise<LiveView> {
  const description = await client.getModelDescription(modelId, { signal });
  const task = TASKS.find((known) => known === description.task_type);
  if (task === undefined) throw new Error(`Live video has no models of the task ${description.task_type}.`);
  const session = await client.webrtc.stream(source, { modelId, taskType: task, signal });
  return { session, task };
}

/** The result that belongs to a frame; null when there is none. */
export function resultOf({ data }: Pick<LiveFrame, "data">, task: TaskType): InferenceResult | null {
  if (typeof data !== "object" || data === null || !("predictions" in data)) return null;
  const result: unknown = { ...(typeof data.predictions === "object" ? data.predictions : {}), task };
  return isResult(result) ? result : null;
}

function isResult(value: unknown): value is InferenceResult {
  return typeof value === "object" && value !== null && "predictions" in value;
}

/** The picture in a form that canvases take; whoever shows it closes it. */
export async function toShown(image: FrameImage): Promise<ShownPicture & { close(): void }> {
  if (image.kind === "native" && (image.image instanceof VideoFrame || image.image instanceof ImageBitmap)) {
    const { image: frame, width, height } = image;
    return { image: frame, width, height, close: () => frame.close() };
  }
  if (image.kind !== "encoded") throw new TypeError("A browser gives frames of its own.");
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(image.data)], { type: image.mediaType }));
  return { image: bitmap, width: bitmap.width, height: bitmap.height, close: () => bitmap.close() };
}
