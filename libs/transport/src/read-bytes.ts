import { InvalidResponseError } from "@inference-ts/errors";

/** The error of an answer that is longer than the caller accepts. */
export function tooLongError(maxBytes: number): InvalidResponseError {
  return new InvalidResponseError(`The answer is longer than the allowed ${maxBytes} bytes.`, {
    hint: "Raise maxResponseBytes if an answer of this size is right.",
  });
}

/** The value of `content-length`, `null` when absent or no number. */
export function contentLengthOf(value: string | null): number | null {
  return value !== null && /^\d+$/.test(value) ? Number(value) : null;
}

/** Pieces joined into one array; a single piece is returned as it is. */
export function joinPieces(pieces: readonly Uint8Array[], totalBytes: number): Uint8Array {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const joined = new Uint8Array(totalBytes);
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.byteLength;
  }
  return joined;
}
