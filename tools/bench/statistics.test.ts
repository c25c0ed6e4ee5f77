import fc from "fast-check";
import { expect, test } from "vitest";
import { median, pairwise } from "./statistics.ts";

test("the median of odd and even numbers of values", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow(RangeError);
});

test("half of the values are on either side of the median, and the list is left alone", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const before = [...values];
      const middle = median(values);
      expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
      expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      expect(values).toEqual(before);
    }),
  );
});

test("pairs are compared in order, and only pairs", () => {
  expect(pairwise([4, 9], [2, 3])).toEqual([2, 3]);
  expect(pairwise([4, 9], [2, 3], (a, b) => a - b)).toEqual([2, 6]);
  expect(() => pairwise([1], [])).toThrow(RangeError);
});
