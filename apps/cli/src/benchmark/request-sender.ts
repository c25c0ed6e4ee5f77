import { type InferenceHTTPClient, isInferenceError } from "@inference-ts/sdk/node";
import type { LoadClock } from "./load-clock.ts";
import type { Fire } from "./load-loops.ts";
import type { Measurements } from "./measurements.ts";

/** What a sender sends, and where its findings go. */
export interface SenderOptions {
  /** Set up so that a call is one request. */
  readonly client: InferenceHTTPClient;
  /** Encoded pictures, sent in turn. */
  readonly pictures: readonly Uint8Array[];
  /** Pictures in a request. */
  readonly batch: number;
  readonly clock: LoadClock;
  readonly signal: AbortSignal;
  readonly into: Measurements;
}

/** Makes the function that sends a request and measures it. It throws nothing but failures of this program itself. */
export function requestSender({ client, pictures, batch, clock, signal, into }: SenderOptions): Fire {
  const pictureAt = (place: number): Uint8Array => pictures[place % pictures.length] ?? new Uint8Array();
  const send = (index: number) => {
    if (batch === 1) return client.infer(pictureAt(index), { signal }).withMeta();
    const some = Array.from({ length: batch }, (_, place) => pictureAt(index * batch + place));
    return client.infer(some, { signal }).withMeta();
  };
  return async (index, dueAtMs) => {
    const startedAtMs = clock.now();
    try {
      const { meta } = await send(index);
      const { processingTimeMs, coldStart } = meta;
      const endedAtMs = clock.now();
      into.addAnswer({ dueAtMs, startedAtMs, endedAtMs, pictures: batch, processingTimeMs, coldStart });
    } catch (error) {
      if (signal.aborted) into.addUnfinished();
      else if (isInferenceError(error)) into.addFailure(error, clock.now());
      else throw error;
    }
  };
}
