/** Runs tasks one after another: native objects bear neither two calls at a time nor being freed under one. */
export class PromiseChain {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T> | T): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
