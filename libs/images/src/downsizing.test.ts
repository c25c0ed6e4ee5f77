import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planDownsizing, scalingFactor } from "./downsizing.ts";

const side = fc.integer({ min: 1, max: 20_000 });
const size = fc.record({ width: side, height: side });

describe("the Python SDK's factor", () => {
  test.each([
    [1024, 1024, 1024, 1024, null],
    [1080, 1920, 640, 640, 0.3333333333333333],
    [200, 100, 200, 100, null],
    [200, 100, 50, 50, 0.25],
    [7, 3, 2, 2, 0.2857142857142857],
  ])("%i x %i into %i x %i is %s", (width, height, maxWidth, maxHeight, factor) => {
    expect(scalingFactor({ width, height }, { width: maxWidth, height: maxHeight })).toBe(factor);
  });

  test.each([
    [
      { width: 100, height: 300 },
      { width: 64, height: 64 },
      { width: 21, height: 64 },
    ],
    [
      { width: 200, height: 100 },
      { width: 60, height: 60 },
      { width: 60, height: 30 },
    ],
    [
      { width: 100, height: 25 },
      { width: 50, height: 50 },
      { width: 50, height: 12 },
    ],
    [
      { width: 100, height: 27 },
      { width: 50, height: 50 },
      { width: 50, height: 14 },
    ],
    [
      { width: 9000, height: 2 },
      { width: 90, height: 90 },
      { width: 90, height: 1 },
    ],
  ])("%o into %o gives %o", (image, max, expected) => {
    expect(planDownsizing(image, max)?.size).toEqual(expected);
  });
});

test("never enlarges, fits the box, and keeps the proportions to half a pixel", () => {
  fc.assert(
    fc.property(size, size, (image, max) => {
      const plan = planDownsizing(image, max);
      const fits = image.width <= max.width && image.height <= max.height;
      expect(plan === null).toBe(fits);
      if (plan === null) return;
      expect(plan.factor).toBeLessThan(1);
      expect(plan.size.width).toBeLessThanOrEqual(max.width);
      expect(plan.size.height).toBeLessThanOrEqual(max.height);
      for (const axis of ["width", "height"] as const) {
        const exact = image[axis] * plan.factor;
        expect(plan.size[axis]).toBeGreaterThanOrEqual(1);
        expect(Math.abs(plan.size[axis] - exact)).toBeLessThanOrEqual(exact < 0.5 ? 1 : 0.5 + 1e-9);
      }
    }),
  );
});
