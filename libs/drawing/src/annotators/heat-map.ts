import type { HeatShape } from "../display-list.ts";
import { anchorOf, type Position } from "../position.ts";
import type { Annotator } from "./annotator.ts";

/** Options of {@link heatMapAnnotator}. */
export interface HeatMapOptions {
  /** Default `bottom-center`. */
  readonly position?: Position | undefined;
  /** 0..1, default 0.2. */
  readonly opacity?: number | undefined;
  /** Of the place that an object warms, pixels of the picture. Default 40. */
  readonly radius?: number | undefined;
  /** Over how many pixels colours are evened out. Default 25. */
  readonly size?: number | undefined;
  /** Half of the hue's angle where it is hottest. Default 0, red. */
  readonly topHue?: number | undefined;
  /** Half of the hue's angle where it is coldest. Default 125, blue. */
  readonly lowHue?: number | undefined;
}

/** Where objects are often: visits add up over the scenes that one annotator sees, until the picture's size changes. */
export function heatMapAnnotator(options: HeatMapOptions = {}): Annotator {
  const { position = "bottom-center", opacity = 0.2, radius = 40, size = 25 } = options;
  const { topHue = 0, lowHue = 125 } = options;
  let total: Uint16Array = new Uint16Array();
  let totalWidth = 0;
  return ({ width, height, objects }) => {
    if (total.length !== width * height || totalWidth !== width) total = new Uint16Array(width * height);
    totalWidth = width;
    const seen = new Set<number>();
    for (const object of objects) {
      const { x, y } = anchorOf(object, position);
      for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++) {
        const reach = Math.floor(Math.sqrt(radius * radius - (row - y) ** 2));
        for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++) {
          seen.add(row * width + column);
        }
      }
    }
    for (const index of seen) total[index] = Math.min(65_535, (total[index] ?? 0) + 1);
    const shape: HeatShape = { kind: "heat", visits: total.slice(), opacity, size, topHue, lowHue };
    return total.some((visits) => visits > 0) ? [shape] : [];
  };
}
