import { InvalidParameterError } from "@inference-ts/errors";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskArea, maskBox } from "../mask.ts";
import { InstanceMask } from "./instance-mask.ts";
import { encodeRle } from "./rle-masks.ts";
import { bitmaps, pairs } from "./testing/arbitrary-masks.ts";

const shifts = fc.integer({ min: -30, max: 30 });

describe("run lengths", () => {
  test("bitmaps come back from run lengths, and run lengths from bitmaps", () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const mask = InstanceMask.fromBitmap(bitmap);
        expect(mask.toBitmap()).toEqual(bitmap);
        const again = InstanceMask.fromRle(mask.toRle());
        expect(again.toBitmap()).toEqual(bitmap);
        expect(again.toRle()).toEqual(mask.toRle());
        expect(
          InstanceMask.fromRle({ size: [bitmap.height, bitmap.width], counts: mask.runs.runs }).toRle(),
        ).toEqual(mask.toRle());
      }),
    );
  });

  test("area and box are those of the pixels, the centre their mean", () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const mask = InstanceMask.fromBitmap(bitmap);
        expect(mask.area).toBe(maskArea(bitmap));
        expect(mask.box).toEqual(maskBox(bitmap));
        const covered = [...bitmap.data.keys()].filter((pixel) => bitmap.data[pixel] !== 0);
        const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
        if (covered.length === 0) expect(mask.centre).toBeNull();
        else {
          expect(mask.centre?.x).toBeCloseTo(mean(covered.map((pixel) => (pixel % bitmap.width) + 0.5)));
          expect(mask.centre?.y).toBeCloseTo(
            mean(covered.map((pixel) => Math.floor(pixel / bitmap.width) + 0.5)),
          );
        }
      }),
    );
  });

  test("runs of length 0 do not change what a mask is", () => {
    const mask = InstanceMask.fromRle({ size: [3, 2], counts: [1, 1, 0, 1, 0, 1, 2, 0] });
    expect(mask.toBitmap().data).toEqual(Uint8Array.of(0, 1, 1, 0, 1, 0));
    expect(mask.countSegments(4)).toBe(2);
    expect(mask.countSegments(8)).toBe(1);
    expect(mask.hasHoles).toBe(false);
  });
});

describe("painting", () => {
  test("keeps the pixels that are set, and changes only the rows that it names", () => {
    fc.assert(
      fc.property(pairs, ([before, covered]) => {
        const mask = InstanceMask.fromBitmap(covered);
        const painted = { ...before, data: before.data.slice() };
        const { from, to } = mask.paint(painted);
        expect(painted.data).toEqual(before.data.map((value, at) => value | (covered.data[at] ?? 0)));
        const rows = [...covered.data.keys()].filter((at) => covered.data[at] !== 0);
        const outside = rows.filter((at) => {
          const row = Math.floor(at / covered.width);
          return row < from || row >= to;
        });
        expect(outside).toEqual([]);
      }),
    );
  });

  test("long and short rows of a polygon are filled to their last pixel", () => {
    const size = { width: 120, height: 90 };
    const triangle = [
      { x: 3, y: 2 },
      { x: 103, y: 2 },
      { x: 3, y: 82 },
    ];
    const { data } = InstanceMask.fromPolygons([triangle], size).toBitmap();
    for (let y = 2; y <= 82; y++) {
      const row = data.subarray(y * size.width, (y + 1) * size.width);
      const end = Math.floor(103 - ((y - 2) * 100) / 80);
      expect(row.indexOf(1)).toBe(3);
      expect(Math.abs(row.lastIndexOf(1) - end)).toBeLessThanOrEqual(1);
      expect(row.subarray(3, row.lastIndexOf(1) + 1).every((pixel) => pixel === 1)).toBe(true);
    }
  });

  test("a bitmap of another size is refused", () => {
    const mask = InstanceMask.fromBox([0, 0, 2, 2], { width: 4, height: 3 });
    for (const bitmap of [
      { width: 3, height: 4, data: new Uint8Array(12) },
      { width: 4, height: 3, data: new Uint8Array(11) },
    ]) {
      expect(() => mask.paint(bitmap)).toThrow(
        expect.objectContaining({
          code: "INVALID_PARAMETER",
          message: expect.stringContaining("4 x 3 pixels"),
        }),
      );
      expect(bitmap.data.includes(1)).toBe(false);
    }
  });
});

