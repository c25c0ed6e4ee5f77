import { throughPixelCentres } from "../ring-geometry.ts";
import { growWith, lineWidth } from "../thickness.ts";
import { type Annotator, perObject } from "./annotator.ts";
import type { LineOptions } from "./box.ts";

/** Outlines of masks, holes included. */
export function polygonAnnotator(options: LineOptions = {}): Annotator {
  return perObject(options, (object, stroke, scene) => {
    const rings = object.rings();
    if (rings.length === 0) return [];
    const outlines = object.isPixelMask ? rings.map(throughPixelCentres) : rings;
    const strokeWidth = lineWidth(options.thickness ?? growWith(scene, 2));
    return [{ kind: "polygon", rings: outlines, stroke, strokeWidth }];
  });
}
