import { anchorOf } from "../position.ts";
import { growWith } from "../thickness.ts";
import { type Annotator, perObject } from "./annotator.ts";
import { type MarkOptions, outlineOf } from "./dot.ts";

/** Options of {@link triangleAnnotator}; triangles are on top by default. */
export interface TriangleOptions extends MarkOptions {
  /** Pixels of the picture. Default 10, more on large pictures. */
  readonly base?: number | undefined;
  /** Pixels of the picture. Default 10, more on large pictures. */
  readonly height?: number | undefined;
}

/** Triangles that point down to a place. */
export function triangleAnnotator(options: TriangleOptions = {}): Annotator {
  return perObject(options, (object, fill, scene) => {
    const anchor = anchorOf(object, options.position ?? "top-center");
    const [x, y] = [anchor.x + 0.5, anchor.y + 0.5];
    const half = Math.floor((options.base ?? growWith(scene, 10)) / 2);
    const top = y - (options.height ?? growWith(scene, 10));
    const ring = [
      { x: x - half, y: top },
      { x: x + half, y: top },
      { x, y },
    ];
    const edge = outlineOf(options) ?? { stroke: fill, strokeWidth: 1 };
    return [{ kind: "polygon", rings: [ring], fill, ...edge }];
  });
}
