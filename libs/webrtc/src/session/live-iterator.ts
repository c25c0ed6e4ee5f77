/** A loop over what a session delivers. */
export type LiveIterator<Item> = AsyncIterableIterator<Item, undefined, undefined> & AsyncDisposable;

/** Makes an iterator; `leave` is called once, when the loop is left early. */
export function liveIterator<Item extends object>(
  next: () => Promise<Item | undefined>,
  leave: () => Promise<void>,
): LiveIterator<Item> {
  let left: Promise<void> | undefined;
  return {
    next: async () => {
      const value = await next();
      return value === undefined ? { done: true, value: undefined } : { done: false, value };
    },
    return: async () => {
      left ??= leave();
      await left;
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      left ??= leave();
      await left;
    },
  };
}
