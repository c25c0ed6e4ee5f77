import { arcPoints } from "../ring-geometry.ts";
import { growWith, lineWidth } from "../thickness.ts";
import { type Annotator, perObject } from "./annotator.ts";
import type { LineOptions } from "./box.ts";

/** Options of {@link ellipseAnnotator}. */
export interface EllipseOptions extends LineOptions {
  /** Degrees clockwise from the right. Default -45. */
  readonly startAngle?: number | undefined;
  /** Degrees clockwise from the right. Default 235. */
  readonly endAngle?: number | undefined;
}

/** Half of the height of an ellipse for one of its width. */
const FLATNESS = 0.35;

/** Flat ellipses at the feet of objects, open at the back. */
export function ellipseAnnotator(options: EllipseOptions = {}): Annotator {
  const { startAngle = -45, endAngle = 235 } = options;
  return perObject(options, ({ left, right, bottom }, stroke, scene) => {
    const centre = { x: Math.trunc((left + right) / 2) + 0.5, y: Math.trunc(bottom) + 0.5 };
    const width = right - left;
    const points = arcPoints(centre, Math.trunc(width), Math.trunc(FLATNESS * width), startAngle, endAngle);
    const strokeWidth = lineWidth(options.thickness ?? growWith(scene, 2));
    return [{ kind: "polyline", points, stroke, strokeWidth }];
  });
}
