import { InvalidParameterError } from "@inference-ts/errors";
import type { ColorOptions } from "../color-choice.ts";
import type { Color } from "../palette.ts";
import { anchorOf, type Position, partsOf } from "../position.ts";
import { growWith, lineWidth } from "../thickness.ts";
import { type Annotator, perObject } from "./annotator.ts";

/** Options of {@link percentageBarAnnotator}. */
export interface PercentageBarOptions extends ColorOptions {
  /** Pixels of the picture. Default 80, more on large pictures. */
  readonly width?: number | undefined;
  /** Pixels of the picture. Default 16, more on large pictures. */
  readonly height?: number | undefined;
  /** Default `top-center`. */
  readonly position?: Position | undefined;
  /** Default black. */
  readonly borderColor?: Color | undefined;
  /** Pixels of the picture. Default 15 % of the height. */
  readonly borderThickness?: number | undefined;
  /** One value of 0..1 for each object; default their confidences. */
  readonly values?: readonly number[] | undefined;
}

/** How far left of and above its anchor a bar begins, in parts of its size. */
const SHIFT: Readonly<Record<string, number>> = { left: 1, top: 1, right: 0, bottom: 0 };

/**
 * Bars that are full where the confidence is 1.
 *
 * @throws InvalidParameterError when `values` are not one for each object within 0..1, or an object has no confidence
 */
export function percentageBarAnnotator(options: PercentageBarOptions = {}): Annotator {
  const { position = "top-center", borderColor = "#000000", values } = options;
  return (scene) => {
    const count = scene.objects.length;
    if (values !== undefined && (values.length !== count || !values.every(isShare))) {
      throw new InvalidParameterError(
        `values must be one number of 0 to 1 for each of the ${count} objects, got ${values.join(", ")}.`,
      );
    }
    const width = options.width ?? growWith(scene, 80);
    const height = options.height ?? growWith(scene, 16);
    const border = lineWidth(options.borderThickness ?? Math.trunc(0.15 * height));
    const [row, column] = partsOf(position);
    return perObject(options, (object, fill, _scene, index) => {
      const share = values?.[index] ?? object.confidence;
      if (share === null) {
        throw new InvalidParameterError(`Object ${index} has no confidence for a bar; give values.`);
      }
      const anchor = anchorOf(object, position);
      const x = anchor.x - Math.floor(width * (SHIFT[column] ?? 0.5));
      const y = anchor.y - Math.floor(height * (SHIFT[row] ?? 0.5));
      return [
        { kind: "rect", x, y, width: Math.trunc(width * share) + 1, height: height + 1, fill },
        {
          kind: "rect",
          ...{ x: x + 0.5, y: y + 0.5, width, height },
          stroke: borderColor,
          strokeWidth: border,
        },
      ];
    })(scene);
  };
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
