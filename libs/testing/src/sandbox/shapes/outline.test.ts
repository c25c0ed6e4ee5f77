import fc from "fast-check";
import { expect, test } from "vitest";
import { outlineOf, type RegionMask } from "./outline.ts";

/** A mask from lines of text, `#` set. */
function maskOf(...lines: string[]): RegionMask {
  const width = lines[0]?.length ?? 0;
  return { width, height: lines.length, data: Uint8Array.from(lines.join(""), (c) => (c === "#" ? 1 : 0)) };
}

const flat = (mask: RegionMask) => outlineOf(mask).map(({ x, y }) => [x, y]);

test("a rectangle has its four corner pixels, counter-clockwise from the top left", () => {
  expect(flat(maskOf(".....", ".###.", ".###.", "....."))).toEqual([
    [1, 1],
    [1, 2],
    [3, 2],
    [3, 1],
  ]);
});

test("cut corners give the points that OpenCV gives", () => {
  expect(flat(maskOf("..##..", ".####.", "######", ".####."))).toEqual([
    [2, 0],
    [0, 2],
    [1, 3],
    [4, 3],
    [5, 2],
    [3, 0],
  ]);
});

test.each([
  ["nothing", maskOf("...", "..."), []],
  ["one pixel", maskOf("...", ".#."), [[1, 1]]],
  [
    "a line, there and back",
    maskOf("###"),
    [
      [0, 0],
      [2, 0],
    ],
  ],
])("%s", (_name, mask, points) => {
  expect(flat(mask)).toEqual(points);
});

test("holes do not matter", () => {
  expect(flat(maskOf("####", "#..#", "####"))).toEqual(flat(maskOf("####", "####", "####")));
});

test("every corner is a set pixel, neighbours lie on straight or diagonal runs of set pixels, the bounds are reached", () => {
  const blob = fc
    .array(
      fc.record({
        x: fc.integer({ min: 4, max: 8 }),
        y: fc.nat(8),
        w: fc.integer({ min: 4, max: 8 }),
        h: fc.integer({ min: 4, max: 8 }),
      }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map((rectangles) => {
      const data = new Uint8Array(256);
      // Every rectangle meets the vertical bar of the cross, so that the region is connected.
      for (const { x, y, w, h } of [
        ...rectangles,
        { x: 0, y: 7, w: 16, h: 2 },
        { x: 7, y: 0, w: 2, h: 16 },
      ]) {
        for (let row = y; row < Math.min(16, y + h); row++)
          data.fill(1, row * 16 + x, row * 16 + Math.min(16, x + w));
      }
      return data;
    });
  fc.assert(
    fc.property(blob, (data) => {
      const points = outlineOf({ width: 16, height: 16, data });
      for (const [index, point] of points.entries()) {
        const next = points[(index + 1) % points.length]!;
        const [dx, dy] = [next.x - point.x, next.y - point.y];
        expect(dx === 0 || dy === 0 || Math.abs(dx) === Math.abs(dy)).toBe(true);
        for (let step = 0; step <= Math.max(Math.abs(dx), Math.abs(dy)); step++) {
          expect(data[(point.y + Math.sign(dy) * step) * 16 + point.x + Math.sign(dx) * step]).toBe(1);
        }
      }
      const xs = points.map((point) => point.x);
      const ys = points.map((point) => point.y);
      expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([0, 15, 0, 15]);
    }),
  );
});
