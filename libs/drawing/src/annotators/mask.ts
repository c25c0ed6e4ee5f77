import { type ColorOptions, chooseColors } from "../color-choice.ts";
import type { PolygonShape } from "../display-list.ts";
import { ringsArea } from "../ring-geometry.ts";
import type { Scene } from "../scene.ts";
import type { Annotator } from "./annotator.ts";

/** Options of annotators that fill areas. */
export interface FillOptions extends ColorOptions {
  /** 0..1, default 0.5. */
  readonly opacity?: number | undefined;
}

/** Translucent fillings of masks, larger ones first: where masks overlap, the smallest one shows. */
export function maskAnnotator(options: FillOptions = {}): Annotator {
  const { opacity = 0.5 } = options;
  return (scene) => {
    const shapes = filledMasks(scene, options);
    return shapes.length === 0 ? [] : [{ kind: "layer", opacity, shapes }];
  };
}

/** The masks of a scene in their colours, larger ones first. */
export function filledMasks(scene: Scene, options: ColorOptions): readonly PolygonShape[] {
  const colors = chooseColors(scene.objects, options);
  return scene.objects
    .map((object, index) => ({ rings: object.rings(), fill: colors[index] ?? "#000000" }))
    .filter(({ rings }) => rings.length > 0)
    .map((mask) => ({ ...mask, area: ringsArea(mask.rings) }))
    .sort((a, b) => b.area - a.area)
    .map(({ rings, fill }) => ({ kind: "polygon", rings, fill }));
}
