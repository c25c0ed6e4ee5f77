/**
 * Works on the items that come next while the caller has the last one: an item is read while the one before is being finished. Reading
 * and finishing each happen in order and one at a time.
 */
export class LookAhead<Read, Item> {
  readonly #read: () => Promise<Read | null>;
  readonly #finish: (read: Read) => Promise<Item>;
  readonly #depth: number;
  readonly #waiting: Promise<Item | null>[] = [];
  #reading: Promise<Read | null> = Promise.resolve(null);
  #finishing: Promise<unknown> = Promise.resolve();
  #isOver = false;

  /**
   * @param read - Gives what an item is made of, `null` at the end. Not called again after the end or a failure.
   * @param finish - Makes the item.
   * @param depth - Items that are worked on beyond those that were asked for; 0 = none.
   */
  constructor(read: () => Promise<Read | null>, finish: (read: Read) => Promise<Item>, depth: number) {
    this.#read = read;
    this.#finish = finish;
    this.#depth = depth;
  }

  /** The next item, `null` at the end. Rejects with the failure of its own reading or finishing, after all items before it. */
  async next(): Promise<Item | null> {
    while (this.#waiting.length <= this.#depth) this.#waiting.push(this.#start());
    return (await this.#waiting.shift()) ?? null;
  }

  /** Waits until nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#waiting);
  }

  #start(): Promise<Item | null> {
    const before = this.#finishing;
    const reading = this.#reading.then(
      () => this.#readNext(),
      () => null,
    );
    const item = reading.then(async (read) => {
      await before;
      return read === null ? null : await this.#finish(read);
    });
    this.#reading = reading;
    this.#finishing = item.catch(() => {
      this.#isOver = true;
    });
    return item;
  }

  async #readNext(): Promise<Read | null> {
    if (this.#isOver) return null;
    try {
      const read = await this.#read();
      if (read === null) this.#isOver = true;
      return read;
    } catch (error) {
      this.#isOver = true;
      throw error;
    }
  }
}
