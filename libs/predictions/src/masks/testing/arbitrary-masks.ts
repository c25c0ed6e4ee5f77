import fc from "fast-check";
import type { Mask } from "../../mask.ts";

/** Bitmaps of noise and of rectangles, up to 24 pixels a side. */
export const bitmaps: fc.Arbitrary<Mask> = fc
  .record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }) })
  .chain(({ width, height }) => fc.oneof(noise(width, height), rectangles(width, height)));

/** Two bitmaps of one size. */
export const pairs: fc.Arbitrary<readonly [Mask, Mask]> = fc
  .record({ width: fc.integer({ min: 1, max: 16 }), height: fc.integer({ min: 1, max: 16 }) })
  .chain(({ width, height }) => fc.tuple(noise(width, height), rectangles(width, height)));

function noise(width: number, height: number): fc.Arbitrary<Mask> {
  return fc
    .array(fc.integer({ min: 0, max: 1 }), { minLength: width * height, maxLength: width * height })
    .map((pixels) => ({ width, height, data: Uint8Array.from(pixels) }));
}

function rectangles(width: number, height: number): fc.Arbitrary<Mask> {
  const corner = fc.tuple(fc.integer({ min: 0, max: width }), fc.integer({ min: 0, max: height }));
  return fc.array(fc.tuple(corner, corner, fc.boolean()), { maxLength: 4 }).map((list) => {
    const data = new Uint8Array(width * height);
    for (const [[x1, y1], [x2, y2], covers] of list) {
      for (let y = Math.min(y1, y2); y < Math.max(y1, y2); y++) {
        data.fill(covers ? 1 : 0, y * width + Math.min(x1, x2), y * width + Math.max(x1, x2));
      }
    }
    return { width, height, data };
  });
}
