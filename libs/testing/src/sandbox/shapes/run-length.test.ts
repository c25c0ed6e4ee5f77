import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeRuns } from "../testing/masks.ts";
import { compressRuns, runLengths } from "./run-length.ts";

test("gives the text that the real server sent for the same runs", () => {
  // Columns 10 to 29 and rows 8 to 27 of a 64 x 48 picture, with the corners cut as the real network cuts them.
  const text = "Z?`0o02O0O2O00000000000000000000000001N101Ngb1";
  expect(compressRuns(decodeRuns(text))).toBe(text);
  expect(decodeRuns(text).reduce((sum, count) => sum + count, 0)).toBe(64 * 48);
});

test("runs go down the columns and start with the unset ones", () => {
  expect(runLengths(3, 2, (x, y) => x === 1 || (x === 2 && y === 0))).toEqual([2, 3, 1]);
  expect(runLengths(2, 2, () => true)).toEqual([0, 4]);
  expect(runLengths(2, 2, () => false)).toEqual([4]);
});

test("text read back gives the same runs", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3_000_000), { maxLength: 40 }), (counts) => {
      expect(decodeRuns(compressRuns(counts))).toEqual(counts);
    }),
  );
});
