/** Length of the base64 text of `byteLength` bytes, padding included. */
export function base64Length(byteLength: number): number {
  return Math.ceil(byteLength / 3) * 4;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const CODES = Uint8Array.from(ALPHABET, (char) => char.charCodeAt(0));
const PADDING = 61;

/** A multiple of 3; the text of one chunk stays in the processor's cache. */
const CHUNK_BYTES = 3 * 0x4000;

/**
 * Writes the base64 text of `source` as ASCII into `target` at `offset`, padding included, and returns the number of bytes
 * written. Works in any runtime; uses `Uint8Array.prototype.toBase64` (ECMAScript 2026) where there is one.
 *
 * @throws RangeError when the text does not fit.
 */
export function encodeBase64Into(source: Uint8Array, target: Uint8Array, offset: number): number {
  const length = base64Length(source.length);
  if (offset + length > target.length) throw new RangeError("The base64 text does not fit into the target.");
  let to = offset;
  for (let from = 0; from < source.length; from += CHUNK_BYTES) {
    const chunk = source.subarray(from, from + CHUNK_BYTES);
    if ("toBase64" in chunk && typeof chunk.toBase64 === "function") {
      to += new TextEncoder().encodeInto(chunk.toBase64(), target.subarray(to)).written;
    } else {
      to = encodeByTable(chunk, target, to);
    }
  }
  return length;
}

function encodeByTable(source: Uint8Array, target: Uint8Array, offset: number): number {
  let to = offset;
  for (let at = 0; at < source.length; at += 3) {
    const bits = ((source[at] ?? 0) << 16) | ((source[at + 1] ?? 0) << 8) | (source[at + 2] ?? 0);
    target[to++] = CODES[bits >> 18] ?? 0;
    target[to++] = CODES[(bits >> 12) & 63] ?? 0;
    target[to++] = CODES[(bits >> 6) & 63] ?? 0;
    target[to++] = CODES[bits & 63] ?? 0;
  }
  const missing = (3 - (source.length % 3)) % 3;
  target.fill(PADDING, to - missing, to);
  return to;
}
