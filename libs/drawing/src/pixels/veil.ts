import type { VeilShape } from "../display-list.ts";
import { meanOf } from "./mean.ts";
import type { Pixels } from "./pixels.ts";

/** Blurs a part of the picture; nothing outside of the part shines in. */
export function blur(picture: Pixels, shape: VeilShape): void {
  const { width, height, size } = shape;
  const part = new Float32Array(width * height * 4);
  eachRow(picture, shape, (row, at) => part.set(row, at));
  const means = meanOf(part, width, height, 4, size);
  // Clamped arrays take the nearest whole number.
  eachRow(picture, shape, (row, at) => row.set(means.subarray(at, at + row.length)));
}

/**
 * Makes a part of the picture a grid of squares of one colour each: what bilinear shrinking finds in the middle of a
 * square; squares larger than the part have its mean.
 */
export function pixelate(picture: Pixels, shape: VeilShape): void {
  const { x, y, width, height, size } = shape;
  const [columns, rows] = [halfToEven(width / size), halfToEven(height / size)];
  const colors =
    size > Math.min(width, height) || columns === 0 || rows === 0
      ? { columns: 1, rows: 1, data: meanColor(picture, shape) }
      : { columns, rows, data: shrink(picture, shape, columns, rows) };
  for (let row = 0; row < height; row++) {
    const fromRow = Math.floor((row * colors.rows) / height) * colors.columns;
    for (let column = 0; column < width; column++) {
      const from = (fromRow + Math.floor((column * colors.columns) / width)) * 4;
      picture.data.set(colors.data.subarray(from, from + 4), ((y + row) * picture.width + x + column) * 4);
    }
  }
}

/** As OpenCV rounds the size of a shrunk picture: 12.5 becomes 12. */
function halfToEven(value: number): number {
  const above = Math.round(value);
  return above - value === 0.5 && above % 2 !== 0 ? above - 1 : above;
}

function shrink({ data, width: stride }: Pixels, shape: VeilShape, columns: number, rows: number) {
  const { x, y, width, height, size } = shape;
  const small = new Uint8ClampedArray(columns * rows * 4);
  for (let row = 0; row < rows; row++) {
    const [top, bottom, down] = between((row + 0.5) * size - 0.5, height);
    for (let column = 0; column < columns; column++) {
      const [left, right, across] = between((column + 0.5) * size - 0.5, width);
      for (let channel = 0; channel < 4; channel++) {
        const at = (atX: number, atY: number) => data[((y + atY) * stride + x + atX) * 4 + channel] ?? 0;
        const upper = at(left, top) * (1 - across) + at(right, top) * across;
        const lower = at(left, bottom) * (1 - across) + at(right, bottom) * across;
        small[(row * columns + column) * 4 + channel] = Math.floor(upper * (1 - down) + lower * down + 0.5);
      }
    }
  }
  return small;
}

/** The two neighbours of a place and how near it is to the second one. */
function between(place: number, length: number): readonly [first: number, second: number, share: number] {
  const inside = Math.min(Math.max(place, 0), length - 1);
  const first = Math.floor(inside);
  return [first, Math.min(first + 1, length - 1), inside - first];
}

function meanColor(picture: Pixels, shape: VeilShape): Uint8ClampedArray {
  const sums = [0, 0, 0, 0];
  eachRow(picture, shape, (row) => {
    for (const [index, value] of row.entries()) sums[index % 4] = (sums[index % 4] ?? 0) + value;
  });
  return Uint8ClampedArray.from(sums, (sum) => Math.floor(sum / (shape.width * shape.height)));
}

function eachRow(
  { data, width: stride }: Pixels,
  { x, y, width, height }: VeilShape,
  visit: (row: Uint8ClampedArray, at: number) => void,
): void {
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * stride + x) * 4;
    visit(data.subarray(start, start + width * 4), row * width * 4);
  }
}
