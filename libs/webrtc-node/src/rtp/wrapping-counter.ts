/**
 * Continues a number that starts again at 0 after 2^bits values, for values that come nearly in order: each one is taken for the
 * nearest one to the highest so far.
 */
export class WrappingCounter {
  readonly #size: number;
  #highest: number | undefined;

  constructor(bits: 16 | 32) {
    this.#size = 2 ** bits;
  }

  unwrap(value: number): number {
    if (this.#highest === undefined) {
      this.#highest = value;
      return value;
    }
    const size = this.#size;
    const ahead = (((value - this.#highest) % size) + size) % size;
    const step = ahead < size / 2 ? ahead : ahead - size;
    const unwrapped = this.#highest + step;
    if (step > 0) this.#highest = unwrapped;
    return unwrapped;
  }
}
