import type { Point } from "../results.ts";

/** Where a point lies, by the even-odd rule. */
export type PointPlace = "inside" | "edge" | "outside";

/** Whether a point is inside of a polygon, on its edge or outside. Parts that an outline goes around twice are outside. */
export function pointInPolygon({ x, y }: Point, polygon: readonly Point[]): PointPlace {
  let inside = false;
  let from = polygon.at(-1);
  for (const to of polygon) {
    if (from !== undefined) {
      const side = (to.x - from.x) * (y - from.y) - (x - from.x) * (to.y - from.y);
      const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
      const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
      if (side === 0 && x >= left && x <= right && y >= top && y <= bottom) return "edge";
      if (from.y <= y !== to.y <= y && side > 0 === to.y > from.y) inside = !inside;
    }
    from = to;
  }
  return inside ? "inside" : "outside";
}
