/** A place where the work on one item happens; a promise when it takes a while. */
export type ItemWork<Item> = (item: Item) => Promise<void> | undefined;

/**
 * Hands items to the caller's handlers, one after the other. Quick handlers are called at once; while slow ones work, items
 * wait, the oldest are dropped above the capacity, and the rest is worked on in order.
 */
export class HandlerPump<Item> {
  readonly #capacity: number;
  readonly #work: ItemWork<Item>;
  readonly #onDrop: (item: Item) => void;
  readonly #onFree: () => void;
  readonly #waiting: Item[] = [];
  #isBusy = false;
  #idle: PromiseWithResolvers<void> | undefined;

  constructor(options: {
    readonly capacity: number;
    readonly work: ItemWork<Item>;
    readonly onDrop: (item: Item) => void;
    /** Called when nothing is left to do. */
    readonly onFree: () => void;
  }) {
    this.#capacity = options.capacity;
    this.#work = options.work;
    this.#onDrop = options.onDrop;
    this.#onFree = options.onFree;
  }

  /** Items that wait or are being worked on. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Items that wait. */
  get waiting(): readonly Item[] {
    return this.#waiting;
  }

  push(item: Item): void {
    if (!this.#isBusy) {
      this.#run(item);
      return;
    }
    this.#waiting.push(item);
    if (this.#waiting.length <= this.#capacity) return;
    const oldest = this.#waiting.shift();
    if (oldest !== undefined) this.#onDrop(oldest);
  }

  /** Settles when nothing waits and nothing is being worked on, or after `discard`. */
  idle(): Promise<void> {
    if (!this.#isBusy) return Promise.resolve();
    this.#idle ??= Promise.withResolvers();
    return this.#idle.promise;
  }

  /** Drops what waits, and lets go of who waits for it. */
  discard(): void {
    for (const item of this.#waiting.splice(0)) this.#onDrop(item);
    this.#settle();
  }

  #run(first: Item): void {
    let item: Item | undefined = first;
    while (item !== undefined) {
      const working = this.#work(item);
      if (working !== undefined) {
        this.#isBusy = true;
        void working.finally(() => {
          this.#isBusy = false;
          const next = this.#waiting.shift();
          if (next !== undefined) this.#run(next);
          else this.#free();
        });
        return;
      }
      item = this.#waiting.shift();
    }
    this.#free();
  }

  #free(): void {
    this.#settle();
    this.#onFree();
  }

  #settle(): void {
    this.#idle?.resolve();
    this.#idle = undefined;
  }
}
