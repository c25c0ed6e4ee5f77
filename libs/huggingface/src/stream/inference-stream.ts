/** Items that arrive one after the other. Can be read once; leaving the loop, or `close()`, ends the answer and frees its connection. */
export interface InferenceStream<T> extends AsyncIterable<T>, AsyncDisposable {
  /** Ends the answer. Needed when the stream is not read to its end and not left by a loop; may be called at any time. */
  close(): void;
}

/** Makes a stream of an answer and a reader of its items. */
export function inferenceStream<T>(
  items: () => AsyncGenerator<T, void, undefined>,
  close: () => void,
): InferenceStream<T> {
  return {
    [Symbol.asyncIterator]: items,
    close,
    [Symbol.asyncDispose]: async () => close(),
  };
}
