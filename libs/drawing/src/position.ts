import type { Point } from "@inference-ts/predictions";
import { ringsCentre } from "./ring-geometry.ts";
import type { SceneObject } from "./scene.ts";

/** Places at an object's box; `center-of-mass` is that of its mask. */
export const POSITIONS = [
  "center",
  "center-left",
  "center-right",
  "top-center",
  "top-left",
  "top-right",
  "bottom-center",
  "bottom-left",
  "bottom-right",
  "center-of-mass",
] as const;

export type Position = (typeof POSITIONS)[number];

/** The pixel of a place. Without a mask the centre of mass is the centre of the box. */
export function anchorOf(object: SceneObject, position: Position): Point {
  const mass = position === "center-of-mass" ? ringsCentre(object.rings()) : undefined;
  if (mass !== undefined) return { x: Math.trunc(mass.x), y: Math.trunc(mass.y) };
  const { left, top, right, bottom } = object;
  const [row, column] = partsOf(position);
  return {
    x: Math.trunc(column === "left" ? left : column === "right" ? right : (left + right) / 2),
    y: Math.trunc(row === "top" ? top : row === "bottom" ? bottom : (top + bottom) / 2),
  };
}

/** Row and column of a position. */
export function partsOf(position: Position): readonly [row: string, column: string] {
  const [row = "", column = ""] = position.split("-");
  return [row, column];
}
