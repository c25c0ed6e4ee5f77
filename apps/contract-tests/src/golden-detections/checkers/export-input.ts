import { isInferenceError } from "@inference-ts/sdk";
import {
  type DetectedImage,
  type ExportPolygonOptions,
  InstanceMask,
  type Point,
} from "@inference-ts/sdk/predictions";
import { isRecord, listAt, recordAt } from "../../golden/json.ts";
import { toDetections } from "../detections.ts";
import { filled, numbersOf, toMask } from "../masks.ts";
import type { Vector } from "../vector.ts";

/** How a vector wants masks to become polygons. The package's default is its own. */
export function polygonOptions({ input }: Vector): ExportPolygonOptions {
  const {
    approximation_percentage: simplify,
    min_image_area_percentage: least,
    max_image_area_percentage: most,
  } = input;
  return {
    ...(typeof simplify === "number" ? { simplify } : {}),
    ...(typeof least === "number" ? { minImageShare: least } : {}),
    ...(typeof most === "number" ? { maxImageShare: most } : {}),
  };
}

/** The one picture of a vector. */
export function imageOf({ input }: Vector): DetectedImage {
  const [width = 0, height = 0, depth = 3] = numbersOf(input.image_wh ?? input.image_whd);
  return {
    fileName: typeof input.filename === "string" ? input.filename : "picture.png",
    width,
    height,
    depth,
    detections: toDetections(recordAt(input, "detections")),
  };
}

/** The pictures of a data set. */
export function imagesOf({ input }: Vector): DetectedImage[] {
  return listAt(input, "images")
    .filter(isRecord)
    .map((image) => ({
      fileName: String(image.file_name),
      width: Number(image.width),
      height: Number(image.height),
      detections: toDetections(recordAt(image, "detections")),
    }));
}

export function classesOf({ input }: Vector): string[] {
  return listAt(input, "classes").filter((name) => typeof name === "string");
}

/** Masks that a file is expected to hold where the package writes none; `null` for every other expectation. */
export function masksToFill(expected: unknown): readonly unknown[] | null {
  return isRecord(expected) && Array.isArray(expected.filled) ? expected.filled : null;
}

/**
 * Checks that a file is written with polygons that fill the masks, or refused where no straight seam leads to a hole that is left of a
 * simplified mask.
 */
export function fillProblems(
  vector: Vector,
  masks: readonly unknown[],
  write: () => readonly (readonly Point[])[],
): string[] {
  const exact = (polygonOptions(vector).simplify ?? 0) === 0;
  try {
    const polygons = write();
    const [first, ...others] = masks.map(toMask);
    if (first === undefined || !exact) return [];
    const covered = others.reduce((all, mask) => InstanceMask.union([all, mask]), first);
    const back = filled(polygons, covered);
    return back.sharedArea(covered) === back.area ? [] : ["polygons fill pixels that no mask covers"];
  } catch (error) {
    if (isInferenceError(error) && !exact) return [];
    throw error;
  }
}
