import { InvalidParameterError } from "@inference-ts/errors";
import { roundHalfEven } from "../rescale.ts";
import type { Point } from "../results.ts";

/** Coordinates beyond this are no pixels of any picture, and their products would not be exact. */
const FARTHEST = 2 ** 31 - 1;

/**
 * Vertices brought to whole pixels, halves to the even neighbour.
 *
 * @throws InvalidParameterError when a vertex is not finite or too far away to be a pixel
 */
export function wholePixels(points: readonly Point[]): Point[] {
  return points.map(({ x, y }) => {
    if (!(Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST)) {
      throw new InvalidParameterError(
        `The vertices of a polygon must be numbers up to ${FARTHEST} in size, got (${x}, ${y}).`,
      );
    }
    return { x: roundHalfEven(x), y: roundHalfEven(y) };
  });
}
