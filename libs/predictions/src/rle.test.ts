import fc from "fast-check";
import { describe, expect, test } from "vitest";
import fixtures from "../fixtures/rle.json" with { type: "json" };
import { type Mask, maskArea, maskBox, maskRings, resizeMask } from "./mask.ts";
import { decodeRle, encodeRle, rleArea, rleBox } from "./masks/rle-masks.ts";
import { polygonMask } from "./polygon.ts";
import type { Rle } from "./results.ts";
import { readRle, resizeRle } from "./rle.ts";

const toRle = ({ size, counts }: { size: number[]; counts: string | number[] }): Rle => ({
  size: [size[0] ?? 0, size[1] ?? 0],
  counts,
});

const masks: fc.Arbitrary<Mask> = fc
  .record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.integer({ min: 0, max: 1 }), { minLength: width * height, maxLength: width * height })
      .map((pixels) => ({ width, height, data: Uint8Array.from(pixels) })),
  );

describe("masks made by pycocotools", () => {
  test.each(fixtures.codec)("$id", ({ rle, area, box, runs }) => {
    const mask = toRle(rle);
    if (runs !== null) expect(readRle(mask).runs).toEqual(runs);
    expect(rleArea(mask)).toBe(area);
    expect(Object.values(rleBox(mask))).toEqual(box);
    expect(encodeRle(decodeRle(mask)).counts).toBe(rle.counts);
  });

  test.each(fixtures.invalid)("$id is refused", ({ rle }) => {
    expect(() => decodeRle(toRle(rle))).toThrow(
      expect.objectContaining({ code: "INVALID_RESPONSE", path: "rle.counts" }),
    );
  });
});

test("a size that no picture has is refused before memory is taken", () => {
  const refused = expect.objectContaining({ code: "INVALID_RESPONSE", path: "rle.size" });
  expect(() => decodeRle({ size: [1, 1e9], counts: [1e9] })).toThrow(refused);
  expect(() => decodeRle({ size: [60_000, 60_000], counts: [3.6e9] })).toThrow(refused);
  expect(() => resizeRle({ size: [1, 1], counts: [1] }, { width: 1e7, height: 1 })).toThrow(refused);
});

test("characters outside of the alphabet are refused", () => {
  expect(() => readRle({ size: [2, 2], counts: "4 " })).toThrow(/COCO/);
  expect(() => readRle({ size: [2, 2], counts: "~" })).toThrow(/COCO/);
});

test("a mask survives encoding and decoding, in both forms of counts", () => {
  fc.assert(
    fc.property(masks, (mask) => {
      const rle = encodeRle(mask);
      expect(decodeRle(rle)).toEqual(mask);
      expect(decodeRle({ size: rle.size, counts: readRle(rle).runs })).toEqual(mask);
    }),
  );
});

test("area and box of the runs are those of the pixels", () => {
  fc.assert(
    fc.property(masks, (mask) => {
      const rle = encodeRle(mask);
      expect(rleArea(rle)).toBe(maskArea(mask));
      expect(rleBox(rle)).toEqual(maskBox(mask));
    }),
  );
});

test("resampling runs gives the same as resampling the bitmap", () => {
  fc.assert(
    fc.property(
      masks,
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      (mask, width, height) => {
        const resized = resizeRle(encodeRle(mask), { width, height });
        expect(decodeRle(resized)).toEqual(resizeMask(mask, { width, height }));
      },
    ),
  );
});

test("enlarging by a whole factor and shrinking again gives the mask back", () => {
  fc.assert(
    fc.property(masks, fc.integer({ min: 1, max: 4 }), (mask, factor) => {
      const { width, height } = mask;
      const large = resizeRle(encodeRle(mask), { width: width * factor, height: height * factor });
      expect(rleArea(large)).toBe(maskArea(mask) * factor ** 2);
      expect(decodeRle(resizeRle(large, { width, height }))).toEqual(mask);
    }),
  );
});

test("the rings of a mask fill exactly its pixels", () => {
  fc.assert(
    fc.property(masks, (mask) => {
      expect(polygonMask(maskRings(mask), mask)).toEqual(mask);
    }),
  );
});

test("a frame has an outer ring and a hole, walked in opposite directions", () => {
  const data = new Uint8Array(25).fill(1);
  data[12] = 0;
  expect(maskRings({ width: 5, height: 5, data })).toEqual([
    [
      { x: 0, y: 0 },
      { x: 5, y: 0 },
      { x: 5, y: 5 },
      { x: 0, y: 5 },
    ],
    [
      { x: 2, y: 3 },
      { x: 3, y: 3 },
      { x: 3, y: 2 },
      { x: 2, y: 2 },
    ],
  ]);
});
