import { AbortedError } from "@inference-ts/errors";

/**
 * Joins concurrent requests for the same thing into one piece of work. A caller that aborts leaves alone; the work itself is
 * aborted only when nobody waits for it any more.
 */
export class SharedWork<T> {
  readonly #running = new Map<string, Running<T>>();

  /** Waits for the running work named `key`, or starts it. */
  join(key: string, signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal?.aborted === true) return Promise.reject(abortedBy(signal));
    const running = this.#running.get(key) ?? this.#start(key, start);
    running.waiting += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        signal?.removeEventListener("abort", onAbort);
        running.waiting -= 1;
      };
      const onAbort = () => {
        leave();
        if (running.waiting === 0) {
          // A later caller must start anew instead of joining work that is being aborted.
          if (this.#running.get(key) === running) this.#running.delete(key);
          running.controller.abort();
        }
        reject(abortedBy(signal));
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      running.result.then(
        (value) => {
          leave();
          resolve(value);
        },
        (error: unknown) => {
          leave();
          reject(error);
        },
      );
    });
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<T>): Running<T> {
    const controller = new AbortController();
    const running: Running<T> = { controller, waiting: 0, result: start(controller.signal) };
    this.#running.set(key, running);
    const forget = () => {
      if (this.#running.get(key) === running) this.#running.delete(key);
    };
    running.result.then(forget, forget);
    return running;
  }
}

interface Running<T> {
  readonly controller: AbortController;
  readonly result: Promise<T>;
  waiting: number;
}

function abortedBy(signal: AbortSignal | undefined): AbortedError {
  return new AbortedError("The call was aborted.", { cause: signal?.reason });
}
