import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { DropOldestQueue } from "./drop-oldest-queue.ts";

const item = (id: number) => ({ id });

describe("DropOldestQueue", () => {
  test("keeps the newest, in order, counts the rest, and always ends", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 10 }), fc.nat(40), async (capacity, count) => {
        const queue = new DropOldestQueue<{ id: number }>({ capacity });
        const out: number[] = [];
        for (let id = 0; id < count; id += 1) {
          const pushed = queue.push(item(id));
          if (pushed !== undefined) out.push(pushed.id);
          expect(queue.size).toBeLessThanOrEqual(capacity);
        }
        queue.end();
        const got: number[] = [];
        for await (const { id } of queue) got.push(id);
        const lost = Math.max(0, count - capacity);
        expect(queue.dropped).toBe(lost);
        expect([...out, ...got]).toEqual(Array.from({ length: count }, (_, id) => id));
        expect(got).toHaveLength(count - lost);
      }),
    );
  });

  test("pushes and reads in any order lose nothing but what is counted", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 60 }), fc.boolean(), async (steps, fails) => {
        const queue = new DropOldestQueue<{ id: number }>({ capacity: 3 });
        const reads: Promise<IteratorResult<{ id: number }, undefined>>[] = [];
        let pushes = 0;
        for (const push of steps) {
          if (push) queue.push(item(pushes++));
          else reads.push(queue.next());
        }
        const error = new Error("lost");
        if (fails) queue.fail(error);
        else queue.end();
        while (queue.size > 0) reads.push(queue.next());
        reads.push(queue.next());
        const settled = await Promise.allSettled(reads);
        const ids = settled.flatMap((read) =>
          read.status === "fulfilled" && read.value.done !== true ? [read.value.value.id] : [],
        );
        expect(ids).toEqual([...ids].sort((a, b) => a - b));
        expect(ids.length + queue.dropped).toBe(pushes);
        const failures = settled.filter((read) => read.status === "rejected");
        expect(failures.map((read) => read.reason)).toEqual(fails ? [error] : []);
        expect(await queue.next()).toEqual({ done: true, value: undefined });
      }),
    );
  });

  test("a reader that leaves is reported, and nothing is taken after", async () => {
    const onReturn = vi.fn();
    const queue = new DropOldestQueue<{ id: number }>({ onReturn });
    queue.push(item(1));
    for await (const { id } of queue) {
      expect(id).toBe(1);
      break;
    }
    expect(onReturn).toHaveBeenCalledOnce();
    queue.push(item(2));
    expect(queue.size).toBe(0);
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  test.each([0, -1, 1.5, Number.NaN])("refuses room for %d items", (capacity) => {
    expect(() => new DropOldestQueue({ capacity })).toThrow(RangeError);
  });
});
