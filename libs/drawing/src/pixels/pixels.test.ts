import fc from "fast-check";
import { expect, test } from "vitest";
import type { DisplayList, Shape } from "../display-list.ts";
import { drawOnPixels } from "./draw-on-pixels.ts";
import { meanOf } from "./mean.ts";
import type { Pixels } from "./pixels.ts";

const WIDTH = 12;
const HEIGHT = 10;

function grey(value = 100): Pixels {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(value);
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { width: WIDTH, height: HEIGHT, data };
}

function drawn(shapes: readonly Shape[], smooth: boolean, picture = grey()) {
  const list: DisplayList = { width: WIDTH, height: HEIGHT, shapes };
  drawOnPixels(picture, list, { smooth });
  const at = (x: number, y: number) => [
    ...picture.data.subarray((y * WIDTH + x) * 4, (y * WIDTH + x) * 4 + 4),
  ];
  const count = (test: (pixel: readonly number[]) => boolean) =>
    Array.from({ length: WIDTH * HEIGHT }, (_, index) => at(index % WIDTH, Math.floor(index / WIDTH))).filter(
      test,
    ).length;
  return { at, count };
}

const isRed = ([red, green, blue]: readonly number[]) => red === 255 && green === 0 && blue === 0;

test("smooth fillings cover pixels in part, others whole", () => {
  const shape: Shape = { kind: "rect", x: 2, y: 2, width: 3.5, height: 2, fill: "#ff0000" };
  const smooth = drawn([shape], true);
  expect(smooth.count(isRed)).toBe(6);
  expect(smooth.at(5, 2)).toEqual([178, 50, 50, 255]);
  expect(drawn([shape], false).count(isRed)).toBe(8);
});

test("a smooth area covers as much as it has", () => {
  const place = fc.double({ min: 1, max: 5, noNaN: true });
  fc.assert(
    fc.property(place, place, place, place, (x, y, width, height) => {
      const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
      const shape: Shape = { kind: "rect", x, y, width, height, fill: "#ffffff" };
      drawn([shape], true, { width: WIDTH, height: HEIGHT, data });
      let covered = 0;
      for (let at = 3; at < data.length; at += 4) covered += (data[at] ?? 0) / 255;
      // Four lines a pixel: an edge between two lines may count for either.
      expect(Math.abs(covered - width * height)).toBeLessThan(width / 4 + 0.2);
    }),
  );
});

test("holes stay, rings that cross cancel out, lines do not", () => {
  const ring = (from: number, to: number) => [
    { x: from, y: from },
    { x: to, y: from },
    { x: to, y: to },
    { x: from, y: to },
  ];
  const holed: Shape = { kind: "polygon", rings: [ring(1, 9), ring(3, 5)], fill: "#ff0000" };
  expect(drawn([holed], false).count(isRed)).toBe(64 - 4);
  const back: Shape = {
    kind: "polyline",
    points: [
      { x: 2.5, y: 2.5 },
      { x: 6.5, y: 2.5 },
      { x: 2.5, y: 2.5 },
    ],
    stroke: "#ff0000",
    strokeWidth: 1,
  };
  expect(drawn([back], false).count(isRed)).toBe(5);
});

test.each([1e9, 1e300, Number.POSITIVE_INFINITY, Number.NaN])("a line to %s ends, sharp or smooth", (far) => {
  const points = [
    { x: -far, y: 3.5 },
    { x: far, y: 3.5 },
  ];
  for (const strokeWidth of [1, 3]) {
    const shape: Shape = { kind: "polyline", points, stroke: "#ff0000", strokeWidth };
    expect(drawn([shape], false).count(isRed)).toBeLessThanOrEqual(WIDTH * HEIGHT);
    expect(drawn([shape], true).count(isRed)).toBeLessThanOrEqual(WIDTH * HEIGHT);
  }
  if (far === 1e9) {
    const shape: Shape = { kind: "polyline", points, stroke: "#ff0000", strokeWidth: 1 };
    expect(drawn([shape], false).count(isRed)).toBe(WIDTH);
  }
});

