import fc from "fast-check";
import { expect, test } from "vitest";
import { imageBatches } from "./image-batches.ts";

async function collect(source: Iterable<string> | AsyncIterable<string>, size: number) {
  const all = [];
  for await (const batch of imageBatches(source, size)) all.push(batch);
  return all;
}

async function* streamOf(items: readonly string[]) {
  yield* items;
}

test("every image once, in order, in full batches but the last, from lists and streams alike", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string()), fc.integer({ min: 1, max: 7 }), async (items, size) => {
      const batches = await collect(items, size);
      expect(batches.flat()).toEqual(items.map((input, index) => ({ index, input })));
      expect(batches.slice(0, -1).every((batch) => batch.length === size)).toBe(true);
      expect(batches.every((batch) => batch.length > 0 && batch.length <= size)).toBe(true);
      expect(await collect(streamOf(items), size)).toEqual(batches);
    }),
  );
});

test("reads the source only as batches are asked for", async () => {
  let read = 0;
  function* source() {
    for (;;) {
      read += 1;
      yield "x";
    }
  }
  const batches = imageBatches(source(), 3);
  for await (const _batch of batches) break;
  expect(read).toBe(3);
});

test("images before a failure of the source are given before it is thrown", async () => {
  const items = ["a", "b", "c"];
  async function* stream() {
    yield* items;
    throw new Error("source");
  }
  function* list() {
    yield* items;
    throw new Error("source");
  }
  for (const size of [1, 2, 3, 4]) {
    for (const source of [stream(), list()]) {
      const given: string[] = [];
      const reading = async () => {
        for await (const batch of imageBatches(source, size))
          given.push(...batch.map(({ input }) => String(input)));
      };
      await expect(reading()).rejects.toThrow("source");
      expect(given).toEqual(items);
    }
  }
});
