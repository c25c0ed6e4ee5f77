import { InvalidParameterError } from "@inference-ts/errors";
import type { Shape, VeilShape } from "../display-list.ts";
import type { Scene } from "../scene.ts";
import type { Annotator } from "./annotator.ts";

/** Options of {@link blurAnnotator} and {@link pixelateAnnotator}. */
export interface VeilOptions {
  /** Pixels of the picture, at least 1. Default: a third (blur) or half (squares) of the shorter side of the object's box. */
  readonly size?: number | undefined;
}

/**
 * Blurs the insides of boxes.
 *
 * @throws InvalidParameterError when `size` is not a whole number above 0
 */
export function blurAnnotator(options: VeilOptions = {}): Annotator {
  return veil("blur", options, 3);
}

/**
 * Makes large squares of the insides of boxes.
 *
 * @throws InvalidParameterError when `size` is not a whole number above 0
 */
export function pixelateAnnotator(options: VeilOptions = {}): Annotator {
  return veil("pixelate", options, 2);
}

function veil(kind: VeilShape["kind"], { size }: VeilOptions, part: number): Annotator {
  if (size !== undefined && !(Number.isInteger(size) && size > 0)) {
    throw new InvalidParameterError(`The size of a ${kind} must be a whole number above 0, got ${size}.`);
  }
  return (scene) =>
    scene.objects.flatMap((object): readonly Shape[] => {
      const [x, right] = inside(object.left, object.right, scene.width);
      const [y, bottom] = inside(object.top, object.bottom, scene.height);
      const [width, height] = [right - x, bottom - y];
      if (width <= 0 || height <= 0) return [];
      const ownSize = size ?? Math.max(1, Math.floor(Math.min(width, height) / part));
      return [{ kind, x, y, width, height, size: ownSize }];
    });
}

function inside(from: number, to: number, end: Scene["width"]): readonly [number, number] {
  const clip = (value: number) => Math.trunc(Math.min(Math.max(value, 0), end));
  return [clip(from), clip(to)];
}
