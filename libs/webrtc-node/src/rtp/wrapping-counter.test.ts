import * as fc from "fast-check";
import { expect, test } from "vitest";
import { WrappingCounter } from "./wrapping-counter.ts";

test.each([16, 32] as const)("numbers of %i bits are continued, also out of order", (bits) => {
  const size = 2 ** bits;
  const steps = fc.array(fc.integer({ min: -(size / 8), max: size / 4 }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: size - 1 }), steps, (start, moves) => {
      const counter = new WrappingCounter(bits);
      expect(counter.unwrap(start)).toBe(start);
      let highest = start;
      for (const move of moves) {
        const value = highest + move;
        expect(counter.unwrap(((value % size) + size) % size)).toBe(value);
        highest = Math.max(highest, value);
      }
    }),
  );
});