describe("two masks", () => {
  test("union, intersection and shared area are those of the pixels", () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const [first, second] = [InstanceMask.fromBitmap(a), InstanceMask.fromBitmap(b)];
        const both = a.data.map((value, pixel) => value & (b.data[pixel] ?? 0));
        const any = a.data.map((value, pixel) => value | (b.data[pixel] ?? 0));
        expect(InstanceMask.union([first, second]).toBitmap().data).toEqual(any);
        expect(InstanceMask.intersection([first, second]).toBitmap().data).toEqual(both);
        expect(first.sharedArea(second)).toBe(maskArea({ ...a, data: both }));
      }),
    );
  });

  test("masks of different sizes are not combined", () => {
    const [a, b] = [[4, 4] as const, [5, 4] as const].map(([width, height]) =>
      InstanceMask.fromBitmap({ width, height, data: new Uint8Array(width * height).fill(1) }),
    );
    const refused = expect.objectContaining({
      code: "INVALID_PARAMETER",
      message: expect.stringContaining("4 x 4 and 5 x 4"),
    });
    expect(() => InstanceMask.union([a!, b!])).toThrow(refused);
    expect(() => a!.sharedArea(b!)).toThrow(refused);
    expect(() => InstanceMask.union([])).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
  });
});

describe("places and sizes", () => {
  test("a moved mask covers the moved pixels that are in the picture", () => {
    fc.assert(
      fc.property(bitmaps, shifts, shifts, fc.nat(30), fc.nat(30), (bitmap, byX, byY, width, height) => {
        const moved = InstanceMask.fromBitmap(bitmap).move(byX, byY, { width, height }).toBitmap();
        const expected = new Uint8Array(width * height);
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const [fromX, fromY] = [x - byX, y - byY];
            if (fromX < 0 || fromY < 0 || fromX >= bitmap.width || fromY >= bitmap.height) continue;
            expected[y * width + x] = bitmap.data[fromY * bitmap.width + fromX] ?? 0;
          }
        }
        expect(moved.data).toEqual(expected);
      }),
    );
  });

  test("a resized mask takes the pixel under the top left corner", () => {
    const sides = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(bitmaps, sides, sides, (bitmap, width, height) => {
        const resized = InstanceMask.fromBitmap(bitmap).resize({ width, height }).toBitmap();
        const under = (at: number, from: number, to: number) =>
          Math.min(Math.floor(at * (1 / (to / from))), from - 1);
        const expected = resized.data.map((_, pixel) => {
          const x = under(pixel % width, bitmap.width, width);
          return bitmap.data[under(Math.floor(pixel / width), bitmap.height, height) * bitmap.width + x] ?? 0;
        });
        expect(resized.data).toEqual(expected);
      }),
    );
  });

  test("a mask of a box covers its whole pixels", () => {
    const size = { width: 6, height: 4 };
    expect(InstanceMask.fromBox([1.9, 1, 4, 3.9], size).box).toEqual({ x: 1, y: 1, width: 3, height: 2 });
    expect(InstanceMask.fromBox([1, 1, 4, 3], size, "inclusive").box).toEqual({
      x: 1,
      y: 1,
      width: 4,
      height: 3,
    });
    expect(InstanceMask.fromBox([-3, -3, -0.5, 2], size, "inclusive").area).toBe(0);
    expect(InstanceMask.fromBox([-2, -2, 99, 99], size).area).toBe(24);
  });
});

describe("what makes no mask is refused", () => {
  const mask = InstanceMask.fromBox([1, 1, 4, 3], { width: 6, height: 5 });
  const square = [
    [
      { x: 0, y: 0 },
      { x: 3, y: 0 },
      { x: 3, y: 3 },
    ],
  ];
  const sizes = [
    { width: 2.5, height: 3 },
    { width: -2, height: 3 },
    { width: 2, height: Number.NaN },
    { width: 2 ** 20, height: 2 ** 20 },
  ];
  test.each<[string, () => unknown]>([
    ...sizes.flatMap((size): [string, () => unknown][] => [
      [`resized to ${size.width} x ${size.height}`, () => mask.resize(size)],
      [`moved into ${size.width} x ${size.height}`, () => mask.move(0, 0, size)],
      [`a box in ${size.width} x ${size.height}`, () => InstanceMask.fromBox([0, 0, 1, 1], size)],
      [`a polygon in ${size.width} x ${size.height}`, () => InstanceMask.fromPolygons(square, size)],
    ]),
    ["moved by NaN", () => mask.move(Number.NaN, 0)],
    ["a box at NaN", () => InstanceMask.fromBox([0, 0, Number.NaN, 1], mask)],
    ["too few bytes", () => InstanceMask.fromBitmap({ width: 3, height: 3, data: new Uint8Array(8) })],
    ["four bytes a pixel", () => encodeRle({ width: 3, height: 3, data: new Uint8Array(36) })],
  ])("%s", (_name, make) => {
    expect(make).toThrow(InvalidParameterError);
  });
});

