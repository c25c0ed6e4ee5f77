import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Pixels } from "@inference-ts/sdk/annotators";
import { type AnnotatorVerdict, checkAnnotator, pixelsOf } from "../annotators.ts";
import { colorProblems } from "../colors.ts";
import type { Vector } from "../vector.ts";

const OWN_VECTORS = resolve(import.meta.dirname, "../../../fixtures/golden-detections");
const BASE = "annotators/base.png";

const pictures = new Map<string, Promise<Pixels>>();

/** The picture before drawing: beside the vectors, or the copy in this project. */
function basePicture(folder: string): Promise<Pixels> {
  const known = pictures.get(folder);
  if (known !== undefined) return known;
  const file = [folder, OWN_VECTORS].map((place) => join(place, BASE)).find((place) => existsSync(place));
  if (file === undefined) return Promise.reject(new Error(`There is no ${BASE}.`));
  const picture = pixelsOf(file);
  pictures.set(folder, picture);
  return picture;
}

/** Checkers of drawing, which keep to the whole case as it stands in the file. */
export const DRAWING_CHECKERS: Readonly<Record<string, (vector: Vector) => Promise<AnnotatorVerdict>>> = {
  annotators: async ({ source, folder }) => checkAnnotator(source, await basePicture(folder)),
  colors: async ({ source }) => ({ problems: colorProblems(source) }),
};
