import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { HandlerPump } from "./handler-pump.ts";

describe("HandlerPump", () => {
  test("quick handlers get every item at once, however many come", () => {
    const got: number[] = [];
    const onFree = vi.fn();
    const pump = new HandlerPump<number>({
      capacity: 1,
      work: (item) => {
        got.push(item);
        return undefined;
      },
      onDrop: () => expect.unreachable(),
      onFree,
    });
    for (let item = 0; item < 100; item += 1) pump.push(item);
    expect(got).toEqual(Array.from({ length: 100 }, (_, item) => item));
    expect(pump.isBusy).toBe(false);
    expect(onFree).toHaveBeenCalledTimes(100);
  });

  test("slow and quick ones in any mix: in order, one at a time, the oldest are dropped and counted", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.record({ slow: fc.boolean(), pushes: fc.integer({ min: 1, max: 8 }) }), {
          maxLength: 12,
        }),
        async (capacity, rounds) => {
          const got: number[] = [];
          const dropped: number[] = [];
          const gates: PromiseWithResolvers<void>[] = [];
          let running = 0;
          let next = 0;
          const slow = new Set<number>();
          const pump = new HandlerPump<number>({
            capacity,
            work: (item) => {
              expect(running).toBe(0);
              got.push(item);
              if (!slow.has(item)) return undefined;
              running += 1;
              const gate = Promise.withResolvers<void>();
              gates.push(gate);
              return gate.promise.then(() => {
                running -= 1;
              });
            },
            onDrop: (item) => dropped.push(item),
            onFree: () => undefined,
          });
          for (const round of rounds) {
            for (let push = 0; push < round.pushes; push += 1) {
              if (round.slow) slow.add(next);
              pump.push(next);
              next += 1;
              expect(pump.waiting.length).toBeLessThanOrEqual(capacity);
            }
            for (const gate of gates.splice(0)) gate.resolve();
            await Promise.resolve();
          }
          const idle = pump.idle();
          while (pump.isBusy) {
            for (const gate of gates.splice(0)) gate.resolve();
            await Promise.resolve();
          }
          await idle;
          expect(got).toEqual([...got].sort((a, b) => a - b));
          expect([...got, ...dropped].sort((a, b) => a - b)).toEqual(
            Array.from({ length: next }, (_, item) => item),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test("discarding lets go of what waits and of who waits for it", async () => {
    const dropped: number[] = [];
    const pump = new HandlerPump<number>({
      capacity: 8,
      work: () => new Promise<void>(() => undefined),
      onDrop: (item) => dropped.push(item),
      onFree: () => undefined,
    });
    for (const item of [1, 2, 3]) pump.push(item);
    const idle = pump.idle();
    pump.discard();
    await idle;
    expect(dropped).toEqual([2, 3]);
  });
});
