import { InvalidParameterError } from "@inference-ts/errors";
import { RLE } from "./result-shapes.ts";
import type { InferenceResult, InstanceSegmentationResult } from "./results.ts";
import { resizeRle } from "./rle.ts";
import { isAbsent, isJsonObject, type JsonObject, join } from "./wire-guards.ts";
import { assertShape } from "./wire-shape.ts";

/** Sent size divided by the caller's size, per axis; 0.5 = sent at half the size. */
export interface Scale {
  readonly x: number;
  readonly y: number;
}

const POINT_LISTS = ["points", "keypoints"];
const MASKS = ["rle", "rle_mask"];
const FIELD_AXIS: readonly (readonly [field: string, axis: "x" | "y"])[] = [
  ["x", "x"],
  ["y", "y"],
  ["width", "x"],
  ["height", "y"],
];

/** Where a coordinate of an axis goes. */
type Mapping = (value: number, axis: "x" | "y") => number;

/** Python's `round`: a half goes to the even neighbour. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * Brings an answer's coordinates from the picture that was sent to the caller's picture: every number is divided by the
 * scale. Works on wire JSON and on decoded results; pure, unknown fields are kept.
 *
 * | what | how |
 * |---|---|
 * | `image` | divided and rounded, halves to even as the Python client does |
 * | boxes, `points`, `keypoints` | divided; each prediction by the fields it has |
 * | `rle`, `rle_mask` | resampled (nearest pixel) to the size that `image` gets |
 * | answers in a mask grid (`mask_metadata` and `original_image`) | stay in the grid; `original_image`, `scale_x`, `scale_y` are recomputed |
 * | `visualization`, PNG masks of semantic segmentation | stay pictures in the sent size |
 * | stubs | untouched |
 *
 * @param scale sent size divided by original size; one number for both axes; 1 returns `result` itself
 * @throws InvalidParameterError when the scale is not a positive number
 * @throws InvalidResponseError when a run-length mask that must be resampled cannot be decoded
 */
export function rescaleResult<Result extends JsonObject>(result: Result, scale: Scale | number): Result {
  const by = typeof scale === "number" ? { x: scale, y: scale } : scale;
  for (const value of [by.x, by.y]) {
    if (!(value > 0 && Number.isFinite(value))) {
      throw new InvalidParameterError(`The scale of a picture must be a positive number, got ${value}.`);
    }
  }
  if ((by.x === 1 && by.y === 1) || result.is_stub === true) return result;
  const { mask_metadata: grid, original_image: original } = result;
  const divide: Mapping = (value, axis) => value / by[axis];
  if (isJsonObject(grid) && isJsonObject(original))
    return { ...result, ...rescaleGrid(grid, original, divide) };
  return { ...result, ...mapFields(result, divide) };
}

function mapFields(result: JsonObject, map: Mapping): JsonObject {
  const { image, predictions } = result;
  return {
    ...(isJsonObject(image) ? { image: mapImageSize(image, map) } : {}),
    ...(Array.isArray(predictions)
      ? { predictions: predictions.map((item, index) => mapPrediction(item, map, `predictions[${index}]`)) }
      : {}),
  };
}

function rescaleGrid(grid: JsonObject, original: JsonObject, map: Mapping): JsonObject {
  const original_image = mapImageSize(original, map);
  return {
    original_image,
    mask_metadata: {
      ...grid,
      scale_x: ratio(original_image.width, grid.width, grid.scale_x),
      scale_y: ratio(original_image.height, grid.height, grid.scale_y),
    },
  };
}

function ratio(size: unknown, gridSize: unknown, otherwise: unknown): unknown {
  return typeof size === "number" && typeof gridSize === "number" && gridSize > 0
    ? size / gridSize
    : otherwise;
}

function mapImageSize(image: JsonObject, map: Mapping): JsonObject {
  const mapped = mapBox(image, map);
  for (const field of ["width", "height"]) {
    const value = mapped[field];
    if (typeof value === "number") mapped[field] = roundHalfEven(value);
  }
  return mapped;
}

function mapBox(object: JsonObject, map: Mapping): Record<string, unknown> {
  const mapped: Record<string, unknown> = { ...object };
  for (const [field, axis] of FIELD_AXIS) {
    const value = object[field];
    if (typeof value === "number") mapped[field] = map(value, axis);
  }
  return mapped;
}

function mapPrediction(item: unknown, map: Mapping, path: string): unknown {
  if (!isJsonObject(item)) return item;
  const mapped = mapBox(item, map);
  for (const field of POINT_LISTS) {
    const list = item[field];
    if (Array.isArray(list))
      mapped[field] = list.map((point) => (isJsonObject(point) ? mapBox(point, map) : point));
  }
  for (const field of MASKS) {
    const rle: unknown = item[field];
    if (isAbsent(rle)) continue;
    assertShape(rle, RLE, join(path, field));
    const [height, width] = rle.size;
    const size = { width: roundHalfEven(map(width, "x")), height: roundHalfEven(map(height, "y")) };
    mapped[field] = { ...rle, ...resizeRle(rle, size, join(path, field)) };
  }
  return mapped;
}

/**
 * Brings an answer given in a reduced mask grid to pixels of the picture: coordinates times `scale_x` and `scale_y`, masks
 * resampled, `image` = `original_image`, `mask_metadata` left out. Every other result is returned as it is.
 *
 * @throws InvalidResponseError when a run-length mask cannot be decoded
 */
export function toImageCoordinates(result: InstanceSegmentationResult): InstanceSegmentationResult;
export function toImageCoordinates(result: InferenceResult): InferenceResult;
export function toImageCoordinates(result: InferenceResult): InferenceResult {
  if (result.task !== "instance-segmentation" || isAbsent(result.mask_metadata)) return result;
  const { mask_metadata: grid, ...rest } = result;
  const multiply: Mapping = (value, axis) => value * (axis === "x" ? grid.scale_x : grid.scale_y);
  const mapped = { ...rest, ...mapFields(rest, multiply) };
  return isAbsent(result.original_image) ? mapped : { ...mapped, image: result.original_image };
}
