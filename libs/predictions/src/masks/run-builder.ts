import type { ImageDimensions } from "../results.ts";
import type { Runs } from "../rle.ts";

/** Writes the runs of a mask from its covered stretches, counted column by column and given in ascending order. */
export class RunBuilder {
  readonly #runs: number[] = [];
  #end = 0;

  /** Covers the pixels from `start` up to `end` (not included); joins what touches. */
  cover(start: number, end: number): void {
    if (end <= start) return;
    const runs = this.#runs;
    if (start === this.#end && runs.length > 0) runs.push((runs.pop() ?? 0) + end - start);
    else runs.push(start - this.#end, end - start);
    this.#end = end;
  }

  /** The mask, with the uncovered rest. */
  finish({ width, height }: ImageDimensions): Runs {
    const rest = width * height - this.#end;
    if (rest > 0 || this.#runs.length === 0) this.#runs.push(rest);
    return { width, height, runs: this.#runs };
  }
}
