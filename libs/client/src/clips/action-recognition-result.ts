import { type InvalidResponseError, wrongShape as wrongAnswer } from "@inference-ts/errors";
import type { Schema } from "@inference-ts/schema";

type WireResult = Schema<"ActionRecognitionInferenceResponse">;
type WireSpan = Schema<"ActionRecognitionPrediction">;

/**
 * One stretch of a clip in which something happens. Fields that the server adds later are kept.
 *
 * The server's specification requires frame indices and class id; an answer without them is not refused, because class and
 * order say something without them.
 */
export interface ActionSpan extends Readonly<Partial<Omit<WireSpan, "class">>> {
  readonly class: string;
  /** First frame, counted from 0 at the beginning of the clip. */
  readonly start_frame_idx?: number;
  /** Last frame, part of the stretch. */
  readonly end_frame_idx?: number;
  /** -1 for classes of an open vocabulary. */
  readonly class_id?: number;
  /** 0..1 */
  readonly confidence?: number | null;
  readonly [field: string]: unknown;
}

/** When something happens in a clip. Stretches may overlap. Fields that the server adds later are kept. */
export interface ActionRecognitionResult
  extends Readonly<Omit<WireResult, "timeline" | "candidates" | "per_class_confidence_thresholds">> {
  readonly timeline: readonly ActionSpan[];
  /** Frames per second of the clip: frame index / `source_fps` is seconds. */
  readonly source_fps: number;
  readonly frame_count: number;
  readonly windows_classified: number;
  /** With `includeCandidates`. */
  readonly candidates?: readonly ActionSpan[] | null;
  readonly per_class_confidence_thresholds?: Readonly<Record<string, number>> | null;
  readonly [field: string]: unknown;
}

const SPAN_NUMBERS = ["start_frame_idx", "end_frame_idx", "class_id", "confidence"] as const;

/**
 * Checks the answer of action recognition. Accompanying facts (`time`, `inference_id`, ...) pass through unchecked, so that none
 * of them can lose a result.
 *
 * @throws InvalidResponseError when timeline, frame rate or counts are missing or of another kind.
 */
export function decodeActionRecognition(body: unknown): ActionRecognitionResult {
  if (!isRecord(body)) throw wrongShape("", "an object", body);
  const { timeline, candidates, source_fps, frame_count, windows_classified } = body;
  const thresholds = body.per_class_confidence_thresholds;
  if (!isAbsent(thresholds) && !isNumbers(thresholds)) {
    throw wrongShape("per_class_confidence_thresholds", "an object of numbers", thresholds);
  }
  return {
    ...body,
    timeline: decodeSpans(timeline, "timeline"),
    source_fps: numberAt(source_fps, "source_fps"),
    frame_count: numberAt(frame_count, "frame_count"),
    windows_classified: numberAt(windows_classified, "windows_classified"),
    ...(isAbsent(candidates) ? {} : { candidates: decodeSpans(candidates, "candidates") }),
  };
}

function decodeSpans(value: unknown, path: string): readonly ActionSpan[] {
  if (!Array.isArray(value)) throw wrongShape(path, "a list", value);
  return value.map((span: unknown, index) => decodeSpan(span, `${path}[${index}]`));
}

function decodeSpan(span: unknown, path: string): ActionSpan {
  if (!isRecord(span)) throw wrongShape(path, "an object", span);
  const { class: name } = span;
  if (typeof name !== "string") throw wrongShape(`${path}.class`, "a string", name);
  for (const field of SPAN_NUMBERS) {
    if (!isAbsent(span[field])) numberAt(span[field], `${path}.${field}`);
  }
  return { ...span, class: name };
}

function numberAt(value: unknown, path: string): number {
  if (typeof value !== "number") throw wrongShape(path, "a number", value);
  return value;
}

function isNumbers(value: unknown): value is Record<string, number> {
  return isRecord(value) && Object.values(value).every((item) => typeof item === "number");
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrongShape(path: string, expected: string, found: unknown): InvalidResponseError {
  return wrongAnswer(path, expected, found, { hint: "Is the model one for action recognition?" });
}
