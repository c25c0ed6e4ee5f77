import { clipLine, type LineEnds } from "./clip-line.ts";
import type { Patch } from "./patch.ts";

/**
 * Covers the pixels under a line (Bresenham, 8-connected, from its left end to its right end, as OpenCV walks it).
 *
 * @param patch must hold every pixel of the line that is in the picture
 * @param line ends in pixels of the picture; parts outside of it are cut off
 */
export function drawLine(patch: Patch, line: LineEnds, pictureWidth: number, pictureHeight: number): void {
  const ends: LineEnds = [...line];
  if (!clipLine(ends, pictureWidth, pictureHeight)) return;
  const leftFirst = ends[0] <= ends[2];
  const [startX, startY] = leftFirst ? [ends[0], ends[1]] : [ends[2], ends[3]];
  const [endX, endY] = leftFirst ? [ends[2], ends[3]] : [ends[0], ends[1]];
  const { data, left, top, width: stride } = patch;
  const down = endY < startY ? -stride : stride;
  const [dx, dy] = [endX - startX, Math.abs(endY - startY)];
  const steep = dy > dx;
  const [long, short] = steep ? [dy, dx] : [dx, dy];
  const [along, across] = steep ? [down, 1] : [1, down];
  let at = (startY - top) * stride + startX - left;
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
