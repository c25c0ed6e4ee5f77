import type { ImageDimensions, Point } from "@inference-ts/predictions";
import type { Area, Disc } from "./cover.ts";
import { pixelDisc, thickPiece } from "./thick-piece.ts";

/** Coordinates on a pixel must not depend on rounding. */
const NEARLY = 1e-6;

/** Steps of the longest line that is drawn pixel by pixel. */
const LONGEST_WALK = 2 ** 31;

/** The area of a line of a width: a quadrangle for each piece and a disc at each end of it. */
export function strokeArea(lines: readonly (readonly Point[])[], width: number, closed: boolean): Area {
  const pieces = piecesOf(lines, closed);
  const rings = pieces.flatMap((piece) => quadrangle(piece, width / 2));
  return { rings, discs: discsAt(lines, width / 2), rule: "union" };
}

type Piece = readonly [from: Point, to: Point];

function piecesOf(lines: readonly (readonly Point[])[], closed: boolean): Piece[] {
  return lines.flatMap((line) =>
    line.flatMap((to, index): Piece[] => {
      const from = closed || index > 0 ? line.at(index - 1) : undefined;
      return from === undefined ? [] : [[from, to]];
    }),
  );
}

function discsAt(lines: readonly (readonly Point[])[], radius: number): Disc[] {
  return lines.flatMap((line) => line.map(({ x, y }) => ({ x, y, radius })));
}

function lengthOf([from, to]: Piece): number {
  return Math.hypot(to.x - from.x, to.y - from.y);
}

function quadrangle(piece: Piece, radius: number): Point[][] {
  const [from, to] = piece;
  const length = lengthOf(piece);
  if (length === 0) return [];
  const x = ((to.x - from.x) / length) * radius;
  const y = ((to.y - from.y) / length) * radius;
  return [
    [
      { x: from.x + y, y: from.y - x },
      { x: to.x + y, y: to.y - x },
      { x: to.x - y, y: to.y + x },
      { x: from.x - y, y: from.y + x },
    ],
  ];
}

/**
 * The pixels of a line without smooth edges, each once: one pixel wide it goes from pixel to pixel, straight or
 * diagonally; wider ones are what lies between two such lines.
 */
export function crispLine(
  lines: readonly (readonly Point[])[],
  width: number,
  closed: boolean,
  picture: ImageDimensions,
): ReadonlySet<number> {
  const pixels = new Set<number>();
  const add = (x: number, y: number) => {
    if (x >= 0 && y >= 0 && x < picture.width && y < picture.height) pixels.add(y * picture.width + x);
  };
  if (width <= 1) {
    for (const line of lines) walk(line.map(inPixel), closed, picture, add);
    return pixels;
  }
  // A wider line is as wide as the picture all the same.
  const radius = Math.min((width - 1) / 2, picture.width + picture.height);
  const run = (row: number, from: number, to: number): void => {
    for (let x = Math.max(0, from); x <= Math.min(to, picture.width - 1); x++) add(x, row);
  };
  for (const [from, to] of piecesOf(lines, closed)) thickPiece(from, to, radius, picture, run);
  for (const line of lines) for (const point of line) pixelDisc(point, Math.floor(radius), run);
  return pixels;
}

/** The middle of the pixel that a point lies in. */
function inPixel({ x, y }: Point): Point {
  return { x: Math.floor(x) + 0.5, y: Math.floor(y) + 0.5 };
}

function walk(
  line: readonly Point[],
  closed: boolean,
  picture: ImageDimensions,
  visit: (x: number, y: number) => void,
): void {
  for (const [index, to] of line.entries()) {
    const from = closed || index > 0 ? (line.at(index - 1) ?? to) : to;
    const steps = Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) - NEARLY);
    // Where a line is infinitely long, or so long that steps can no longer be told apart, nothing can be said of its pixels.
    if (!(steps <= LONGEST_WALK)) continue;
    const [first, last] = bothOf(
      stepsInside(from.x, to.x, steps, picture.width),
      stepsInside(from.y, to.y, steps, picture.height),
    );
    for (let step = first; step <= last; step++) {
      const share = steps === 0 ? 0 : step / steps;
      visit(Math.floor(from.x + (to.x - from.x) * share), Math.floor(from.y + (to.y - from.y) * share));
    }
  }
}

type Steps = readonly [first: number, last: number];

/** The steps of a walk that may be inside of a picture on one axis, one more on either side. */
function stepsInside(from: number, to: number, steps: number, length: number): Steps {
  if (from === to) return from >= -1 && from <= length ? [0, steps] : [0, -1];
  const ends = [0, length].map((edge) => ((edge - from) / (to - from)) * steps);
  return [Math.max(0, Math.floor(Math.min(...ends)) - 1), Math.min(steps, Math.ceil(Math.max(...ends)) + 1)];
}

function bothOf(one: Steps, other: Steps): Steps {
  return [Math.max(one[0], other[0]), Math.min(one[1], other[1])];
}
