import fc from "fast-check";
import { expect, test } from "vitest";
import { createLimiter } from "./limiter.ts";

test("tasks start in order, never more than the limit at once, each one once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 1, max: 5 }),
      fc.nat(20),
      async (scheduler, max, count) => {
        const limiter = createLimiter(max);
        const started: number[] = [];
        let now = 0;
        const results = Array.from({ length: count }, (_none, index) =>
          limiter.run(async () => {
            started.push(index);
            now += 1;
            expect(now).toBeLessThanOrEqual(max);
            await scheduler.schedule(Promise.resolve(), `task ${index}`);
            now -= 1;
            return index;
          }),
        );
        await scheduler.waitFor(Promise.all(results));
        expect(await Promise.all(results)).toEqual(Array.from({ length: count }, (_none, index) => index));
        expect(started).toEqual(Array.from({ length: count }, (_none, index) => index));
        expect([limiter.running, limiter.waiting]).toEqual([0, 0]);
      },
    ),
  );
});

test("an aborted task leaves the queue at once, the others move up", async () => {
  const limiter = createLimiter(1);
  const gate = Promise.withResolvers<void>();
  const controller = new AbortController();
  const ran: string[] = [];
  const first = limiter.run(() => gate.promise);
  const second = limiter.run(async () => ran.push("second"), controller.signal);
  const third = limiter.run(async () => ran.push("third"));
  expect(limiter.waiting).toBe(2);
  controller.abort("enough");
  await expect(second).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
  expect(limiter.waiting).toBe(1);
  gate.resolve();
  await Promise.all([first, third]);
  expect(ran).toEqual(["third"]);
});

test("an aborted signal starts nothing, a failing task gives its place back", async () => {
  const limiter = createLimiter(1);
  await expect(limiter.run(async () => 1, AbortSignal.abort())).rejects.toMatchObject({ code: "ABORTED" });
  await expect(limiter.run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await limiter.run(async () => 2)).toBe(2);
});

test.each([0, -1, 1.5, Number.NaN])("a limit of %d is refused", (max) => {
  expect(() => createLimiter(max)).toThrow(/integer of 1 or more/);
});
