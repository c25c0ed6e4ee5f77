/** Ends of a line in whole pixels, changed in place: `[x1, y1, x2, y2]`. */
export type LineEnds = [x1: number, y1: number, x2: number, y2: number];

/** Whether a pixel is in the picture. */
export function isInside(x: number, y: number, width: number, height: number): boolean {
  return x >= 0 && x < width && y >= 0 && y < height;
}

const OVER_LEFT = 1;
const OVER_RIGHT = 2;
const OVER_TOP = 4;
const OVER_BOTTOM = 8;

/** On which sides of the picture a point lies (Cohen-Sutherland). */
function sides(x: number, y: number, right: number, bottom: number): number {
  return (
    (x < 0 ? OVER_LEFT : 0) |
    (x > right ? OVER_RIGHT : 0) |
    (y < 0 ? OVER_TOP : 0) |
    (y > bottom ? OVER_BOTTOM : 0)
  );
}

/**
 * Cuts a line to a picture, first at the top and bottom, then at the sides, towards zero at each cut as OpenCV's `clipLine`
 * does: the rounding decides which pixels a line that crosses the border covers.
 *
 * @returns whether something of the line is in the picture
 */
export function clipLine(ends: LineEnds, width: number, height: number): boolean {
  const [right, bottom] = [width - 1, height - 1];
  let first = sides(ends[0], ends[1], right, bottom);
  let second = sides(ends[2], ends[3], right, bottom);
  if ((first & second) !== 0) return false;
  if ((first | second) === 0) return true;
  const vertical = OVER_TOP | OVER_BOTTOM;
  if ((first & vertical) !== 0) {
    const y = first < OVER_BOTTOM ? 0 : bottom;
    ends[0] += Math.trunc(((y - ends[1]) * (ends[2] - ends[0])) / (ends[3] - ends[1]));
    ends[1] = y;
    first = sides(ends[0], 0, right, bottom);
  }
  if ((second & vertical) !== 0) {
    const y = second < OVER_BOTTOM ? 0 : bottom;
    ends[2] += Math.trunc(((y - ends[3]) * (ends[2] - ends[0])) / (ends[3] - ends[1]));
    ends[3] = y;
    second = sides(ends[2], 0, right, bottom);
  }
  if ((first & second) !== 0) return false;
  if (first !== 0) {
    const x = first === OVER_LEFT ? 0 : right;
    ends[1] += Math.trunc(((x - ends[0]) * (ends[3] - ends[1])) / (ends[2] - ends[0]));
    ends[0] = x;
  }
  if (second !== 0) {
    const x = second === OVER_LEFT ? 0 : right;
    ends[3] += Math.trunc(((x - ends[2]) * (ends[3] - ends[1])) / (ends[2] - ends[0]));
    ends[2] = x;
  }
  return true;
}
