/** Frames that wait for the caller, when nothing else is said. */
export const DEFAULT_QUEUE_CAPACITY = 8;

/**
 * A queue between a live stream and its reader. When it is full the oldest item is dropped and counted; the end is kept
 * apart from the items, so that no number of items can push it out. Items that wait at the end are still handed over.
 */
export class DropOldestQueue<Item extends object> implements AsyncIterableIterator<Item, undefined> {
  readonly #capacity: number;
  readonly #items: Item[] = [];
  readonly #readers: PromiseWithResolvers<IteratorResult<Item, undefined>>[] = [];
  readonly #onReturn: (() => void) | undefined;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #dropped = 0;

  /** `onReturn` is called when the reader leaves early, such as by `break`. */
  constructor({
    capacity = DEFAULT_QUEUE_CAPACITY,
    onReturn,
  }: { capacity?: number; onReturn?: () => void } = {}) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(`A queue needs room for at least one item; ${capacity} is no such number.`);
    }
    this.#capacity = capacity;
    this.#onReturn = onReturn;
  }

  /** Items dropped because the reader was too slow. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Items that wait. */
  get size(): number {
    return this.#items.length;
  }

  /** The items that wait, oldest first. */
  get waiting(): readonly Item[] {
    return this.#items;
  }

  /** Takes out what waits; it does not count as dropped. */
  clear(): Item[] {
    return this.#items.splice(0);
  }

  /** Adds an item, and returns the one it pushed out. After the end nothing is taken. */
  push(item: Item): Item | undefined {
    if (this.#ended) return undefined;
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.resolve({ done: false, value: item });
      return undefined;
    }
    this.#items.push(item);
    if (this.#items.length <= this.#capacity) return undefined;
    this.#dropped += 1;
    return this.#items.shift();
  }

  /** No item follows. Only the first end counts. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const reader of this.#readers.splice(0)) reader.resolve({ done: true, value: undefined });
  }

  /** No item follows, because of an error: the reader gets it once, after the items that wait. */
  fail(error: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    const reader = this.#readers.shift();
    if (reader === undefined) this.#failure = { error };
    else reader.reject(error);
    for (const other of this.#readers.splice(0)) other.resolve({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    const [value] = this.#items.splice(0, 1);
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.#failure !== undefined) {
      const { error } = this.#failure;
      this.#failure = undefined;
      return Promise.reject(error);
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    const reader = Promise.withResolvers<IteratorResult<Item, undefined>>();
    this.#readers.push(reader);
    return reader.promise;
  }

  return(): Promise<IteratorResult<Item, undefined>> {
    this.#items.length = 0;
    this.#failure = undefined;
    this.end();
    this.#onReturn?.();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
