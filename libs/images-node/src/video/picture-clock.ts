/** Units of a video's timestamps. */
export interface VideoTicks {
  /** Length of one tick in milliseconds. */
  readonly tickMs: number;
  /** Usual time from one picture to the next; `null` when the video does not tell. */
  readonly pictureMs: number | null;
}

/** Rate of videos that tell none, as FFmpeg assumes it. */
const FALLBACK_PICTURE_MS = 40;

/** Times of pictures in milliseconds from the first one; pictures without a timestamp follow the last at the video's rate. */
export class PictureClock {
  readonly #ticks: VideoTicks;
  readonly #noTimestamp: bigint;
  #origin: bigint | undefined;
  #lastMs = Number.NaN;

  /** @param noTimestamp - Value that stands for a missing timestamp. */
  constructor(ticks: VideoTicks, noTimestamp: bigint) {
    this.#ticks = ticks;
    this.#noTimestamp = noTimestamp;
  }

  /** Time of the next picture. */
  at(timestamp: bigint): number {
    this.#lastMs = timestamp === this.#noTimestamp ? this.#guess() : this.#sinceFirst(timestamp);
    return this.#lastMs;
  }

  #sinceFirst(timestamp: bigint): number {
    if (this.#origin === undefined) {
      // After pictures without one, the first timestamp continues the guesses.
      const elapsed = Number.isNaN(this.#lastMs) ? 0 : this.#guess();
      this.#origin = timestamp - BigInt(Math.round(elapsed / this.#ticks.tickMs));
    }
    return Number(timestamp - this.#origin) * this.#ticks.tickMs;
  }

  #guess(): number {
    if (Number.isNaN(this.#lastMs)) return 0;
    return this.#lastMs + (this.#ticks.pictureMs ?? FALLBACK_PICTURE_MS);
  }
}
