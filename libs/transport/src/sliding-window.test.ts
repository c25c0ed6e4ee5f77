import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LOOK_AHEAD_PER_PLACE, mapInOrder, mapInOrderOrFail } from "./sliding-window.ts";
import { fakeClock } from "./testing/fake-clock.ts";

const numbers = (count: number): number[] => Array.from({ length: count }, (_none, index) => index);

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("order, window and completeness", () => {
  test("hold for every order in which the work ends, also with failures", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc.boolean(),
        async (scheduler, window, fails, asynchronous) => {
          let running = 0;
          let pulled = 0;
          let delivered = 0;
          const source = function* () {
            for (const index of fails.keys()) {
              pulled += 1;
              expect(pulled - delivered).toBeLessThanOrEqual(window * LOOK_AHEAD_PER_PLACE + 1);
              yield index;
            }
          };
          const asyncSource = async function* () {
            yield* source();
          };
          const calls: number[] = [];
          const outcomes = mapInOrder(
            asynchronous ? asyncSource() : source(),
            window,
            async (item, index) => {
              expect(item).toBe(index);
              calls.push(item);
              running += 1;
              expect(running).toBeLessThanOrEqual(window);
              await scheduler.schedule(Promise.resolve());
              running -= 1;
              if (fails[item]) throw new Error(`no ${item}`);
              return item * 2;
            },
          );
          const read = (async () => {
            const seen: unknown[] = [];
            for await (const outcome of outcomes) {
              delivered += 1;
              seen.push(outcome.ok ? outcome.value : String(outcome.error));
              expect(outcome.index).toBe(seen.length - 1);
            }
            return seen;
          })();
          const seen = await scheduler.waitFor(read);
          expect(seen).toEqual(fails.map((fail, index) => (fail ? `Error: no ${index}` : index * 2)));
          expect(calls).toEqual(numbers(fails.length));
        },
      ),
    );
  });

  test("a slow first item does not stop the others before the look-ahead is used up", async () => {
    const gate = Promise.withResolvers<void>();
    let started = 0;
    const outcomes = mapInOrder(numbers(1000), 2, async (item) => {
      started += 1;
      if (item === 0) await gate.promise;
      return item;
    });
    const first = outcomes.next();
    await expect.poll(() => started).toBe(2 * LOOK_AHEAD_PER_PLACE);
    gate.resolve();
    expect((await first).value).toMatchObject({ index: 0 });
    expect((await collect(outcomes)).length).toBe(999);
  });

  test("3,000 requests, 10 % ten times slower: at least 90 % of the window's rate", async () => {
    const clock = fakeClock();
    const window = 32;
    // A fixed sequence without pattern, so that slow items also come in bunches.
    let seed = 12_345;
    const latency = (): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648 < 0.1 ? 300 : 30;
    };
    let total = 0;
    const done = collect(
      mapInOrder(numbers(3000), window, (item) => {
        const ms = latency();
        total += ms;
        return new Promise<number>((resolve) => clock.after(ms, () => resolve(item)));
      }),
    );
    let finished = false;
    done.then(() => {
      finished = true;
    });
    while (!finished) await clock.advance(10);
    expect(await done).toHaveLength(3000);
    const ideal = total / window;
    expect(ideal / clock.now()).toBeGreaterThan(0.9);
  });
});

describe("ending", () => {
  test("nothing is pulled before the first result is asked for", () => {
    let pulled = false;
    mapInOrder(
      (function* () {
        pulled = true;
        yield 1;
      })(),
      1,
      async (item) => item,
    );
    expect(pulled).toBe(false);
  });

  test("leaving the loop aborts running work and returns the source", async () => {
    let returned = false;
    const signals: AbortSignal[] = [];
    const source = (function* () {
      try {
        for (let index = 0; ; index += 1) yield index;
      } finally {
        returned = true;
      }
    })();
    for await (const outcome of mapInOrder(source, 3, (item, _index, signal) => {
      signals.push(signal);
      return item === 0 ? Promise.resolve(item) : new Promise<number>(() => undefined);
    })) {
      expect(outcome.index).toBe(0);
      break;
    }
    expect(returned).toBe(true);
    expect(signals.length).toBeGreaterThan(1);
    expect(signals.slice(1).every((signal) => signal.aborted)).toBe(true);
  });

  test("return() also ends a next() that waits", async () => {
    const outcomes = mapInOrder([1], 1, () => new Promise<number>(() => undefined));
    const waiting = outcomes.next();
    await outcomes.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test("the caller's abort keeps what is finished and aborts the rest", async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const read = (async () => {
      const work = (item: number, _index: number, signal: AbortSignal): Promise<number> =>
        new Promise((resolve, reject) => {
          if (item < 2) resolve(item);
          signal.addEventListener("abort", () => reject(signal.reason));
        });
      for await (const outcome of mapInOrder(numbers(9), 4, work, controller.signal)) {
        expect(outcome.ok).toBe(true);
        seen.push(outcome.index);
        if (seen.length === 2) queueMicrotask(() => controller.abort("stop"));
      }
    })();
    await expect(read).rejects.toMatchObject({ code: "ABORTED", cause: "stop" });
    expect(seen).toEqual([0, 1]);
  });

  test("an error of the source comes after the outcomes before it", async () => {
    const seen: number[] = [];
    const source = (async function* () {
      yield 1;
      yield 2;
      throw new Error("source broken");
    })();
    const read = (async () => {
      for await (const outcome of mapInOrder(source, 2, async (item) => item)) seen.push(outcome.index);
    })();
    await expect(read).rejects.toThrow("source broken");
    expect(seen).toEqual([0, 1]);
  });

  test("fail-fast: the first failure in time ends everything, also behind a slow first item", async () => {
    let aborted = false;
    const read = collect(
      mapInOrderOrFail(numbers(10), 3, async (item, _index, signal) => {
        if (item === 1) throw new Error("one is bad");
        await new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            aborted = true;
            reject(signal.reason);
          });
        });
        return item;
      }),
    );
    await expect(read).rejects.toThrow("one is bad");
    expect(aborted).toBe(true);
  });

  test("fail-fast gives plain results when nothing fails", async () => {
    expect(await collect(mapInOrderOrFail(["a", "b"], 1, async (item, index) => `${item}${index}`))).toEqual([
      "a0",
      "b1",
    ]);
  });

  test.each([0, 1.5, Number.NaN])("a window of %d is refused", (window) => {
    expect(() => mapInOrder([1], window, async (item) => item)).toThrow(/integer of 1 or more/);
  });
});
