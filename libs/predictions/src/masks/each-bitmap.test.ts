import fc from "fast-check";
import { expect, test } from "vitest";
import { eachBitmap } from "./each-bitmap.ts";
import { InstanceMask } from "./instance-mask.ts";
import { bitmaps } from "./testing/arbitrary-masks.ts";

const SIZE = { width: 16, height: 12 };
const vertex = fc.record({ x: fc.integer({ min: -25, max: 40 }), y: fc.integer({ min: -25, max: 40 }) });
const polygonMasks = fc
  .array(fc.array(vertex, { minLength: 3, maxLength: 8 }), { maxLength: 3 })
  .map((rings) => () => InstanceMask.fromPolygons(rings, SIZE));
const bitmapMasks = bitmaps.map((bitmap) => () => InstanceMask.fromBitmap(bitmap));

test("each bitmap is that of its mask, whatever was painted before", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(polygonMasks, bitmapMasks), { maxLength: 6 }), (makers) => {
      const masks = makers.map((make) => make());
      const seen = Array.from(eachBitmap(masks), ({ data, ...size }) => ({ ...size, data: data.slice() }));
      // Through run lengths, so that nothing of the painting is used.
      const expected = makers.map((make) => InstanceMask.fromRle(make().toRle()).toBitmap());
      expect(seen).toEqual(expected);
    }),
  );
});

test("masks of one size share the memory of one bitmap", () => {
  const masks = [1, 2, 3].map((x) => InstanceMask.fromBox([x, 1, x + 2, 4], SIZE));
  const other = InstanceMask.fromBox([0, 0, 2, 2], { width: 4, height: 4 });
  const memory = [...eachBitmap([...masks, other])].map(({ data }) => data.buffer);
  expect(new Set(memory).size).toBe(2);
});

test("masks are made only when their bitmap is asked for", () => {
  let made = 0;
  const masks = (function* () {
    for (;;) {
      made++;
      yield InstanceMask.fromBox([0, 0, 1, 1], SIZE);
    }
  })();
  for (const { data } of eachBitmap(masks)) {
    expect(data[0]).toBe(1);
    if (made === 2) break;
  }
  expect(made).toBe(2);
});