describe("polygons", () => {
  /** The mask that the polygons of another fill. */
  const filledBack = (mask: InstanceMask, holes: "bridge" | "fill") => {
    const parts = mask.toPolygons({ holes }).map(({ points }) => InstanceMask.fromPolygons([points], mask));
    return InstanceMask.union([InstanceMask.fromPolygons([], mask), ...parts]);
  };

  test("filled again, with holes joined, they cover the mask but for parts too thin for an outline", () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const mask = InstanceMask.fromBitmap(bitmap);
        const back = filledBack(mask, "bridge");
        expect(back.sharedArea(mask)).toBe(back.area);
        if (mask.toPolygons({ holes: "fill" }).length === mask.countSegments(8))
          expect(back.area).toBe(mask.area);
      }),
    );
  });

  test("holes are there exactly when background is enclosed, and are closed when left out", () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const mask = InstanceMask.fromBitmap(bitmap);
        expect(mask.toPolygons().some(({ hole }) => hole)).toBe(mask.hasHoles);
        const closed = filledBack(mask, "fill");
        expect(closed.hasHoles).toBe(false);
        expect(closed.sharedArea(mask)).toBeLessThanOrEqual(mask.area);
      }),
    );
  });

  test("an outline that was filled is found again", () => {
    const vertex = fc.record({ x: fc.integer({ min: 0, max: 20 }), y: fc.integer({ min: 0, max: 20 }) });
    fc.assert(
      fc.property(fc.array(vertex, { minLength: 3, maxLength: 7 }), (points) => {
        const mask = InstanceMask.fromPolygons([points], { width: 21, height: 21 });
        expect(points.every(({ x, y }) => mask.toBitmap().data[y * 21 + x] === 1)).toBe(true);
        expect(filledBack(mask, "bridge").sharedArea(mask)).toBe(filledBack(mask, "bridge").area);
      }),
    );
  });

  test("a polygon is kept as it was given, until the mask changes", () => {
    const square = [
      { x: 1.25, y: 1 },
      { x: 4, y: 1 },
      { x: 4, y: 3.5 },
    ];
    const mask = InstanceMask.fromPolygons([square], { width: 6, height: 6 });
    expect(mask.polygon).toBe(square);
    expect(mask.move(1, 0).polygon).toBeNull();
    expect(InstanceMask.fromRle(mask.toRle()).polygon).toBeNull();
  });

  test("vertices that are no pixels are refused, rings of two vertices cover nothing", () => {
    const size = { width: 6, height: 6 };
    const bad = [
      { x: 0, y: 0 },
      { x: Number.NaN, y: 3 },
      { x: 3, y: 3 },
    ];
    expect(() => InstanceMask.fromPolygons([bad], size)).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }),
    );
    expect(InstanceMask.fromPolygons([bad.slice(0, 1)], size).area).toBe(0);
  });

  test.each([Number.NaN, -0.1, 1.1])("a share of %s is refused", (share) => {
    const mask = InstanceMask.fromBox([0, 0, 5, 5], { width: 10, height: 10 });
    for (const options of [{ minImageShare: share }, { maxImageShare: share }]) {
      expect(() => mask.toPolygons(options)).toThrow(InvalidParameterError);
    }
  });

  test("thousands of parts and holes take no minutes", () => {
    const side = 600;
    const dots = Uint8Array.from({ length: side * side }, (_, at) =>
      at % 4 < 2 && Math.floor(at / side) % 4 < 2 ? 1 : 0,
    );
    const parts = InstanceMask.fromBitmap({ width: side, height: side, data: dots });
    const sieve = { width: 160, height: 160, data: new Uint8Array(160 * 160).fill(1) };
    for (let y = 2; y < 158; y += 4) for (let x = 2; x < 158; x += 4) sieve.data[y * 160 + x] = 0;
    const startedAt = performance.now();
    expect(parts.toPolygons({ holes: "fill" })).toHaveLength((side / 4) ** 2);
    const [joined, ...more] = InstanceMask.fromBitmap(sieve).toPolygons({ holes: "bridge" });
    expect(more).toEqual([]);
    expect(joined?.points.length).toBeGreaterThan(39 * 39 * 4);
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  test("simplified outlines that leave holes out of reach take no minutes", () => {
    const [width, height] = [32, 24];
    const data = Uint8Array.from(
      { length: width * height },
      (_, at) => (at + Math.floor(at / width) + 1) % 2,
    );
    const board = InstanceMask.fromBitmap({ width, height, data });
    const startedAt = performance.now();
    for (const simplify of [0, 0.75]) {
      const [joined, ...more] = board.toPolygons({ holes: "bridge", simplify });
      expect(more).toEqual([]);
      expect(joined?.points.length).toBeGreaterThan(0);
    }
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  test("simplifying leaves at most the share of points that is asked for", () => {
    const disc = InstanceMask.fromBitmap({
      width: 41,
      height: 41,
      data: Uint8Array.from({ length: 41 * 41 }, (_, at) =>
        Math.hypot((at % 41) - 20, Math.floor(at / 41) - 20) <= 18 ? 1 : 0,
      ),
    });
    const [exact] = disc.toPolygons();
    const [fewer] = disc.toPolygons({ simplify: 0.75 });
    expect(fewer?.points.length).toBeLessThanOrEqual(Math.floor((exact?.points.length ?? 0) / 4));
    expect(() => disc.toPolygons({ simplify: 1 })).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }),
    );
  });
});
