import { InvalidParameterError } from "@inference-ts/errors";
import { type ColorOptions, chooseColors } from "../color-choice.ts";
import type { RectShape, Shape } from "../display-list.ts";
import { defaultLabel, LabelLayout, type LabelledThing, labelPixel, type PlacedLabel } from "../label.ts";
import { type Color, colorOfClass, PALETTE } from "../palette.ts";
import { anchorOf, type Position, partsOf } from "../position.ts";
import { arcPoints } from "../ring-geometry.ts";
import type { Annotator } from "./annotator.ts";

/** Options of {@link labelAnnotator}. */
export interface LabelOptions extends ColorOptions {
  /** One text for each object, or a function, where `null` = no label. Default: class and confidence. */
  readonly text?: readonly string[] | ((thing: LabelledThing) => string | null) | undefined;
  /** The place at the box that the label touches from outside. Default `top-left`. */
  readonly position?: Position | undefined;
  /** Default black or white, whichever is readable on the label's colour. */
  readonly textColor?: Color | undefined;
  /** Pixels of the picture for one of the 8 pixels of a letter's height; default grows with the picture. */
  readonly textPixel?: number | undefined;
  /** Around the text, pixels of the picture. Default twice `textPixel` beside and once above and below. */
  readonly padding?: number | undefined;
  /** Of the label's corners, pixels of the picture. Default 0. */
  readonly borderRadius?: number | undefined;
  /** `keep` (default) moves labels into the picture and off each other, `cut` leaves them where they belong. */
  readonly overflow?: "keep" | "cut" | undefined;
}

/** How far above its anchor a label begins, in parts of its height. */
const SHIFT_UP: Readonly<Record<string, number>> = { top: 1, bottom: 0 };

/**
 * Labels. Answers about the whole picture have their classes in its top left corner.
 *
 * @throws InvalidParameterError when `text` has not one text for each object
 */
export function labelAnnotator(options: LabelOptions = {}): Annotator {
  const { text = defaultLabel, position = "top-left", overflow = "keep" } = options;
  const [row, column] = partsOf(position);
  const shiftUp = SHIFT_UP[row] ?? 0.5;
  return (scene) => {
    const { objects } = scene;
    if (typeof text !== "function" && text.length !== objects.length) {
      throw new InvalidParameterError(
        `text must have one label for each of the ${objects.length} objects, got ${text.length}.`,
      );
    }
    const textOf = (thing: LabelledThing, index: number) =>
      typeof text === "function" ? text(thing) : (text[index] ?? null);
    const layout = new LabelLayout(scene, options.textPixel ?? labelPixel(scene), {
      padding: options.padding,
      textColor: options.textColor,
      keepInside: overflow === "keep",
    });
    const colors = chooseColors(objects, options);
    const atObjects = objects.flatMap((object, index) => {
      const line = textOf(object, index);
      if (line === null) return [];
      const anchor = anchorOf(object, position);
      return layout.place(line, colors[index] ?? "#000000", (width, height) => {
        const x = anchor.x - Math.floor((width - 1) * shiftLeft(row, column));
        const at = (shift: number) => [x, anchor.y - Math.floor((height - 1) * shift)] as const;
        if (overflow === "cut") return [at(shiftUp)];
        const liked = at(shiftUp);
        return liked[1] >= 0 ? [liked, at(0), at(1)] : [at(0), at(1)];
      });
    });
    const palette = typeof options.color === "string" ? [options.color] : (options.color ?? PALETTE);
    const inCorner = scene.classes.flatMap((named, index) => {
      const line = textOf(named, index);
      const top = index * layout.height;
      if (line === null || top + layout.height > scene.height) return [];
      return layout.place(line, colorOfClass(named.classId, named.class, palette), () => [[0, top]]);
    });
    return [...atObjects, ...inCorner].flatMap((label) => round(label, options.borderRadius ?? 0));
  };
}

/** How far left of its anchor a label begins, in parts of its width: labels at corners stay above or below the box. */
function shiftLeft(row: string, column: string): number {
  if (column !== "left" && column !== "right") return 0.5;
  return (column === "left") === (row === "center") ? 1 : 0;
}

function round([plate, text]: PlacedLabel, borderRadius: number): readonly Shape[] {
  const radius = Math.min(borderRadius, plate.width / 2, plate.height / 2);
  return [radius > 0 ? roundedPlate(plate, radius) : plate, text];
}

function roundedPlate({ x, y, width, height, fill }: RectShape, radius: number): Shape {
  const corner = (centreX: number, centreY: number, start: number) =>
    arcPoints({ x: centreX, y: centreY }, radius, radius, start, start + 90);
  const ring = [
    ...corner(x + radius, y + radius, 180),
    ...corner(x + width - radius, y + radius, 270),
    ...corner(x + width - radius, y + height - radius, 0),
    ...corner(x + radius, y + height - radius, 90),
  ];
  return { kind: "polygon", rings: [ring], ...(fill === undefined ? {} : { fill }) };
}
