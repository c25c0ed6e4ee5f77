import { InvalidParameterError } from "@inference-ts/errors";

/** Label of the channel that takes a video file. */
export const UPLOAD_CHANNEL = "video_upload";

/** Label of the channel that carries results and acks. */
export const INFERENCE_CHANNEL = "inference";

/** Bytes in front of every chunk on channel `video_upload`: chunk index and number of chunks, each u32 LE. */
export const UPLOAD_HEADER_BYTES = 8;

/** File bytes in one chunk (48 KiB). */
export const UPLOAD_PAYLOAD_BYTES = 49_152;

/** The sender waits while more than this is queued in the channel, in bytes. */
export const UPLOAD_BUFFERED_BYTES = 262_144;

/** Where one chunk of a file stands. */
export interface UploadChunk {
  readonly index: number;
  readonly total: number;
  /** First byte in the file. */
  readonly offset: number;
  readonly length: number;
}

/**
 * The chunks of a file of `bytes` bytes, in order.
 *
 * @throws InvalidParameterError for an empty file: the worker would wait for it for ever.
 */
export function* planUpload(bytes: number, payloadBytes = UPLOAD_PAYLOAD_BYTES): Generator<UploadChunk> {
  if (!Number.isSafeInteger(bytes) || bytes <= 0) {
    throw new InvalidParameterError(
      `A video of ${bytes} bytes cannot be uploaded; the file needs at least one byte.`,
    );
  }
  const total = Math.ceil(bytes / payloadBytes);
  if (total > 0xff_ff_ff_ff) {
    throw new InvalidParameterError(`A video of ${bytes} bytes is too long for the upload channel.`);
  }
  for (let index = 0; index < total; index += 1) {
    const offset = index * payloadBytes;
    yield { index, total, offset, length: Math.min(payloadBytes, bytes - offset) };
  }
}

/** A fresh message with room for the chunk's bytes behind its header; read the file straight into `payload`. */
export function openUploadChunk(chunk: UploadChunk): {
  readonly message: Uint8Array<ArrayBuffer>;
  readonly payload: Uint8Array<ArrayBuffer>;
} {
  const message = new Uint8Array(UPLOAD_HEADER_BYTES + chunk.length);
  const header = new DataView(message.buffer);
  header.setUint32(0, chunk.index, true);
  header.setUint32(4, chunk.total, true);
  return { message, payload: message.subarray(UPLOAD_HEADER_BYTES) };
}
