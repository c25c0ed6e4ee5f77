/** A first result that is nearer to 0 than this is where the track begins, in ticks: a third of a frame at 30 a second. */
const MIN_OFFSET_TICKS = 1_000;

/**
 * Finds how far the worker's clock is ahead of the track's. The track counts from its first picture; the worker need not begin at 0: a
 * realtime worker that was busy leaves the first frames out, and the time of a file may begin later. The first picture belongs to the
 * first result, so the offset is known once both are there.
 */
export class TrackOrigin {
  #picture: number | undefined;
  #result: number | null | undefined;
  #offset = 0;

  /** What is to be taken off the times of results, in ticks. */
  get offset(): number {
    return this.#offset;
  }

  /** Takes a picture of the track; returns how much the offset has grown. */
  picture(ticks: number | null): number {
    if (this.#picture !== undefined || ticks === null) return 0;
    this.#picture = ticks;
    return this.#settle();
  }

  /** Takes a result; without the very first one nobody knows what the first picture belongs to. */
  result(frameId: number, ticks: number): void {
    if (this.#result !== undefined) return;
    this.#result = frameId === 1 ? ticks : null;
    this.#settle();
  }

  #settle(): number {
    if (this.#picture !== 0 || this.#result === undefined || this.#result === null) return 0;
    if (Math.abs(this.#result) < MIN_OFFSET_TICKS) return 0;
    this.#offset = this.#result;
    return this.#offset;
  }
}