test("a layer mixes once where its shapes overlap", () => {
  const rect = (x: number, fill: `#${string}`) =>
    ({ kind: "rect", x, y: 0, width: 4, height: 4, fill }) as const;
  const shapes: Shape[] = [{ kind: "layer", opacity: 0.5, shapes: [rect(0, "#ff0000"), rect(2, "#0000ff")] }];
  const { at } = drawn(shapes, true);
  expect([at(1, 1), at(3, 1)]).toEqual([
    [178, 50, 50, 255],
    [50, 50, 178, 255],
  ]);
});

test("a layer on pixels whose sizes are getters, as those of a browser's ImageData", () => {
  class Picture implements Pixels {
    readonly data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
    get width(): number {
      return WIDTH;
    }
    get height(): number {
      return HEIGHT;
    }
  }
  const rect = { kind: "rect", x: 0, y: 0, width: 4, height: 4, fill: "#000000" } as const;
  const shapes: Shape[] = [{ kind: "layer", opacity: 0.5, shapes: [rect] }];
  expect(drawn(shapes, true, new Picture()).at(1, 1)).toEqual([128, 128, 128, 255]);
});

test("translucent pictures get more opaque, fully translucent ones take the colour", () => {
  const clear = { ...grey(), data: new Uint8ClampedArray(WIDTH * HEIGHT * 4) };
  const shape: Shape = { kind: "rect", x: 0, y: 0, width: 2, height: 2, fill: "#ff000080" };
  expect(drawn([shape], true, clear).at(0, 0)).toEqual([255, 0, 0, 128]);
});

test("squares larger than the part have its mean; nothing outside changes", () => {
  const picture = grey(0);
  picture.data.fill(200, (2 * WIDTH + 2) * 4, (2 * WIDTH + 4) * 4);
  const shape: Shape = { kind: "pixelate", x: 2, y: 2, width: 2, height: 2, size: 5 };
  const { at } = drawn([shape], true, picture);
  expect([at(2, 2)[0], at(3, 3)[0], at(4, 4)[0]]).toEqual([100, 100, 0]);
});

test("a part of two and a half squares has two, as OpenCV shrinks it", () => {
  const picture = grey(0);
  for (let x = 0; x < 10; x++) picture.data.fill(x * 20, (2 * WIDTH + x) * 4, (2 * WIDTH + x + 1) * 4);
  picture.data.copyWithin(3 * WIDTH * 4, 2 * WIDTH * 4, 3 * WIDTH * 4);
  const { at } = drawn([{ kind: "pixelate", x: 0, y: 2, width: 5, height: 2, size: 2 }], true, picture);
  expect([0, 1, 2, 3, 4].map((x) => at(x, 2)[0])).toEqual([10, 10, 10, 50, 50]);
});

test("a glow is strongest at the edge and leaves the inside alone", () => {
  const ring = [
    { x: 4, y: 4 },
    { x: 8, y: 4 },
    { x: 8, y: 8 },
    { x: 4, y: 8 },
  ];
  const shapes = [{ kind: "polygon", rings: [ring], fill: "#ff0000" }] as const;
  const { at } = drawn([{ kind: "glow", opacity: 1, size: 5, shapes }], true);
  expect(at(5, 5)).toEqual([100, 100, 100, 255]);
  const [near = 0, far = 0, none = 0] = [at(3, 5)[0], at(2, 5)[0], at(0, 5)[0]];
  expect(near > far && far > none && none === 100).toBe(true);
});

test("means of a grid: constant grids stay, the sum of a line spreads over its width", () => {
  const flat = new Float32Array(20).fill(7);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), (size) => {
      for (const value of meanOf(flat, 5, 4, 1, size)) expect(value).toBeCloseTo(7, 3);
    }),
  );
  const line = new Float32Array([0, 0, 0, 9, 0, 0, 0]);
  expect([...meanOf(line, 7, 1, 1, 3)]).toEqual([0, 0, 3, 3, 3, 0, 0]);
  expect([...meanOf(line, 7, 1, 1, 2)].map(Math.round)).toEqual([0, 0, 0, 5, 5, 0, 0]);
});
