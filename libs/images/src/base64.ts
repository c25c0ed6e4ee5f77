const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const CODES = Uint8Array.from(ALPHABET, (char) => char.charCodeAt(0));

const INVALID = 0xff;
const BLANK = 0xfe;
const PADDING = 0xfd;

/** Value 0..63 of each ASCII character, or one of the marks above; both alphabets (`+/` and `-_`) are known. */
const VALUES = new Uint8Array(128).fill(INVALID);
CODES.forEach((code, value) => {
  VALUES[code] = value;
});
VALUES["-".charCodeAt(0)] = 62;
VALUES["_".charCodeAt(0)] = 63;
VALUES["=".charCodeAt(0)] = PADDING;
for (const blank of " \t\r\n") VALUES[blank.charCodeAt(0)] = BLANK;

/** Length of the base64 text of `byteLength` bytes, padding included. */
export function base64Length(byteLength: number): number {
  return Math.ceil(byteLength / 3) * 4;
}

/** Most bytes that base64 text of `textLength` characters can hold. */
export function maxDecodedLength(textLength: number): number {
  return Math.floor((textLength * 3) / 4);
}

/**
 * Decodes base64 text strictly: one pass that refuses every character outside the standard and the URL-safe alphabet, and
 * padding that does not fit. White space and missing padding are tolerated. `null` when the text is not base64.
 */
export function decodeBase64(text: string): Uint8Array | null {
  const bytes = new Uint8Array(maxDecodedLength(text.length));
  const end = text.length;
  let at = 0;
  let written = 0;
  // The fast lane takes four plain characters at a time and leaves the rest (blanks, padding, faults) to the slow one.
  let bits = 0;
  let count = 0;
  let padding = 0;
  while (at < end) {
    if (count === 0 && padding === 0) {
      while (at + 4 <= end) {
        const a = VALUES[text.charCodeAt(at)] ?? INVALID;
        const b = VALUES[text.charCodeAt(at + 1)] ?? INVALID;
        const c = VALUES[text.charCodeAt(at + 2)] ?? INVALID;
        const d = VALUES[text.charCodeAt(at + 3)] ?? INVALID;
        if ((a | b | c | d) > 63) break;
        bytes[written] = (a << 2) | (b >> 4);
        bytes[written + 1] = (b << 4) | (c >> 2);
        bytes[written + 2] = (c << 6) | d;
        written += 3;
        at += 4;
      }
      if (at >= end) break;
    }
    const value = VALUES[text.charCodeAt(at++)] ?? INVALID;
    if (value === BLANK) continue;
    if (value === PADDING) {
      padding++;
      continue;
    }
    if (value === INVALID || padding > 0) return null;
    bits = (bits << 6) | value;
    if (++count === 4) {
      bytes[written++] = bits >> 16;
      bytes[written++] = bits >> 8;
      bytes[written++] = bits;
      bits = 0;
      count = 0;
    }
  }
  if (count === 1 || padding > 2 || (padding > 0 && count + padding !== 4)) return null;
  if (count >= 2) bytes[written++] = bits >> (count === 2 ? 4 : 10);
  if (count === 3) bytes[written++] = bits >> 2;
  return bytes.subarray(0, written);
}

const CHUNK_BYTES = 3 * 0x4000;

/** A byte array of a runtime that has the built-in base64 methods (ECMAScript 2026). */
interface BuiltInBase64 {
  toBase64(): string;
}

function hasBuiltInBase64(bytes: object): bytes is BuiltInBase64 {
  return "toBase64" in bytes && typeof bytes.toBase64 === "function";
}

/**
 * Writes the base64 text of `source` as ASCII into `target` at `offset`, padding included, and returns the number of bytes
 * written. Works in any runtime; uses the runtime's own encoder where it has one.
 *
 * @throws RangeError when the text does not fit.
 */
export function encodeBase64Into(source: Uint8Array, target: Uint8Array, offset: number): number {
  const length = base64Length(source.length);
  if (offset + length > target.length) throw new RangeError("The base64 text does not fit into the target.");
  if (hasBuiltInBase64(source)) writeBuiltIn(source, target, offset);
  else writeByTable(source, target, offset);
  return length;
}

function writeBuiltIn(source: Uint8Array, target: Uint8Array, offset: number): void {
  const encoder = new TextEncoder();
  for (let from = 0, to = offset; from < source.length; from += CHUNK_BYTES) {
    const chunk = source.subarray(from, from + CHUNK_BYTES);
    if (hasBuiltInBase64(chunk)) to += encoder.encodeInto(chunk.toBase64(), target.subarray(to)).written;
  }
}

function writeByTable(source: Uint8Array, target: Uint8Array, offset: number): void {
  const whole = source.length - (source.length % 3);
  let to = offset;
  for (let at = 0; at < whole; at += 3) {
    const bits = ((source[at] ?? 0) << 16) | ((source[at + 1] ?? 0) << 8) | (source[at + 2] ?? 0);
    target[to] = CODES[bits >> 18] ?? 0;
    target[to + 1] = CODES[(bits >> 12) & 63] ?? 0;
    target[to + 2] = CODES[(bits >> 6) & 63] ?? 0;
    target[to + 3] = CODES[bits & 63] ?? 0;
    to += 4;
  }
  if (whole === source.length) return;
  const bits = ((source[whole] ?? 0) << 16) | ((source[whole + 1] ?? 0) << 8);
  const padding = "=".charCodeAt(0);
  target[to] = CODES[bits >> 18] ?? 0;
  target[to + 1] = CODES[(bits >> 12) & 63] ?? 0;
  target[to + 2] = source.length - whole === 2 ? (CODES[(bits >> 6) & 63] ?? 0) : padding;
  target[to + 3] = padding;
}
