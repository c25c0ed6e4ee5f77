import { decodeBase64 } from "./base64.ts";
import type { Mask } from "./mask.ts";
import { refuse } from "./wire-guards.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length of the chunk IHDR. */
const HEADER_BYTES = 13;
/** Pictures over this are refused before memory is taken. */
const MAX_PIXELS = 2 ** 28;

/** Pixels of a grey PNG, row by row from the top left; `data` has two bytes per pixel, the high one first, when `bits` is 16. */
export interface GreyPixels extends Mask {
  readonly bits: 8 | 16;
}

/**
 * Pixels of an 8-bit grey PNG in base64, the form in which servers send masks, or as bytes.
 *
 * @param path where the text stands in the answer, for the error
 * @throws InvalidResponseError when the text is not such a picture
 */
export async function readGreyPng(text: string | Uint8Array, path: string): Promise<Mask> {
  const { width, height, data } = await readGreyPixels(text, path, [8]);
  return { width, height, data };
}

/**
 * Pixels of a grey PNG, in base64 or as bytes, that has one of the depths in `allowed`.
 *
 * @throws InvalidResponseError when the text is not such a picture
 */
export async function readGreyPixels(
  text: string | Uint8Array<ArrayBufferLike>,
  path: string,
  allowed: readonly (8 | 16)[],
): Promise<GreyPixels> {
  const fail = () => refuse(path, `base64 of a grey PNG with ${allowed.join(" or ")} bits`, text);
  const bytes = typeof text === "string" ? decodeBase64(text) : new Uint8Array(text);
  if (bytes === null || SIGNATURE.some((byte, index) => bytes[index] !== byte)) return fail();
  const view = new DataView(bytes.buffer);
  const data: Uint8Array<ArrayBuffer>[] = [];
  let [width, height] = [0, 0];
  let bits: 8 | 16 = 8;
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const start = at + 8;
    if (start + length > bytes.length) return fail();
    const name = String.fromCharCode(...bytes.subarray(at + 4, start));
    if (name === "IHDR") {
      if (length < HEADER_BYTES) return fail();
      [width, height] = [view.getUint32(start), view.getUint32(start + 4)];
      const [depth, colour, , , interlace] = bytes.subarray(start + 8, start + 13);
      const found = allowed.find((one) => one === depth);
      if (found === undefined || colour !== 0 || interlace !== 0) return fail();
      bits = found;
    } else if (name === "IDAT") data.push(bytes.subarray(start, start + length));
    at = start + length + 4;
  }
  if (width * height === 0 || width * height > MAX_PIXELS) return fail();
  const step = bits / 8;
  const rowBytes = width * step;
  const rows = await inflate(data, (rowBytes + 1) * height);
  return rows !== null && unfilter(rows, rowBytes, height, step)
    ? { width, height, bits, data: withoutFilterBytes(rows, rowBytes, height) }
    : fail();
}

/** Exactly `length` inflated bytes; `null` when there are fewer or the data is broken. */
async function inflate(parts: Uint8Array<ArrayBuffer>[], length: number): Promise<Uint8Array | null> {
  const target = new Uint8Array(length);
  let filled = 0;
  const reader = new Blob(parts).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  try {
    while (filled < length) {
      const { value, done } = await reader.read();
      if (done) return null;
      target.set(value.subarray(0, length - filled), filled);
      filled += value.length;
    }
    return target;
  } catch {
    return null;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Undoes PNG's row filters in place; every row starts with the number of its filter. `step` = bytes per pixel. */
function unfilter(rows: Uint8Array, width: number, height: number, step: number): boolean {
  const stride = width + 1;
  for (let row = 0; row < height; row++) {
    const start = row * stride + 1;
    const filter = rows[start - 1] ?? 0;
    if (filter > 4) return false;
    if (filter === 0) continue;
    for (let at = start; at < start + width; at++) {
      const left = at >= start + step ? (rows[at - step] ?? 0) : 0;
      const up = row > 0 ? (rows[at - stride] ?? 0) : 0;
      const upLeft = row > 0 && at >= start + step ? (rows[at - stride - step] ?? 0) : 0;
      rows[at] = (rows[at] ?? 0) + predict(filter, left, up, upLeft);
    }
  }
  return true;
}

function predict(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const estimate = left + up - upLeft;
  const byLeft = Math.abs(estimate - left);
  const byUp = Math.abs(estimate - up);
  const byUpLeft = Math.abs(estimate - upLeft);
  return byLeft <= byUp && byLeft <= byUpLeft ? left : byUp <= byUpLeft ? up : upLeft;
}

function withoutFilterBytes(rows: Uint8Array, width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = row * (width + 1) + 1;
    data.set(rows.subarray(start, start + width), row * width);
  }
  return data;
}
