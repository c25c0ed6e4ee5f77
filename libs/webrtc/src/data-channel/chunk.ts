/** Bytes in front of every chunk on channel `inference`: frame id, chunk index, number of chunks, each u32 LE. */
export const CHUNK_HEADER_BYTES = 12;

/** Most payload bytes the server puts in one chunk (48 KiB). */
export const CHUNK_PAYLOAD_BYTES = 49_152;

/** One chunk of a message of the worker, as it stands on channel `inference`. */
export interface Chunk {
  /** 1 for the first frame the worker received; the end message has the last id plus 1. */
  readonly frameId: number;
  /** From 0. */
  readonly index: number;
  readonly total: number;
  /** A view on the received bytes, not a copy. */
  readonly payload: Uint8Array;
}

/** Reads the header of a chunk; undefined when there are fewer bytes than a header has. The numbers are not judged. */
export function readChunk(bytes: Uint8Array): Chunk | undefined {
  if (bytes.length < CHUNK_HEADER_BYTES) return undefined;
  const header = new DataView(bytes.buffer, bytes.byteOffset, CHUNK_HEADER_BYTES);
  return {
    frameId: header.getUint32(0, true),
    index: header.getUint32(4, true),
    total: header.getUint32(8, true),
    payload: bytes.subarray(CHUNK_HEADER_BYTES),
  };
}

/** Writes a chunk: what {@link readChunk} reads. */
export function writeChunk({ frameId, index, total, payload }: Chunk): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(CHUNK_HEADER_BYTES + payload.length);
  const header = new DataView(bytes.buffer);
  header.setUint32(0, frameId, true);
  header.setUint32(4, index, true);
  header.setUint32(8, total, true);
  bytes.set(payload, CHUNK_HEADER_BYTES);
  return bytes;
}

/** Cuts the message of one frame into chunks, as the worker sends it. An empty message is one chunk of a header alone. */
export function chunkMessage(
  frameId: number,
  message: Uint8Array,
  payloadBytes = CHUNK_PAYLOAD_BYTES,
): Uint8Array<ArrayBuffer>[] {
  const total = Math.max(1, Math.ceil(message.length / payloadBytes));
  return Array.from({ length: total }, (_, index) =>
    writeChunk({
      frameId,
      index,
      total,
      payload: message.subarray(index * payloadBytes, (index + 1) * payloadBytes),
    }),
  );
}
