import { InvalidResponseError } from "@inference-ts/errors";

/** True for bytes that start as gzip does (`1f 8b`); the worker compresses messages that carry outputs. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Inflates gzip, and stops as soon as the result is over the limit: a few kilobytes can claim gigabytes.
 *
 * @throws InvalidResponseError over `maxBytes`, or when the bytes are not whole gzip.
 */
export async function inflateGzip(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const reader = new Blob([Uint8Array.from(bytes)])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"))
    .getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      length += step.value.length;
      if (length > maxBytes) break;
      parts.push(step.value);
    }
  } catch {
    throw new InvalidResponseError("A message of the live video worker is not whole gzip.");
  }
  if (length > maxBytes) {
    // Whether the rest could be stopped does not matter to the caller.
    await reader.cancel().catch(() => undefined);
    throw new InvalidResponseError(
      `A message of the live video worker inflates to more than ${maxBytes} bytes; the limit is ${maxBytes}.`,
    );
  }
  return concatenated(parts, length);
}

function concatenated(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
