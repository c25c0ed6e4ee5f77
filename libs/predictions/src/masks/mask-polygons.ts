import { InvalidParameterError } from "@inference-ts/errors";
import { polygonArea } from "../polygon.ts";
import type { Point } from "../results.ts";
import { bridgeHoles } from "./bridge-holes.ts";
import { type Outline, traceOutlines } from "./outlines.ts";
import type { Patch } from "./patch.ts";
import { simplifyPolygon } from "./simplify-polygon.ts";

/** A part of a mask as a polygon. */
export interface MaskPolygon {
  /** Vertices in whole pixels, on the centres of border pixels: a square of 4 x 4 pixels has an area of 9. */
  readonly points: readonly Point[];
  /** Whether it is an uncovered part inside another polygon. */
  readonly hole: boolean;
}

/** Which polygons of a mask are wanted, and how exact. */
export interface PolygonOptions {
  /**
   * `separate` (default): polygons of their own, marked. `bridge`: joined to the polygon around them by a seam over covered pixels,
   * for formats without holes. `fill`: left out.
   */
  readonly holes?: "separate" | "bridge" | "fill";
  /** Share of the points to remove, 0 (default, exact) up to 1 (not included). */
  readonly simplify?: number;
  /** Polygons of a smaller part of the picture are left out, when there are several; 0..1, default 0. */
  readonly minImageShare?: number;
  /** Polygons of a larger part of the picture are left out; 0..1, default 1. */
  readonly maxImageShare?: number;
}

const FEWEST_POINTS = 3;

function checkShare(name: string, share: number): void {
  if (share >= 0 && share <= 1) return;
  throw new InvalidParameterError(`${name} must be a number from 0 to 1, got ${share}.`);
}

/**
 * The polygons of a mask. Single pixels and lines of one pixel's width have none.
 *
 * @param pictureArea pixels of the whole picture, for the shares
 * @throws InvalidParameterError for a share that is none
 */
export function patchPolygons(
  patch: Patch,
  pictureArea: number,
  options: PolygonOptions = {},
): MaskPolygon[] {
  const { holes = "separate", simplify = 0, minImageShare = 0, maxImageShare = 1 } = options;
  checkShare("minImageShare", minImageShare);
  checkShare("maxImageShare", maxImageShare);
  const outlines = traceOutlines(patch);
  const drawable = outlines.filter(({ points }) => points.length >= FEWEST_POINTS);
  const least = drawable.length === 1 ? 0 : minImageShare * pictureArea;
  const kept = drawable.filter(({ points }) => {
    const area = polygonArea(points);
    return area >= least && area <= maxImageShare * pictureArea;
  });
  const polygon = ({ points, hole }: Outline): MaskPolygon => ({
    points: simplifyPolygon(points, simplify),
    hole,
  });
  if (holes === "separate") return kept.map(polygon);
  const bridged = Map.groupBy(holes === "bridge" ? kept : [], ({ parent, hole }) =>
    hole && parent !== null ? outlines[parent] : null,
  );
  return kept
    .filter(({ hole }) => !hole)
    .map((outer): MaskPolygon => {
      const inside = bridged.get(outer);
      const { points } = polygon(outer);
      if (inside === undefined) return { points, hole: false };
      return {
        points: bridgeHoles(
          patch,
          points,
          // From the last to the first, the order in which OpenCV lists them: where seams are equally long, it decides.
          inside.reverse().map((hole) => polygon(hole).points),
        ),
        hole: false,
      };
    });
}
