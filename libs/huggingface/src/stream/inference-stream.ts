import type { StreamAnswer } from "@inference-ts/transport";

/** Items that arrive one after the other. Can be read once; leaving the loop, or `close()`, ends the answer and frees its connection. */
export interface InferenceStream<T> extends AsyncIterable<T>, AsyncDisposable {
  /** Ends the answer. Needed when the stream is not read to its end and not left by a loop; may be called at any time. */
  close(): void;
}

/** Makes a stream of an answer and a reader of its items; the answer ends with the items, whatever ends them. */
export function inferenceStream<T>(answer: StreamAnswer, read: () => AsyncIterable<T>): InferenceStream<T> {
  async function* items(): AsyncGenerator<T, void, undefined> {
    try {
      yield* read();
    } finally {
      answer.close();
    }
  }
  const close = () => answer.close();
  return {
    [Symbol.asyncIterator]: items,
    close,
    [Symbol.asyncDispose]: async () => close(),
  };
}
