import type { ColorOptions } from "../color-choice.ts";
import { growWith, lineWidth, pixelCentre } from "../thickness.ts";
import { type Annotator, perObject } from "./annotator.ts";

/** Options of annotators that draw lines. */
export interface LineOptions extends ColorOptions {
  /** Pixels of the picture; even ones reach one pixel further, as in OpenCV. Default 2, more on large pictures. */
  readonly thickness?: number | undefined;
}

/** Frames through the corners of the boxes. */
export function boxAnnotator(options: LineOptions = {}): Annotator {
  return perObject(options, (object, stroke, scene) => {
    const [x, y] = [pixelCentre(object.left), pixelCentre(object.top)];
    return [
      {
        kind: "rect",
        ...{ x, y, width: pixelCentre(object.right) - x, height: pixelCentre(object.bottom) - y },
        stroke,
        strokeWidth: lineWidth(options.thickness ?? growWith(scene, 2)),
      },
    ];
  });
}
