import { growWith, lineWidth } from "../thickness.ts";
import { type Annotator, perObject } from "./annotator.ts";
import type { LineOptions } from "./box.ts";

/** Circles through the corners of the boxes. */
export function circleAnnotator(options: LineOptions = {}): Annotator {
  return perObject(options, ({ left, top, right, bottom }, stroke, scene) => [
    {
      kind: "circle",
      x: Math.trunc((left + right) / 2) + 0.5,
      y: Math.trunc((top + bottom) / 2) + 0.5,
      radius: Math.trunc(Math.hypot(right - left, bottom - top) / 2),
      stroke,
      strokeWidth: lineWidth(options.thickness ?? growWith(scene, 2)),
    },
  ]);
}
