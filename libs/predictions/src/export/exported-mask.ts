import { InvalidParameterError } from "@inference-ts/errors";
import type { Detection, Detections } from "../detections/detections.ts";
import type { InstanceMask } from "../masks/instance-mask.ts";
import type { PolygonOptions } from "../masks/mask-polygons.ts";
import type { ImageDimensions, Point } from "../results.ts";

/** A picture and what was found in it, on its way to a data set. */
export interface DetectedImage extends ImageDimensions {
  /** Name of the picture's file, without folders. */
  readonly fileName: string;
  readonly detections: Detections;
  /** Colour channels, default 3. */
  readonly depth?: number;
}

/** One file of a data set. */
export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

/** How masks become polygons in a data set. */
export type ExportPolygonOptions = Omit<PolygonOptions, "holes">;

/**
 * The class id of a detection.
 *
 * @throws InvalidParameterError when it has none
 */
export function exportedClassId({ classId }: Detection, format: string): number {
  if (classId !== null) return classId;
  throw new InvalidParameterError(`A detection has no class id; ${format} needs one for each.`);
}

/**
 * The polygons of a detection for formats without holes, each hole joined to the outline around it: `null` when it has no mask that
 * can be outlined (none, an empty or a too thin one), and its box stands for it.
 */
export function exportedPolygons(
  mask: InstanceMask | null,
  options: ExportPolygonOptions,
): readonly (readonly Point[])[] | null {
  if (mask === null || mask.area === 0) return null;
  const polygons = mask.toPolygons({ ...options, holes: "bridge" });
  // Polygons that are left out for their size are wanted to be missing; a mask without any outline is not.
  if (polygons.length === 0 && mask.toPolygons({ holes: "fill" }).length === 0) return null;
  return polygons.map(({ points }) => points);
}

/**
 * Names of files beside pictures: those of the pictures with another extension.
 *
 * @returns a function that throws InvalidParameterError for a name it gave before, since one file would overwrite the other
 */
export function fileNames(extension: string): (fileName: string) => string {
  const given = new Set<string>();
  return (fileName) => {
    const dot = fileName.lastIndexOf(".");
    const name = `${dot > 0 ? fileName.slice(0, dot) : fileName}${extension}`;
    if (given.has(name)) throw new InvalidParameterError(`Two pictures would have the same file ${name}.`);
    given.add(name);
    return name;
  };
}
