import { isRecord } from "./record.ts";

/**
 * What the worker says about the frame behind a message.
 *
 * `pts` counts in `timeBase` of the *source*: 1/90000 s for a track, but the container's own for an uploaded file.
 */
export interface VideoMetadata {
  /** 1-based count of the frames the worker received. */
  readonly frameId: number;
  /** When the worker received the frame: its wall clock, ISO without a zone, as sent. */
  readonly receivedAt: string;
  /** Time of the frame, in units of `timeBase`. */
  readonly pts: number | null;
  /** Length of one unit of `pts`, in seconds. */
  readonly timeBase: number | null;
  /** Frames per second as declared by the client or found in the file. */
  readonly declaredFps: number | null;
  /** Declared by the protocol; the worker never fills it. */
  readonly measuredFps: number | null;
  /** Pixels. */
  readonly width: number | null;
  /** Pixels. */
  readonly height: number | null;
}

const ISO_DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** Reads `video_metadata`. Null when frame id or date are missing or broken: the data of such a message still counts. */
export function readVideoMetadata(value: unknown): VideoMetadata | null {
  if (!isRecord(value)) return null;
  const { frame_id: frameId, received_at: receivedAt } = value;
  if (typeof frameId !== "number" || !Number.isSafeInteger(frameId) || frameId < 0) return null;
  if (typeof receivedAt !== "string" || !ISO_DATE.test(receivedAt) || Number.isNaN(Date.parse(receivedAt))) {
    return null;
  }
  return {
    frameId,
    receivedAt,
    pts: numberOrNull(value.pts),
    timeBase: numberOrNull(value.time_base),
    declaredFps: numberOrNull(value.declared_fps),
    measuredFps: numberOrNull(value.measured_fps),
    width: numberOrNull(value.width),
    height: numberOrNull(value.height),
  };
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
