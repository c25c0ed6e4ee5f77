import { growWith } from "../thickness.ts";
import type { Annotator } from "./annotator.ts";
import { type FillOptions, filledMasks } from "./mask.ts";

/** Options of {@link haloAnnotator}; its opacity is 0.8 by default. */
export interface HaloOptions extends FillOptions {
  /** Width of the glow's source, half of which reaches outwards, pixels of the picture. Default 40, more on large pictures. */
  readonly size?: number | undefined;
}

/** A glow around masks. */
export function haloAnnotator(options: HaloOptions = {}): Annotator {
  const { opacity = 0.8, size } = options;
  return (scene) => {
    const shapes = filledMasks(scene, options);
    if (shapes.length === 0) return [];
    return [{ kind: "glow", opacity, size: size ?? growWith(scene, 40), shapes }];
  };
}
