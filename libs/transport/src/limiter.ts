import { AbortedError, InvalidParameterError } from "@inference-ts/errors";

/** Runs at most a fixed number of tasks at once, the others wait in the order they came. */
export interface Limiter {
  /**
   * Runs `fn` when its turn comes and settles as it does.
   *
   * @throws AbortedError when `signal` aborts while the task still waits; a running task gets no signal from here.
   */
  run<T>(fn: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Tasks that run now. */
  readonly running: number;
  /** Tasks that wait. */
  readonly waiting: number;
}

/**
 * Makes a limiter.
 *
 * @param max - Most tasks at once, an integer of 1 or more, or `Infinity`.
 */
export function createLimiter(max: number): Limiter {
  if (!(max === Number.POSITIVE_INFINITY || (Number.isInteger(max) && max >= 1))) {
    throw new InvalidParameterError(
      `The limit of concurrent work must be an integer of 1 or more, got ${max}.`,
    );
  }
  let running = 0;
  /** A Set keeps the order of arrival and forgets an aborted task in constant time. */
  const queue = new Set<() => void>();

  const release = (): void => {
    const next = queue.values().next().value;
    if (next === undefined) {
      running -= 1;
      return;
    }
    queue.delete(next);
    next(); // the place passes on, so `running` stays as it is
  };

  const enter = (signal: AbortSignal | undefined): Promise<void> | undefined => {
    if (signal?.aborted) throw aborted(signal);
    if (running < max) {
      running += 1;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const start = (): void => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      };
      const onAbort = (): void => {
        queue.delete(start);
        if (signal !== undefined) reject(aborted(signal));
      };
      queue.add(start);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  };

  return {
    run: async (fn, signal) => {
      await enter(signal);
      try {
        return await fn();
      } finally {
        release();
      }
    },
    get running() {
      return running;
    },
    get waiting() {
      return queue.size;
    },
  };
}

function aborted(signal: AbortSignal): AbortedError {
  return new AbortedError("The call was aborted while it waited for its turn.", { cause: signal.reason });
}
