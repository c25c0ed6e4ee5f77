/** Counts and speed of a run. */
export class Tally {
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly total: number;
  done = 0;
  failed = 0;

  constructor(total: number, now: () => number) {
    this.#now = now;
    this.#startedAt = now();
    this.total = total;
  }

  add(ok: boolean): void {
    this.done += 1;
    if (!ok) this.failed += 1;
  }

  get seconds(): number {
    return (this.#now() - this.#startedAt) / 1000;
  }

  /** Inputs per second, such as `8.3/s`. */
  get rate(): string {
    return `${(this.done / Math.max(this.seconds, 0.001)).toFixed(1)}/s`;
  }
}
