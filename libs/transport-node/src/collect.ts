import type { Readable } from "node:stream";
import { ServerConnectionError } from "@inference-ts/errors";
import { joinPieces, tooLongError } from "@inference-ts/transport";

/** Announced lengths up to this are believed and allocated at once, in bytes. */
const MAX_PREALLOCATED_BYTES = 16 * 1024 * 1024;

/**
 * Reads a whole body into one array. The announced length is a hint for the allocation only.
 *
 * @throws InvalidResponseError once more than `maxBytes` arrived; the readable's own error; ServerConnectionError when it
 *   closes before its end.
 */
export function collect(readable: Readable, announced: number | null, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const pieces: Uint8Array[] = [];
    /** Holds the body while it is not longer than announced. */
    let whole: Uint8Array | null = null;
    let total = 0;
    readable.on("data", (piece: Uint8Array) => {
      const start = total;
      total += piece.byteLength;
      if (total > maxBytes) {
        readable.removeAllListeners("data");
        reject(tooLongError(maxBytes));
        return;
      }
      if (
        start === 0 &&
        announced !== null &&
        piece.byteLength < announced &&
        announced <= MAX_PREALLOCATED_BYTES
      ) {
        whole = Buffer.allocUnsafeSlow(announced);
      }
      if (whole !== null && total <= whole.byteLength) {
        whole.set(piece, start);
        return;
      }
      if (whole !== null) {
        pieces.push(whole.subarray(0, start));
        whole = null;
      }
      pieces.push(piece);
    });
    readable.once("end", () => {
      resolve(plainArray(whole === null ? joinPieces(pieces, total) : whole.subarray(0, total)));
    });
    readable.once("error", reject);
    readable.once("close", () => {
      // An error costs a stack trace, and every whole answer closes too.
      if (!readable.readableEnded) reject(new ServerConnectionError("the answer broke off"));
    });
  });
}

/** A view without the methods of `Buffer`, so that both transports give the same type. */
export function plainArray(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
