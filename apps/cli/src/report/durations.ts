import type { InferenceEvent } from "@inference-ts/sdk/node";

/** How long each picture of a run took, from the start of its loading to its result; told by the client's events. */
export class Durations {
  readonly #startedAt = new Map<number, number>();
  readonly #durations = new Map<number, number>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** For `client.observe`. */
  readonly listen = (event: InferenceEvent): void => {
    if (event.station === "load") {
      this.#startedAt.set(event.index, this.#now() - event.durationMs);
    } else if (event.station === "decode") {
      const startedAt = this.#startedAt.get(event.index);
      if (startedAt !== undefined) this.#durations.set(event.index, this.#now() - startedAt);
    }
  };

  /** Milliseconds; `undefined` for a picture without a result. */
  of(index: number): number | undefined {
    return this.#durations.get(index);
  }
}
