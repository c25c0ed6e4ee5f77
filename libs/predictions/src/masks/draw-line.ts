import { clipLine, isInside, type LineEnds } from "./clip-line.ts";
import type { Patch } from "./patch.ts";

/**
 * Covers the pixels under a line (Bresenham, 8-connected, from its left end to its right end, as OpenCV walks it). Parts outside of
 * the picture are cut off.
 *
 * @param patch must hold every pixel of the line that is in the picture
 */
export function drawLine(
  patch: Patch,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  pictureWidth: number,
  pictureHeight: number,
): void {
  if (
    isInside(fromX, fromY, pictureWidth, pictureHeight) &&
    isInside(toX, toY, pictureWidth, pictureHeight)
  ) {
    drawInside(patch, fromX, fromY, toX, toY);
    return;
  }
  const ends: LineEnds = [fromX, fromY, toX, toY];
  if (clipLine(ends, pictureWidth, pictureHeight)) drawInside(patch, ends[0], ends[1], ends[2], ends[3]);
}

function drawInside(patch: Patch, fromX: number, fromY: number, toX: number, toY: number): void {
  if (toX < fromX) {
    drawInside(patch, toX, toY, fromX, fromY);
    return;
  }
  const { data, left, top, width: stride } = patch;
  const down = toY < fromY ? -stride : stride;
  const dx = toX - fromX;
  const dy = Math.abs(toY - fromY);
  const steep = dy > dx;
  const long = steep ? dy : dx;
  const short = steep ? dx : dy;
  const along = steep ? down : 1;
  const across = steep ? 1 : down;
  let at = (fromY - top) * stride + fromX - left;
  let error = long - 2 * short;
  data[at] = 1;
  for (let count = 0; count < long; count++) {
    at += along;
    if (error < 0) {
      at += across;
      error += 2 * long;
    }
    error -= 2 * short;
    data[at] = 1;
  }
}
