import type { ColorOptions } from "../color-choice.ts";
import type { Color } from "../palette.ts";
import { anchorOf, type Position } from "../position.ts";
import { growWith, lineWidth } from "../thickness.ts";
import { type Annotator, perObject } from "./annotator.ts";

/** Options of annotators that mark a place with a small figure. */
export interface MarkOptions extends ColorOptions {
  readonly position?: Position | undefined;
  /** Pixels of the picture, 0 (default) = no outline. */
  readonly outlineThickness?: number | undefined;
  /** Default black. */
  readonly outlineColor?: Color | undefined;
}

/** Options of {@link dotAnnotator}; dots are in the centre by default. */
export interface DotOptions extends MarkOptions {
  /** Pixels of the picture. Default 4, more on large pictures. */
  readonly radius?: number | undefined;
}

/** Line of a figure's outline. */
export function outlineOf({ outlineThickness = 0, outlineColor = "#000000" }: MarkOptions) {
  return outlineThickness > 0
    ? { stroke: outlineColor, strokeWidth: lineWidth(outlineThickness) }
    : undefined;
}

/** Dots. */
export function dotAnnotator(options: DotOptions = {}): Annotator {
  return perObject(options, (object, fill, scene) => {
    const { x, y } = anchorOf(object, options.position ?? "center");
    const radius = options.radius ?? growWith(scene, 4);
    return [{ kind: "circle", x: x + 0.5, y: y + 0.5, radius, fill, ...outlineOf(options) }];
  });
}
