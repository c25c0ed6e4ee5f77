import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Detections } from "../detections/detections.ts";
import { InstanceMask } from "../masks/instance-mask.ts";
import { cropPixels } from "./crop-pixels.ts";
import { planSlices, type Slice } from "./plan-slices.ts";
import { sliceInference } from "./slice-inference.ts";

const side = fc.integer({ min: 1, max: 90 });
const plans = fc
  .record({ width: side, height: side, sliceWidth: side, sliceHeight: side, x: fc.nat(89), y: fc.nat(89) })
  .filter(({ sliceWidth, sliceHeight, x, y }) => x < sliceWidth && y < sliceHeight);

describe("the plan", () => {
  test("covers every pixel, leaves the picture nowhere, and is full size wherever slices overlap", () => {
    fc.assert(
      fc.property(plans, ({ width, height, sliceWidth, sliceHeight, x, y }) => {
        const slices = planSlices({ width, height }, { sliceWidth, sliceHeight, overlap: { x, y } });
        const covered = new Uint8Array(width * height);
        for (const slice of slices) {
          expect(
            slice.x >= 0 &&
              slice.y >= 0 &&
              slice.x + slice.width <= width &&
              slice.y + slice.height <= height,
          ).toBe(true);
          if (x > 0) expect(slice.width).toBe(Math.min(sliceWidth, width));
          if (y > 0) expect(slice.height).toBe(Math.min(sliceHeight, height));
          for (let row = slice.y; row < slice.y + slice.height; row++) {
            covered.fill(1, row * width + slice.x, row * width + slice.x + slice.width);
          }
        }
        expect(covered.every((value) => value === 1)).toBe(true);
      }),
    );
  });

  test.each([
    [{ sliceWidth: 0 }, /width of a slice/],
    [{ sliceHeight: 1.5 }, /height of a slice/],
    [{ sliceWidth: 10, sliceHeight: 10, overlap: 10 }, /from 0 to 9, got 10/],
    [{ overlap: -1 }, /got -1/],
  ])("%j is refused", (sizes, message) => {
    expect(() => planSlices({ width: 100, height: 100 }, sizes)).toThrow(message);
  });

  test.each([0, -1, 1.5, Number.NaN])("a picture of %s pixels has no slices", (width) => {
    expect(() => planSlices({ width, height: 5 })).toThrow(/its sides must be whole numbers from 1 up/);
  });
});

describe("cropping", () => {
  test("takes the pixels of the part", () => {
    const picture = {
      width: 3,
      height: 2,
      channels: 3 as const,
      data: Uint8Array.from({ length: 18 }, (_, at) => at),
    };
    expect(cropPixels(picture, { x: 1, y: 1, width: 2, height: 1 }).data).toEqual(
      Uint8Array.of(12, 13, 14, 15, 16, 17),
    );
    expect(() => cropPixels(picture, { x: 2, y: 0, width: 2, height: 1 })).toThrow(/cannot be cut out/);
    expect(() =>
      cropPixels({ ...picture, data: new Uint8Array(5) }, { x: 0, y: 0, width: 1, height: 1 }),
    ).toThrow(/5 bytes/);
  });
});

/** A picture of one channel with bright rectangles, and a detector that finds them in a slice. */
const picture = { width: 30, height: 20, channels: 1 as const, data: new Uint8Array(600) };
for (let y = 5; y < 9; y++) picture.data.fill(255, y * 30 + 8, y * 30 + 14);
const find = async ({ width, height, data }: { width: number; height: number; data: ArrayLike<number> }) => {
  const mask = InstanceMask.fromBitmap({ width, height, data: Uint8Array.from(data) });
  if (mask.area === 0) return { image: { width, height }, predictions: [] };
  const { x, y, width: w, height: h } = mask.box;
  const prediction = {
    x: x + w / 2,
    y: y + h / 2,
    width: w,
    height: h,
    confidence: mask.area / 100,
    class: "light",
    class_id: 0,
  };
  return { image: { width, height }, predictions: [{ ...prediction, rle: mask.toRle() }] };
};
const sizes = { sliceWidth: 12, sliceHeight: 12, overlap: 4 };

describe("slicing a picture", () => {
  test("an object on the border of slices is one object again when they are merged", async () => {
    const merged = await sliceInference(picture, find, { ...sizes, filter: "nmm", threshold: 0.1 });
    expect([...merged].map(({ box, mask }) => [box, mask?.area])).toEqual([[[8, 5, 14, 9], 24]]);
    expect(merged.image).toEqual({ width: 30, height: 20 });
    const all = await sliceInference(picture, find, { ...sizes, filter: "none" });
    expect(all.length).toBeGreaterThan(1);
    const best = await sliceInference(picture, find, { ...sizes, threshold: 0.1, metric: "ios" });
    expect(best.length).toBeLessThan(all.length);
  });

  test("no more slices are worked on at once than allowed, and their order does not matter", async () => {
    let running = 0;
    let most = 0;
    const ready: (() => void)[] = [];
    const asked: Slice[] = [];
    const slow = async (tile: Parameters<typeof find>[0], { slice }: { slice: Slice }) => {
      asked.push(slice);
      most = Math.max(most, ++running);
      // The last of those that wait is ready first.
      await new Promise<void>((resolve) => {
        ready.push(resolve);
        if (ready.length === 3 || asked.length > 3) ready.pop()?.();
      });
      running--;
      ready.pop()?.();
      return find(tile);
    };
    const one = await sliceInference(picture, find, { ...sizes, filter: "none", maxConcurrentSlices: 1 });
    const three = await sliceInference(picture, slow, { ...sizes, filter: "none", maxConcurrentSlices: 3 });
    expect(most).toBe(3);
    expect(asked).toEqual(planSlices(picture, sizes));
    expect(three.toJSON()).toEqual(one.toJSON());
  });

  test("the first failure ends everything: the others are aborted, no further slice is begun", async () => {
    const failure = new Error("no model");
    const signals: AbortSignal[] = [];
    const infer = async (_: unknown, { index, signal }: { index: number; signal: AbortSignal }) => {
      signals.push(signal);
      if (index === 1) throw failure;
      await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      return Detections.empty();
    };
    await expect(sliceInference(picture, infer, { ...sizes, maxConcurrentSlices: 2 })).rejects.toBe(failure);
    expect(signals).toHaveLength(2);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });

  test("an aborted signal ends it", async () => {
    const controller = new AbortController();
    let calls = 0;
    const infer = async () => {
      calls++;
      controller.abort();
      return Detections.empty();
    };
    const slicing = sliceInference(picture, infer, {
      ...sizes,
      maxConcurrentSlices: 1,
      signal: controller.signal,
    });
    await expect(slicing).rejects.toMatchObject({ code: "ABORTED" });
    expect(calls).toBe(1);
    await expect(sliceInference(picture, find, { maxConcurrentSlices: 0 })).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
    });
  });

  test("a picture can cut out its parts itself", async () => {
    const tiles: string[] = [];
    const own = { width: 20, height: 12, crop: async ({ x, y }: Slice) => `${x},${y}` };
    await sliceInference(
      own,
      async (tile) => {
        tiles.push(tile);
        return Detections.empty();
      },
      sizes,
    );
    expect(tiles).toEqual(["0,0", "8,0"]);
  });
});
