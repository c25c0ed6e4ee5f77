import type { ImageDimensions, Point } from "@inference-ts/predictions";

/** Pixels from one place to the next, in the fixed-point numbers of OpenCV. */
const ONE = 65_536;
const HALF = ONE / 2;

/** How far outside of the picture lines are cut off: nearer, the pixels that can be seen depend on where they begin. */
const FAR = 16_384;

/** Told of a run of pixels in a row, both ends included. */
type Visit = (row: number, from: number, to: number) => void;

/** Two numbers of pixels in fixed point; whole ones are the middles of pixels. */
type Fixed = readonly [x: number, y: number];

/**
 * The pixels of one piece of a line that is wider than a pixel, as OpenCV draws it: what lies between two lines beside the piece, those
 * lines themselves, and the ends of both; without the discs at its ends. Source: `ThickLine` and `FillConvexPoly` of OpenCV.
 *
 * @param radius - How far the lines beside the piece are from it, in pixels.
 */
export function thickPiece(
  from: Point,
  to: Point,
  radius: number,
  picture: ImageDimensions,
  visit: Visit,
): void {
  const inside = clip(from, to, FAR + radius, picture);
  if (inside === undefined) return;
  const [start, end] = inside.map(fixed);
  if (start === undefined || end === undefined) return;
  const [alongX, alongY] = [end[0] - start[0], end[1] - start[1]];
  const length = Math.hypot(alongX, alongY);
  if (length === 0) return;
  const aside = (radius * ONE) / length;
  const [x, y] = [Math.round(alongY * aside), Math.round(-alongX * aside)];
  const corners: readonly Fixed[] = [
    [start[0] + x, start[1] + y],
    [start[0] - x, start[1] - y],
    [end[0] - x, end[1] - y],
    [end[0] + x, end[1] + y],
  ];
  for (const [index, corner] of corners.entries()) walkEdge(corners.at(index - 1) ?? corner, corner, visit);
  fillBetween(corners, visit);
}

/** The pixels of a small disc around a pixel, of a radius in whole pixels. Source: `Circle` of OpenCV. */
export function pixelDisc(centre: Point, radius: number, visit: Visit): void {
  const [x, y] = [Math.floor(centre.x), Math.floor(centre.y)];
  let [wide, high] = [radius, 0];
  let [error, plus, minus] = [0, 1, 2 * radius - 1];
  while (wide >= high) {
    for (const [reach, off] of [
      [wide, high],
      [high, wide],
    ] as const) {
      visit(y - off, x - reach, x + reach);
      visit(y + off, x - reach, x + reach);
    }
    high++;
    error += plus;
    plus += 2;
    if (error > 0) {
      error -= minus;
      wide--;
      minus -= 2;
    }
  }
}

const fixed = ({ x, y }: Point): Fixed => [Math.round((x - 0.5) * ONE), Math.round((y - 0.5) * ONE)];
const pixelOf = (value: number): number => Math.floor((value + HALF) / ONE);

/** The part of a piece that is not endlessly far away; undefined where there is none, or no end. */
function clip(
  from: Point,
  to: Point,
  margin: number,
  picture: ImageDimensions,
): readonly [Point, Point] | undefined {
  const [alongX, alongY] = [to.x - from.x, to.y - from.y];
  if (!Number.isFinite(alongX) || !Number.isFinite(alongY)) return undefined;
  let [first, last] = [0, 1];
  for (const [start, along, size] of [
    [from.x, alongX, picture.width],
    [from.y, alongY, picture.height],
  ] as const) {
    const ends = [(-margin - start) / along, (size + margin - start) / along];
    if (along === 0 && (start < -margin || start > size + margin)) return undefined;
    if (along === 0) continue;
    first = Math.max(first, Math.min(...ends));
    last = Math.min(last, Math.max(...ends));
  }
  if (first > last) return undefined;
  const at = (share: number): Point => ({ x: from.x + alongX * share, y: from.y + alongY * share });
  return [first === 0 ? from : at(first), last === 1 ? to : at(last)];
}

/** Goes from corner to corner, one pixel in every column, or in every row where that is the longer way. */
function walkEdge(one: Fixed, other: Fixed, visit: Visit): void {
  const longer = Math.abs(other[0] - one[0]) > Math.abs(other[1] - one[1]) ? 0 : 1;
  const [from, to] = other[longer] < one[longer] ? [other, one] : [one, other];
  const across = longer === 0 ? 1 : 0;
  const span = to[longer] - from[longer];
  const step = Math.trunc(((to[across] - from[across]) * ONE) / (span + ((span + 1) % 2)));
  const count = Math.floor(span / ONE);
  const put = (main: number, side: number): void => {
    if (longer === 0) visit(side, main, main);
    else visit(main, side, side);
  };
  put(pixelOf(to[longer]), pixelOf(to[across]));
  const start = pixelOf(from[longer]);
  let side = from[across];
  for (let at = 0; at <= count; at++) {
    put(start + at, pixelOf(side));
    side += step;
  }
}

interface Side {
  readonly direction: 1 | -1;
  corner: number;
  x: number;
  step: number;
  endsAt: number;
}

/** Fills row by row between the two sides of a quadrangle, from its highest corner down. */
function fillBetween(corners: readonly Fixed[], visit: Visit): void {
  const rows = corners.map(([, y]) => pixelOf(y));
  const lowest = Math.max(...rows);
  const ys = corners.map(([, y]) => y);
  const top = ys.indexOf(Math.min(...ys));
  let row = rows[top] ?? 0;
  const side = (direction: 1 | -1): Side => ({ direction, corner: top, x: -ONE, step: 0, endsAt: row });
  const sides = [side(1), side(-1)];
  let left = corners.length;
  for (; row <= lowest; row++) {
    for (const one of sides) {
      if (row < one.endsAt) continue;
      let from = one.corner;
      while (left-- > 0) {
        const to = (from + one.direction + corners.length) % corners.length;
        const end = rows[to] ?? 0;
        if (end > row) {
          const x = corners[from]?.[0] ?? 0;
          one.endsAt = end;
          one.step = Math.trunc((((corners[to]?.[0] ?? 0) - x) * 2 + (end - row)) / (2 * (end - row)));
          one.x = x;
          one.corner = to;
          break;
        }
        from = to;
      }
    }
    const [a, b] = sides.map(({ x }) => pixelOf(x));
    if (a !== undefined && b !== undefined) visit(row, Math.min(a, b), Math.max(a, b));
    for (const one of sides) one.x += one.step;
  }
}
