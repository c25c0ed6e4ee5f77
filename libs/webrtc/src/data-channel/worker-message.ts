import { InvalidResponseError } from "@inference-ts/errors";
import { isRecord } from "./record.ts";
import { readVideoMetadata, type VideoMetadata } from "./video-metadata.ts";

/** One message of the worker: the results of one frame, or the end of the stream. */
export interface WorkerMessage {
  /** Frame id of the chunk header; undefined for a message that came without one. */
  readonly frameId: number | undefined;
  /** `serialized_output_data`: usually one value per output name; null when nothing was asked for or the frame failed. */
  readonly data: unknown;
  /** Null for the end message, and when the worker's metadata are unreadable. */
  readonly metadata: VideoMetadata | null;
  /** What went wrong with this frame on the server; empty when all is well. */
  readonly errors: readonly string[];
  /** No further message follows. */
  readonly processingComplete: boolean;
  /** Why the worker stopped, such as `timeout_reached`; null when it simply finished. */
  readonly terminationReason: string | null;
}

const text = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

/**
 * Reads the JSON text, or its UTF-8 bytes, of one message.
 *
 * @throws InvalidResponseError naming where the message is not as the protocol says.
 */
export function readWorkerMessage(message: string | Uint8Array, frameId?: number): WorkerMessage {
  const value = parsed(message);
  if (!isRecord(value)) throw broken("", "is not a JSON object");
  return {
    frameId,
    data: value.serialized_output_data ?? null,
    metadata: readVideoMetadata(value.video_metadata),
    errors: readErrors(value.errors),
    processingComplete: readFlag(value.processing_complete),
    terminationReason: readReason(value.termination_reason),
  };
}

/** True when the message carries something for the caller; the plain end message does not. */
export function carriesResults({ data, metadata, errors, processingComplete }: WorkerMessage): boolean {
  // The end message of a real worker repeats the id of the last frame.
  return data !== null || errors.length > 0 || (metadata !== null && !processingComplete);
}

function parsed(message: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof message === "string" ? message : text.decode(message));
  } catch {
    // The parser's own message would repeat the text, which can hold image bytes.
    throw broken("", "is not JSON");
  }
}

function readErrors(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw broken("errors", "is not a list");
  return value.map((entry: unknown) => (typeof entry === "string" ? entry : JSON.stringify(entry)));
}

function readFlag(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== "boolean") throw broken("processing_complete", "is neither true nor false");
  return value;
}

function readReason(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw broken("termination_reason", "is not a text");
  return value;
}

function broken(path: string, what: string): InvalidResponseError {
  const where = path === "" ? "A message of the live video worker" : `"${path}" of a live video message`;
  return new InvalidResponseError(`${where} ${what}.`, { path });
}
