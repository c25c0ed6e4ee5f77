import { growWith, lineWidth, pixelCentre } from "../thickness.ts";
import { type Annotator, perObject } from "./annotator.ts";
import type { LineOptions } from "./box.ts";

/** Options of {@link boxCornerAnnotator}; lines are 4 thick by default. */
export interface BoxCornerOptions extends LineOptions {
  /** Length of the two lines of a corner, pixels of the picture. Default 15, more on large pictures. */
  readonly cornerLength?: number | undefined;
}

/** The corners of the boxes alone. */
export function boxCornerAnnotator(options: BoxCornerOptions = {}): Annotator {
  return perObject(options, (object, stroke, scene) => {
    const length = options.cornerLength ?? growWith(scene, 15);
    const strokeWidth = lineWidth(options.thickness ?? growWith(scene, 4));
    const [left, top] = [pixelCentre(object.left), pixelCentre(object.top)];
    const [right, bottom] = [pixelCentre(object.right), pixelCentre(object.bottom)];
    // The two corners of a side without length are one.
    const [fromRight, fromBottom] = [right === left ? 1 : -1, bottom === top ? 1 : -1];
    return [
      [left, top, 1, 1] as const,
      [right, top, fromRight, 1] as const,
      [left, bottom, 1, fromBottom] as const,
      [right, bottom, fromRight, fromBottom] as const,
    ].map(([x, y, toX, toY]) => ({
      kind: "polyline",
      points: [
        { x: x + toX * length, y },
        { x, y },
        { x, y: y + toY * length },
      ],
      stroke,
      strokeWidth,
    }));
  });
}
