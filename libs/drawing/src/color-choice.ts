import { InvalidParameterError } from "@inference-ts/errors";
import { type Color, colorAt, colorOfClass, NAMED_COLORS, PALETTE } from "./palette.ts";
import type { SceneObject } from "./scene.ts";

/** What decides the colour of an object. A list has one palette index for each object. */
export type ColorBy = "class" | "index" | "track" | readonly number[];

/** Colours of an annotator. */
export interface ColorOptions {
  /** One colour for everything, or a palette. Default `PALETTE`. */
  readonly color?: Color | readonly Color[] | undefined;
  /** Default `class`. Tracks that are not confirmed yet (id -1) are grey. */
  readonly colorBy?: ColorBy | undefined;
}

/**
 * One colour for each object.
 *
 * @throws InvalidParameterError when an object lacks the class or track id that decides, or a list has not one index for
 *   each object
 */
export function chooseColors(
  objects: readonly Pick<SceneObject, "class" | "classId" | "trackerId">[],
  { color = PALETTE, colorBy = "class" }: ColorOptions,
): readonly Color[] {
  const palette = typeof color === "string" ? [color] : color;
  if (typeof colorBy !== "string") {
    if (colorBy.length !== objects.length) {
      throw new InvalidParameterError(
        `colorBy must have one index for each of the ${objects.length} objects, got ${colorBy.length}.`,
      );
    }
    return colorBy.map((index) => colorAt(index, palette));
  }
  return objects.map((object, index) => {
    if (colorBy === "index") return colorAt(index, palette);
    if (colorBy === "class") {
      if (object.classId === null && object.class === "") throw missing(index, "class", "index");
      return colorOfClass(object.classId, object.class, palette);
    }
    if (object.trackerId === null) throw missing(index, "track", "class");
    return object.trackerId === -1 ? (NAMED_COLORS.grey ?? "#808080") : colorAt(object.trackerId, palette);
  });
}

function missing(index: number, what: string, instead: string): InvalidParameterError {
  return new InvalidParameterError(
    `colorBy "${what}" needs a ${what} id, object ${index} has none; choose "${instead}".`,
  );
}
