import { InvalidInputFormatError } from "@inference-ts/errors";
import { throwIfAborted } from "./abort.ts";
import { checkByteLength } from "./limits.ts";
import type { FileReadOptions } from "./ports.ts";

/** What is needed of a `ReadableStream`, of whichever library's types. */
export interface ChunkStream {
  readonly locked: boolean;
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
    cancel(): Promise<void>;
  };
}

/**
 * Reads a stream of byte chunks to its end. It is cancelled when the limit is passed, the signal aborts or a chunk is no bytes.
 *
 * @throws ImageTooLargeError, AbortedError, InvalidInputFormatError, or what the stream itself fails with.
 */
export async function readStream(
  stream: ChunkStream,
  { signal, maxBytes }: FileReadOptions,
  label: string,
): Promise<Uint8Array> {
  throwIfAborted(signal);
  if (stream.locked)
    throw new InvalidInputFormatError(`The image ${label} was read before; a stream works once.`);
  const reader = stream.getReader();
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener("abort", cancel);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      throwIfAborted(signal);
      if (done) break;
      if (!(value instanceof Uint8Array)) {
        throw new InvalidInputFormatError(`The image ${label} gave a ${typeof value} instead of bytes.`);
      }
      length += value.length;
      checkByteLength(length, maxBytes, label);
      chunks.push(value);
    }
  } catch (error) {
    cancel();
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
  return joinChunks(chunks, length);
}

function joinChunks(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
