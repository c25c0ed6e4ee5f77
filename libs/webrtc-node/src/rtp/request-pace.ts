/** Shortest time between two requests for a key frame: the sender needs a moment to answer one. */
export const KEY_FRAME_REQUEST_MS = 300;

/** Says when something may be asked for again. Knows no clock of its own. */
export class RequestPace {
  readonly #intervalMs: number;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(intervalMs: number = KEY_FRAME_REQUEST_MS) {
    this.#intervalMs = intervalMs;
  }

  /** Whether to ask now; counts as asked when true. */
  take(nowMs: number): boolean {
    if (nowMs - this.#lastMs < this.#intervalMs) return false;
    this.#lastMs = nowMs;
    return true;
  }
}
