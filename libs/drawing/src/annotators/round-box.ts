import { InvalidParameterError } from "@inference-ts/errors";
import { arcPoints } from "../ring-geometry.ts";
import { growWith, lineWidth, pixelCentre } from "../thickness.ts";
import { type Annotator, perObject } from "./annotator.ts";
import type { LineOptions } from "./box.ts";

/** Options of {@link roundBoxAnnotator}. */
export interface RoundBoxOptions extends LineOptions {
  /** Above 0, up to 1 = half of the shorter side is round. Default 0.6. */
  readonly roundness?: number | undefined;
}

/**
 * Frames with round corners.
 *
 * @throws InvalidParameterError when `roundness` is not above 0 and at most 1
 */
export function roundBoxAnnotator(options: RoundBoxOptions = {}): Annotator {
  const { roundness = 0.6 } = options;
  if (!(roundness > 0 && roundness <= 1)) {
    throw new InvalidParameterError(`roundness must be above 0 and at most 1, got ${roundness}.`);
  }
  return perObject(options, (object, stroke, scene) => {
    const [left, top] = [pixelCentre(object.left), pixelCentre(object.top)];
    const [right, bottom] = [pixelCentre(object.right), pixelCentre(object.bottom)];
    const radius = Math.trunc(Math.floor(Math.min(right - left, bottom - top) / 2) * roundness);
    const corner = (x: number, y: number, start: number) =>
      arcPoints({ x, y }, radius, radius, start, start + 90);
    const ring = [
      ...corner(left + radius, top + radius, 180),
      ...corner(right - radius, top + radius, 270),
      ...corner(right - radius, bottom - radius, 0),
      ...corner(left + radius, bottom - radius, 90),
    ];
    const strokeWidth = lineWidth(options.thickness ?? growWith(scene, 2));
    return [{ kind: "polygon", rings: [ring], stroke, strokeWidth }];
  });
}
