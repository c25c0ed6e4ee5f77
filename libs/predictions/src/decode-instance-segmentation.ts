import { assertResultFields } from "./decode-common-fields.ts";
import { assertDetection } from "./decode-object-detection.ts";
import type {
  ImageDimensions,
  InstanceSegmentationPrediction,
  InstanceSegmentationResult,
  MaskMetadata,
  Point,
  Rle,
} from "./results.ts";
import {
  assertFields,
  assertList,
  assertObject,
  isAbsent,
  type JsonObject,
  join,
  refuse,
} from "./wire-guards.ts";

const XY = ["x", "y"];
const SIZE_FIELDS = ["width", "height"];
const GRID_FIELDS = ["width", "height", "scale_x", "scale_y"];

/** Checks a list of points. */
export function assertPoints(value: unknown, path: string): asserts value is readonly Point[] {
  assertList(value, path);
  for (const [index, point] of value.entries()) {
    assertObject(point, `${path}[${index}]`);
    assertFields(point, XY, "number", `${path}[${index}]`);
  }
}

/** Checks the form of a run-length mask; its runs are checked when it is decoded. */
export function assertRle(value: unknown, path: string): asserts value is Rle {
  assertObject(value, path);
  const { size, counts } = value;
  if (
    !Array.isArray(size) ||
    size.length !== 2 ||
    !size.every((side) => Number.isInteger(side) && side >= 0)
  ) {
    refuse(join(path, "size"), "[height, width] in whole pixels", size);
  }
  if (
    typeof counts !== "string" &&
    !(Array.isArray(counts) && counts.every((run) => typeof run === "number"))
  ) {
    refuse(join(path, "counts"), "text or a list of numbers", counts);
  }
}

function assertInstances(value: unknown): asserts value is readonly InstanceSegmentationPrediction[] {
  assertList(value, "predictions");
  for (const [index, item] of value.entries()) {
    const path = `predictions[${index}]`;
    assertDetection(item, path);
    if (isAbsent(item.rle)) assertPoints(item.points, join(path, "points"));
    else assertRle(item.rle, join(path, "rle"));
  }
}

interface GridFields {
  readonly original_image?: ImageDimensions | null;
  readonly mask_metadata?: MaskMetadata | null;
}

function assertGridFields(body: JsonObject): asserts body is JsonObject & GridFields {
  const { original_image, mask_metadata } = body;
  if (!isAbsent(original_image)) {
    assertObject(original_image, "original_image");
    assertFields(original_image, SIZE_FIELDS, "number", "original_image");
  }
  if (!isAbsent(mask_metadata)) {
    assertObject(mask_metadata, "mask_metadata");
    assertFields(mask_metadata, GRID_FIELDS, "number", "mask_metadata");
  }
}

/** Boxes with polygons or run-length masks. */
export function decodeInstanceSegmentation(body: JsonObject): InstanceSegmentationResult {
  const { predictions } = body;
  assertInstances(predictions);
  assertGridFields(body);
  assertResultFields(body);
  return { ...body, task: "instance-segmentation", predictions };
}
