/** A point in pixels, at pixel centres counted from 0 as OpenCV does. */
export interface OutlinePoint {
  readonly x: number;
  readonly y: number;
}

/** A filled region: one byte a pixel, 1 inside. */
export interface RegionMask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The eight neighbours, counter-clockwise as seen on a screen, starting with the left one. */
const STEPS = [
  [-1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
  [1, 0],
  [1, -1],
  [0, -1],
  [-1, -1],
] as const;

/**
 * The outer border of the region that holds the first set pixel in reading order, counter-clockwise from that pixel; points on
 * a straight run are left out. Same convention as OpenCV's `findContours` with `CHAIN_APPROX_SIMPLE`, which the server uses.
 */
export function outlineOf(mask: RegionMask): OutlinePoint[] {
  const start = mask.data.indexOf(1);
  if (start < 0) return [];
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < mask.width && y < mask.height && mask.data[y * mask.width + x] === 1;
  const first = { x: start % mask.width, y: Math.floor(start / mask.width) };
  const points: OutlinePoint[] = [];
  let here = first;
  let direction = 0;
  let lastMove = -1;
  let firstMove = -1;
  for (;;) {
    const move = nextMove(here, direction, inside);
    if (move < 0) return [here];
    if (here.x === first.x && here.y === first.y) {
      if (firstMove < 0) firstMove = move;
      else if (move === firstMove) {
        if (move === lastMove) points.shift();
        return points;
      }
    }
    if (move !== lastMove) points.push(here);
    const [dx, dy] = STEPS[move] ?? [0, 0];
    here = { x: here.x + dx, y: here.y + dy };
    lastMove = move;
    // The search goes on from the neighbour that was outside just before this step, as seen from the new pixel.
    direction = (move + 6) % STEPS.length;
  }
}

function nextMove(here: OutlinePoint, direction: number, inside: (x: number, y: number) => boolean): number {
  for (let turn = 0; turn < STEPS.length; turn++) {
    const index = (direction + turn) % STEPS.length;
    const [dx, dy] = STEPS[index] ?? [0, 0];
    if (inside(here.x + dx, here.y + dy)) return index;
  }
  return -1;
}
