/** Times that are remembered for what comes later with the same time. */
const REMEMBERED = 1_000;
/** Times are rounded to a thousandth of a millisecond, so that a frame may seem a little early. */
const TOLERANCE = 1e-4;

/** Lets so many frames a second pass, by the video's own time. Frames without a time always pass. */
export class FrameGate {
  readonly #periodMs: number | undefined;
  readonly #passed = new Set<number>();
  #firstMs: number | undefined;
  #slot = -1;

  /** @param maxFps - undefined = all of them. */
  constructor(maxFps: number | undefined) {
    this.#periodMs = maxFps === undefined ? undefined : 1000 / maxFps;
  }

  /** The first frame of each period passes. One that passed passes again: its picture and its line come one after the other. */
  lets(timestampMs: number | null): boolean {
    if (this.#periodMs === undefined || timestampMs === null || this.#passed.has(timestampMs)) return true;
    this.#firstMs ??= timestampMs;
    const slot = Math.floor((timestampMs - this.#firstMs) / this.#periodMs + TOLERANCE);
    if (slot <= this.#slot) return false;
    this.#slot = slot;
    this.#passed.add(timestampMs);
    if (this.#passed.size > REMEMBERED) {
      const [oldest] = this.#passed;
      if (oldest !== undefined) this.#passed.delete(oldest);
    }
    return true;
  }
}
