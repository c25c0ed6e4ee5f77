import { InvalidInputFormatError } from "@inference-ts/errors";
import { abortErrorOf, throwIfAborted } from "./abort.ts";
import { tooManyBytes } from "./limits.ts";

/** How a stream is read whole. */
export interface ReadStreamOptions {
  readonly signal: AbortSignal;
  readonly maxBytes: number;
  /** How the picture is named in messages. */
  readonly label: string;
}

/**
 * Reads a stream of byte chunks to its end. It is cancelled when the limit is passed, the signal aborts or a chunk is no bytes.
 *
 * @throws ImageTooLargeError, AbortedError, InvalidInputFormatError, or what the stream itself fails with.
 */
export async function readStream(
  stream: ReadableStream<unknown> | AsyncIterable<unknown>,
  { signal, maxBytes, label }: ReadStreamOptions,
): Promise<Uint8Array> {
  throwIfAborted(signal);
  const { next, cancel } = open(stream, label);
  const aborted = Promise.withResolvers<never>();
  // Without a consumer at the moment of the abort the rejection would count as unhandled.
  aborted.promise.catch(() => undefined);
  const onAbort = () => aborted.reject(abortErrorOf(signal));
  signal.addEventListener("abort", onAbort, { once: true });
  const chunks: Uint8Array[] = [];
  let length = 0;
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await Promise.race([next(), aborted.promise]);
      if (done === true) break;
      if (!(value instanceof Uint8Array)) throw notBytes(label, value);
      length += value.byteLength;
      if (length > maxBytes) throw tooManyBytes(maxBytes, label, `more than ${maxBytes} bytes`);
      chunks.push(value);
    }
    finished = true;
  } finally {
    signal.removeEventListener("abort", onAbort);
    if (!finished) cancel();
  }
  return join(chunks, length);
}

function notBytes(label: string, value: unknown): InvalidInputFormatError {
  return new InvalidInputFormatError(
    `The image ${label} gave a chunk of type ${typeof value} instead of bytes.`,
    {
      hint: "Use a stream of Uint8Array, without a text encoding.",
    },
  );
}

interface OpenStream {
  next(): Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  /** Ends the source; never waits for it and never fails. */
  cancel(): void;
}

function open(stream: ReadableStream<unknown> | AsyncIterable<unknown>, label: string): OpenStream {
  if ("getReader" in stream) {
    if (stream.locked) throw usedStream(label);
    const reader = stream.getReader();
    return { next: () => reader.read(), cancel: () => void reader.cancel().catch(() => undefined) };
  }
  if ("destroyed" in stream && stream.destroyed === true) throw usedStream(label);
  const iterator = stream[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    cancel: () => {
      // A Node stream's iterator would wait for the chunk that is under way; destroying the stream does not.
      if ("destroy" in stream && typeof stream.destroy === "function") stream.destroy();
      void iterator.return?.().catch(() => undefined);
    },
  };
}

function usedStream(label: string): InvalidInputFormatError {
  return new InvalidInputFormatError(`The image ${label} was read before.`, {
    hint: "A stream can be used once; give its bytes to use them again.",
  });
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (chunks.length === 1 && first !== undefined) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
