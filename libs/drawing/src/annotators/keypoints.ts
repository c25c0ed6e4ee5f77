import type { Keypoint } from "@inference-ts/predictions";
import type { ColorOptions } from "../color-choice.ts";
import { bonesOf, type Skeleton } from "../skeleton.ts";
import { growWith, lineWidth, pixelCentre } from "../thickness.ts";
import { type Annotator, perObject } from "./annotator.ts";
import type { LineOptions } from "./box.ts";

/** Options of {@link vertexAnnotator}; key points are violet by default, whatever the class. */
export interface VertexOptions extends ColorOptions {
  /** Pixels of the picture. Default 4, more on large pictures. */
  readonly radius?: number | undefined;
}

/** Options of {@link edgeAnnotator}; edges are violet by default, whatever the class. */
export interface EdgeOptions extends LineOptions {
  /** Key points that are joined, by name or class id. Default `auto`. */
  readonly skeleton?: Skeleton | undefined;
}

const VIOLET = "#a351fb";

/** Dots on key points. */
export function vertexAnnotator(options: VertexOptions = {}): Annotator {
  return perObject({ color: VIOLET, ...options }, (object, fill, scene) =>
    object.keypoints.filter(isPresent).map(({ x, y }) => ({
      kind: "circle",
      x: pixelCentre(x),
      y: pixelCentre(y),
      radius: options.radius ?? growWith(scene, 4),
      fill,
    })),
  );
}

/** Lines between key points; those with a missing end are left out. */
export function edgeAnnotator(options: EdgeOptions = {}): Annotator {
  return perObject({ color: VIOLET, ...options }, (object, stroke, scene) =>
    bonesOf(object.keypoints.filter(isPresent), options.skeleton ?? "auto").map((bone) => ({
      kind: "polyline",
      points: bone.map(({ x, y }) => ({ x: pixelCentre(x), y: pixelCentre(y) })),
      stroke,
      strokeWidth: lineWidth(options.thickness ?? growWith(scene, 2)),
    })),
  );
}

/** A point that a model does not see comes as (0, 0) with confidence 0. */
function isPresent({ x, y, confidence }: Keypoint): boolean {
  return x !== 0 || y !== 0 || confidence !== 0;
}
