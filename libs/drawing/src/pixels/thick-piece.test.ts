import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arcPoints } from "../ring-geometry.ts";
import { lineWidth } from "../thickness.ts";
import { crispLine } from "./stroke.ts";

interface DrawnLine {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly thickness: number;
  readonly rows: readonly string[];
}

/** What `cv2.line(picture, from, to, 255, thickness)` of OpenCV 4 draws. */
const LINES: readonly DrawnLine[] = [
  {
    points: [
      [2, 3],
      [12, 7],
    ],
    thickness: 2,
    rows: [
      "................",
      "................",
      "..##............",
      ".#####..........",
      "..#######.......",
      "....#######.....",
      "......#######...",
      ".........#####..",
      "...........##...",
      "................",
      "................",
      "................",
    ],
  },
  {
    points: [
      [2, 3],
      [12, 7],
    ],
    thickness: 3,
    rows: [
      "................",
      "..##............",
      ".######.........",
      "#########.......",
      ".###########....",
      ".#############..",
      "...###########..",
      "......#########.",
      "........######..",
      "...........##...",
      "................",
      "................",
    ],
  },
  {
    points: [
      [9, 1],
      [6, 9],
    ],
    thickness: 5,
    rows: [
      "......######....",
      "......#######...",
      ".....########...",
      ".....#######....",
      ".....#######....",
      "....########....",
      "....#######.....",
      "....#######.....",
      "...########.....",
      "...#######......",
      "....######......",
      "....#####.......",
    ],
  },
  {
    points: [
      [3, 5],
      [13, 5],
    ],
    thickness: 4,
    rows: [
      "................",
      "................",
      "................",
      "...###########..",
      "..#############.",
      ".###############",
      "..#############.",
      "...###########..",
      "................",
      "................",
      "................",
      "................",
    ],
  },
  {
    points: [
      [1, 10],
      [14, 2],
    ],
    thickness: 3,
    rows: [
      ".............##.",
      "...........#####",
      "..........######",
      "........########",
      "......##########",
      ".....#########..",
      "...##########...",
      "..#########.....",
      "##########......",
      "########........",
      "######..........",
      "#####...........",
    ],
  },
  {
    points: [
      [7, 6],
      [7, 6],
    ],
    thickness: 3,
    rows: [
      "................",
      "................",
      "................",
      "................",
      ".......#........",
      "......###.......",
      ".....#####......",
      "......###.......",
      ".......#........",
      "................",
      "................",
      "................",
    ],
  },
];

/** What `cv2.polylines` draws, closed. */
const RING: DrawnLine = {
  points: [
    [2, 2],
    [10, 3],
    [12, 9],
    [4, 8],
  ],
  thickness: 2,
  rows: [
    "................",
    "..####..........",
    ".##########.....",
    ".###########....",
    "..###..#####....",
    "..###.....###...",
    "..###.....###...",
    "...#####..###...",
    "...###########..",
    "....##########..",
    ".........####...",
    "................",
  ],
};

/** What `cv2.ellipse(picture, (20, 9), (15, 5), 0, -45, 235, 255, 2)` draws. */
const ELLIPSE = [
  "........................................",
  "........................................",
  "........................................",
  "........................................",
  ".........###...................#........",
  ".......######.................####......",
  "......#######.................#####.....",
  ".....#####.....................#####....",
  "....####.........................####...",
  "....###...........................###...",
  "....####.........................####...",
  ".....#####.....................#####....",
  "......########.............########.....",
  ".......###########################......",
  ".........#######################........",
  ".............###############............",
  "........................................",
  "........................................",
  "........................................",
  "........................................",
  "........................................",
  "........................................",
  "........................................",
  "........................................",
];

const size = (rows: readonly string[]) => ({ width: rows[0]?.length ?? 0, height: rows.length });
const centred = ([x, y]: readonly [x: number, y: number]) => ({ x: x + 0.5, y: y + 0.5 });

function rowsOf(pixels: ReadonlySet<number>, { width, height }: { width: number; height: number }): string[] {
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, x) => (pixels.has(row * width + x) ? "#" : ".")).join(""),
  );
}

describe("a line that is wider than a pixel", () => {
  test.each(LINES)(
    "through $points with thickness $thickness has the pixels that OpenCV gives it",
    (line) => {
      const picture = size(line.rows);
      const pixels = crispLine([line.points.map(centred)], lineWidth(line.thickness), false, picture);
      expect(rowsOf(pixels, picture)).toEqual(line.rows);
    },
  );

  test("around a ring has the pixels that OpenCV gives it", () => {
    const picture = size(RING.rows);
    const pixels = crispLine([RING.points.map(centred)], lineWidth(RING.thickness), true, picture);
    expect(rowsOf(pixels, picture)).toEqual(RING.rows);
  });

  test("along an ellipse has the pixels that OpenCV gives it", () => {
    const picture = size(ELLIPSE);
    const points = arcPoints({ x: 20.5, y: 9.5 }, 15, 5, -45, 235);
    expect(rowsOf(crispLine([points], lineWidth(2), false, picture), picture)).toEqual(ELLIPSE);
  });

  test("wherever it goes: every pixel is near it, and ends that can be seen are drawn", () => {
    const picture = { width: 40, height: 30 };
    const coordinate = fc.oneof(
      fc.double({ min: -60, max: 100, noNaN: true }),
      fc.constantFrom(-1e12, 1e12, Number.POSITIVE_INFINITY),
    );
    const point = fc.record({ x: coordinate, y: coordinate });
    fc.assert(
      fc.property(point, point, fc.double({ min: 1.1, max: 9, noNaN: true }), (from, to, width) => {
        const pixels = crispLine([[from, to]], width, false, picture);
        for (const { x, y } of [from, to]) {
          if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) continue;
          expect(pixels.has(Math.floor(y) * picture.width + Math.floor(x))).toBe(true);
        }
        expect([...pixels].every(Number.isInteger)).toBe(true);
        if (![from.x, from.y, to.x, to.y].every((value) => Math.abs(value) <= 100)) return;
        for (const pixel of pixels) {
          const middle = { x: (pixel % picture.width) + 0.5, y: Math.floor(pixel / picture.width) + 0.5 };
          expect(distance(middle, from, to)).toBeLessThanOrEqual((width - 1) / 2 + 1.5);
        }
      }),
    );
  });
});

type Place = Readonly<Record<"x" | "y", number>>;

function distance(place: Place, from: Place, to: Place): number {
  const [alongX, alongY] = [to.x - from.x, to.y - from.y];
  const length = alongX ** 2 + alongY ** 2;
  const share = length === 0 ? 0 : ((place.x - from.x) * alongX + (place.y - from.y) * alongY) / length;
  const at = Math.min(1, Math.max(0, share));
  return Math.hypot(place.x - from.x - at * alongX, place.y - from.y - at * alongY);
}
