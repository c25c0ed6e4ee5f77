import fc from "fast-check";
import { expect, test } from "vitest";
import { createRunningCalls } from "./running-calls.ts";

test("holds exactly the calls that entered and did not leave, whatever the order", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1000 })), (steps) => {
      const calls = createRunningCalls<number>();
      const present = new Map<number, () => void>();
      for (const [name, step] of steps.entries()) {
        const chosen = [...present.keys()][step % 3];
        if (step % 2 === 0 || chosen === undefined) present.set(name, calls.enter(name));
        else {
          present.get(chosen)?.();
          present.delete(chosen);
        }
        expect([...calls].sort()).toEqual([...present.keys()].sort());
      }
    }),
  );
});

test("leaving twice takes out nobody else", () => {
  const calls = createRunningCalls<string>();
  const leave = calls.enter("first");
  calls.enter("second");
  leave();
  calls.enter("third");
  leave();
  expect([...calls]).toEqual(["second", "third"]);
});

test("calls may leave while they are gone through", () => {
  const calls = createRunningCalls<() => void>();
  const seen: number[] = [];
  for (const name of [1, 2, 3]) {
    const leave: () => void = calls.enter(() => {
      seen.push(name);
      leave();
    });
  }
  for (const end of calls) end();
  expect([seen, [...calls]]).toEqual([[1, 2, 3], []]);
});
