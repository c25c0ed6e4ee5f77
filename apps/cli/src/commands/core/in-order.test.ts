import fc from "fast-check";
import { expect, test } from "vitest";
import { inOrder } from "./in-order.ts";

const never = new AbortController().signal;

test("every item in its place, failures too, never more at once than allowed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.boolean(), { maxLength: 20 }),
      fc.integer({ min: 1, max: 6 }),
      async (scheduler, items, concurrency) => {
        let underWay = 0;
        let peak = 0;
        const work = async (ok: boolean, index: number): Promise<number> => {
          underWay += 1;
          peak = Math.max(peak, underWay);
          await scheduler.schedule(Promise.resolve());
          underWay -= 1;
          if (!ok) throw new Error(`item ${index}`);
          return index * 2;
        };
        const collected = (async () => {
          const outcomes: unknown[] = [];
          for await (const outcome of inOrder(items, concurrency, work, never)) outcomes.push(outcome);
          return outcomes;
        })();
        await scheduler.waitFor(collected);
        expect(await collected).toEqual(
          items.map((ok, index) =>
            ok ? { index, ok, value: index * 2 } : { index, ok, error: new Error(`item ${index}`) },
          ),
        );
        expect(peak).toBeLessThanOrEqual(concurrency);
      },
    ),
  );
});

test("an abort begins nothing more and gives what is under way", async () => {
  const controller = new AbortController();
  const begun: number[] = [];
  const work = async (item: number): Promise<number> => {
    begun.push(item);
    if (item === 2) controller.abort();
    return item;
  };
  const given: number[] = [];
  for await (const outcome of inOrder([0, 1, 2, 3, 4, 5], 2, work, controller.signal))
    given.push(outcome.index);
  expect([begun, given]).toEqual([
    [0, 1, 2],
    [0, 1, 2],
  ]);
});

test("leaving the loop ends what is under way", async () => {
  const ended: number[] = [];
  const work = (item: number, _index: number, signal: AbortSignal): Promise<number> =>
    item === 0
      ? Promise.resolve(item)
      : new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            ended.push(item);
            reject(new Error("aborted"));
          });
        });
  for await (const outcome of inOrder([0, 1, 2, 3], 3, work, never)) {
    expect(outcome.index).toBe(0);
    break;
  }
  expect(ended).toEqual([1, 2]);
});
