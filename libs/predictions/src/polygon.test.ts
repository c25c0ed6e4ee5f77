import fc from "fast-check";
import { expect, test } from "vitest";
import { maskArea, maskBox } from "./mask.ts";
import { polygonArea, polygonBox, polygonMask } from "./polygon.ts";

const square = [
  { x: 2, y: 2 },
  { x: 6, y: 2 },
  { x: 6, y: 7 },
  { x: 2, y: 7 },
];

test("area, box and pixels of a rectangle", () => {
  expect(polygonArea(square)).toBe(20);
  expect(polygonArea(square.toReversed())).toBe(20);
  expect(polygonBox(square)).toEqual({ x: 2, y: 2, width: 4, height: 5 });
  const mask = polygonMask([square], { width: 10, height: 10 });
  expect(maskArea(mask)).toBe(20);
  expect(maskBox(mask)).toEqual({ x: 2, y: 2, width: 4, height: 5 });
});

test("no points: nothing", () => {
  expect(polygonArea([])).toBe(0);
  expect(polygonBox([])).toEqual({ x: 0, y: 0, width: 0, height: 0 });
  expect(maskArea(polygonMask([[]], { width: 4, height: 4 }))).toBe(0);
});

test("a ring inside another is a hole, parts outside of the picture are cut off", () => {
  const hole = [
    { x: 3, y: 3 },
    { x: 5, y: 3 },
    { x: 5, y: 6 },
    { x: 3, y: 6 },
  ];
  expect(maskArea(polygonMask([square, hole], { width: 10, height: 10 }))).toBe(14);
  expect(maskArea(polygonMask([square], { width: 4, height: 4 }))).toBe(4);
});

test("triangles: the pixels' area is near the shoelace area", () => {
  const coordinate = fc.integer({ min: 0, max: 200 });
  const point = fc.record({ x: coordinate, y: coordinate });
  fc.assert(
    fc.property(point, point, point, (a, b, c) => {
      const sides = [
        Math.hypot(a.x - b.x, a.y - b.y),
        Math.hypot(b.x - c.x, b.y - c.y),
        Math.hypot(c.x - a.x, c.y - a.y),
      ];
      const edge = sides.reduce((sum, side) => sum + side, 0);
      const pixels = maskArea(polygonMask([[a, b, c]], { width: 200, height: 200 }));
      expect(Math.abs(pixels - polygonArea([a, b, c]))).toBeLessThanOrEqual(edge + 1);
    }),
  );
});
