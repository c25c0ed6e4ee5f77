import fc from "fast-check";
import { expect, test } from "vitest";
import { LookAhead } from "./look-ahead.ts";

/** Counts up to `length`, each step taking as many turns of the event loop as it is told; notes what is under way. */
function world(length: number, turns: readonly number[] = [], failsAt = Number.POSITIVE_INFINITY) {
  const seen = { reads: 0, readsAtOnce: 0, finishes: 0, finishesAtOnce: 0, most: 0 };
  let step = 0;
  const wait = async () => {
    for (let left = turns[step++ % turns.length] ?? 0; left > 0; left--) await Promise.resolve();
  };
  const read = async () => {
    expect(++seen.readsAtOnce).toBe(1);
    const number = seen.reads++;
    await wait();
    seen.readsAtOnce--;
    if (number === failsAt) throw new Error(`reading ${number}`);
    return number < length ? number : null;
  };
  const finish = async (number: number) => {
    expect(++seen.finishesAtOnce).toBe(1);
    expect(number).toBe(seen.finishes++);
    await wait();
    seen.finishesAtOnce--;
    return `picture ${number}`;
  };
  return { seen, read, finish };
}

test("items come in order, at most `depth` ahead, whatever takes long", async () => {
  const settings = [fc.nat(12), fc.nat(4), fc.array(fc.nat(5), { minLength: 1, maxLength: 7 })] as const;
  await fc.assert(
    fc.asyncProperty(...settings, async (length, depth, turns) => {
      const { seen, read, finish } = world(length, turns);
      const ahead = new LookAhead(read, finish, depth);
      for (let number = 0; number < length; number++) {
        expect(await ahead.next()).toBe(`picture ${number}`);
        expect(seen.reads).toBeLessThanOrEqual(number + 1 + depth);
      }
      expect(await ahead.next()).toBeNull();
      expect(await ahead.next()).toBeNull();
      // One reading finds the end; none follows it.
      expect(seen.reads).toBe(length + 1);
    }),
  );
});

test("the next item is read while one is being finished", async () => {
  const { seen, read } = world(3);
  const gate = Promise.withResolvers<void>();
  const ahead = new LookAhead(read, () => gate.promise, 1);
  const first = ahead.next();
  await expect.poll(() => seen.reads).toBe(2);
  gate.resolve();
  await first;
});

test("without depth nothing is read that was not asked for", async () => {
  const { seen, read, finish } = world(3);
  const ahead = new LookAhead(read, finish, 0);
  await ahead.next();
  await ahead.settled();
  expect(seen.reads).toBe(1);
});

test("a failure of reading comes after the items before it, once, and nothing is read after it", async () => {
  const { seen, read, finish } = world(9, [1, 3], 2);
  const ahead = new LookAhead(read, finish, 3);
  expect(await ahead.next()).toBe("picture 0");
  expect(await ahead.next()).toBe("picture 1");
  await expect(ahead.next()).rejects.toThrow("reading 2");
  expect(await ahead.next()).toBeNull();
  expect(seen.reads).toBe(3);
});

test("a failure of finishing ends the reading", async () => {
  const { seen, read } = world(9);
  const ahead = new LookAhead(
    read,
    async (number) => {
      if (number === 1) throw new Error("finishing 1");
      return number;
    },
    1,
  );
  expect(await ahead.next()).toBe(0);
  await expect(ahead.next()).rejects.toThrow("finishing 1");
  await ahead.settled();
  const { reads } = seen;
  await ahead.next();
  expect(seen.reads).toBe(reads);
});

test("settled waits for what is under way, also for what fails, and nothing is reported as unhandled", async () => {
  const { seen, read, finish } = world(9, [2], 2);
  const ahead = new LookAhead(read, finish, 4);
  await ahead.next();
  await ahead.settled();
  expect(seen).toMatchObject({ readsAtOnce: 0, finishesAtOnce: 0 });
});
