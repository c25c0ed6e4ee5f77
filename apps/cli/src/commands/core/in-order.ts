/** What became of one item. */
export type Outcome<Value> =
  | { readonly index: number; readonly ok: true; readonly value: Value }
  | { readonly index: number; readonly ok: false; readonly error: unknown };

/**
 * Works on items, `concurrency` at once, and gives what became of each in the order of the items. No more than `concurrency` are
 * begun and not yet taken, so that memory does not follow the number of items. After `signal` aborts nothing is begun; what is under way
 * is still given. Leaving the loop aborts the signal of the items under way and waits for them.
 */
export async function* inOrder<Item, Value>(
  items: Iterable<Item>,
  concurrency: number,
  work: (item: Item, index: number, signal: AbortSignal) => Promise<Value>,
  signal: AbortSignal,
): AsyncGenerator<Outcome<Value>, void, undefined> {
  const leaving = new AbortController();
  const within = AbortSignal.any([signal, leaving.signal]);
  const underWay: Promise<Outcome<Value>>[] = [];
  const begin = async (item: Item, index: number): Promise<Outcome<Value>> => {
    try {
      return { index, ok: true, value: await work(item, index, within) };
    } catch (error) {
      return { index, ok: false, error };
    }
  };
  try {
    let index = 0;
    for (const item of items) {
      if (signal.aborted) break;
      underWay.push(begin(item, index));
      index += 1;
      const first = underWay.length >= concurrency ? underWay.shift() : undefined;
      if (first !== undefined) yield await first;
    }
    for (let first = underWay.shift(); first !== undefined; first = underWay.shift()) yield await first;
  } finally {
    leaving.abort();
    await Promise.all(underWay);
  }
}
