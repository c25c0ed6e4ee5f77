import type { BoxFields, ImageDimensions, Point } from "./results.ts";

/** Which pixels something covers: one byte a pixel, row by row from the top left, 0 = not covered. */
export interface Mask extends ImageDimensions {
  readonly data: Uint8Array;
}

/** Number of covered pixels. */
export function maskArea({ data }: Mask): number {
  let area = 0;
  for (const value of data) if (value !== 0) area++;
  return area;
}

/** Smallest box around the covered pixels, `x`, `y` its **top left** corner; all 0 when nothing is covered. */
export function maskBox({ width, height, data }: Mask): BoxFields {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (data[row * width + column] === 0) continue;
      if (column < left) left = column;
      if (column >= right) right = column + 1;
      if (row < top) top = row;
      bottom = row + 1;
    }
  }
  return right === 0
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** The mask at another size: each pixel takes the value under its centre. Values are kept, so label maps work too. */
export function resizeMask(mask: Mask, { width, height }: ImageDimensions): Mask {
  if (mask.width === width && mask.height === height) return mask;
  const data = new Uint8Array(width * height);
  const columns = Uint32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * mask.width) / width));
  for (let row = 0; row < height; row++) {
    const source = Math.floor(((row + 0.5) * mask.height) / height) * mask.width;
    for (let x = 0; x < width; x++) data[row * width + x] = mask.data[source + (columns[x] ?? 0)] ?? 0;
  }
  return { width, height, data };
}

/**
 * The outline of the covered pixels along their edges: closed rings of corner points, outer rings clockwise (on a screen),
 * holes the other way round. Filling all rings with the even-odd rule gives exactly the covered pixels. Diagonal
 * neighbours are separate rings.
 */
export function maskRings({ width, height, data }: Mask): Point[][] {
  const covered = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] !== 0;
  const seen = new Uint8Array((width + 1) * (height + 1));
  const rings: Point[][] = [];
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x < width; x++) {
      // A top edge is walked to the right, once; every ring has at least one.
      if (!covered(x, y) || covered(x, y - 1) || seen[y * (width + 1) + x] !== 0) continue;
      rings.push(walkRing(x, y, covered, (atX, atY) => (seen[atY * (width + 1) + atX] = 1)));
    }
  }
  return rings;
}

/** Right, down, left, up. */
const STEPS: readonly (readonly [number, number])[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];

/** The pixel on the right hand of a walker who leaves a corner in direction 0..3, relative to the corner. */
const RIGHT_HAND: readonly (readonly [number, number])[] = [
  [0, 0],
  [-1, 0],
  [-1, -1],
  [0, -1],
];

function walkRing(
  startX: number,
  startY: number,
  covered: (x: number, y: number) => boolean,
  markTopEdge: (x: number, y: number) => void,
): Point[] {
  const ring: Point[] = [];
  let [x, y, direction] = [startX, startY, 0];
  let previous = -1;
  do {
    if (direction !== previous) ring.push({ x, y });
    if (direction === 0) markTopEdge(x, y);
    previous = direction;
    const [stepX, stepY] = STEPS[direction] ?? [0, 0];
    x += stepX;
    y += stepY;
    // Turning right first keeps pixels that only touch at a corner in separate rings.
    for (const turn of [1, 0, 3]) {
      const next = (direction + turn) % 4;
      const [rightX, rightY] = RIGHT_HAND[next] ?? [0, 0];
      const [leftX, leftY] = RIGHT_HAND[(next + 3) % 4] ?? [0, 0];
      if (covered(x + rightX, y + rightY) && !covered(x + leftX, y + leftY)) {
        direction = next;
        break;
      }
    }
  } while (x !== startX || y !== startY || direction !== 0);
  return ring;
}
