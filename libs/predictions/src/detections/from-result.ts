import { InvalidParameterError, InvalidResponseError } from "@inference-ts/errors";
import { InstanceMask } from "../masks/instance-mask.ts";
import type { ImageDimensions, Keypoint, Point, Rle } from "../results.ts";
import { isMaskSize, MASK_SIZE_RULE } from "../rle.ts";
import { assertList, isAbsent, isJsonObject, type JsonObject, join, refuse } from "../wire-guards.ts";
import type { BoxCorners } from "./boxes.ts";
import { type DataColumns, type DetectionColumns, emptyColumns } from "./columns.ts";

/** What else to take from a result. */
export interface FromResultOptions {
  /** Fields of the predictions to keep as columns of `data`, such as `parent_id`; `null` where a prediction has none. */
  readonly keep?: readonly string[];
}

/** How coordinates of the answer become pixels of the picture. */
interface Grid {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly image: ImageDimensions | null;
}

/** A polygon needs this many vertices to cover an area. */
const FEWEST_VERTICES = 3;
/** Where servers and workflows put run-length masks; the first readable one counts. */
const RLE_FIELDS = ["rle", "rle_mask"];

/**
 * The columns of a result with boxes, decoded or as the server sent it.
 *
 * | what | rule |
 * |---|---|
 * | boxes | centre and size become corners; nothing is clipped or repaired |
 * | masks | `rle` before `rle_mask` before `points`; of another size than the picture: nearest pixel; unreadable or with fewer than three points: none for this detection |
 * | `mask_metadata` | coordinates of the mask grid are brought to the picture |
 * | no predictions | `predictions` is `null` or an empty list |
 *
 * @throws InvalidResponseError when the result has no list of predictions, or one of them no box, class or confidence, or a mask for
 *   a picture larger than any mask may be
 * @throws InvalidParameterError for a list of results, or a result of another task
 */
export function readDetections(result: unknown, { keep = [] }: FromResultOptions = {}): DetectionColumns {
  const body = oneResult(result);
  const { predictions } = body;
  if (predictions === undefined) refuse("predictions", "a list", predictions);
  const grid = readGrid(body);
  if (predictions === null || isEmpty(predictions)) return emptyColumns(grid.image);
  if (!Array.isArray(predictions)) return refuseTask(predictions);
  const items = predictions.map((item: unknown, index) =>
    readPrediction(item, `predictions[${index}]`, grid),
  );
  const column = <T>(values: readonly (T | null)[]) =>
    values.some((value) => value !== null) ? values : null;
  const trackers = items.map(({ trackerId }) => trackerId);
  return {
    boxes: Float64Array.from(items.flatMap(({ box }) => box)),
    confidence: Float64Array.from(items, ({ confidence }) => confidence),
    classId: Int32Array.from(items, ({ classId }) => classId),
    classNames: items.map(({ className }) => className),
    trackerId: trackers.some((id) => id !== null)
      ? Float64Array.from(trackers, (id) => id ?? Number.NaN)
      : null,
    masks: column(items.map(({ mask }) => mask)),
    keypoints: column(items.map(({ keypoints }) => keypoints)),
    detectionIds: column(items.map(({ detectionId }) => detectionId)),
    data: keptFields(items, keep),
    image: grid.image,
  };
}

/** The object of one result; a list is a batch. */
export function oneResult(result: unknown): JsonObject {
  if (Array.isArray(result)) {
    throw new InvalidParameterError(
      `This is a list of ${result.length} results; detections are made of one.`,
      {
        hint: "Map over the list, and merge the detections if they belong to one picture.",
      },
    );
  }
  if (!isJsonObject(result)) refuse("", "an object", result);
  return result;
}

function isEmpty(predictions: unknown): boolean {
  if (Array.isArray(predictions)) return predictions.length === 0;
  return isJsonObject(predictions) && Object.keys(predictions).length === 0;
}

function refuseTask(predictions: unknown): never {
  const hint = "Use Classifications.from for classes and Detections.fromSemantic for masks of classes.";
  throw new InvalidResponseError(
    `Predictions must be a list of detections, found ${isJsonObject(predictions) ? "an object" : `a ${typeof predictions}`}.`,
    { path: "predictions", hint },
  );
}

function keptFields(items: readonly Prediction[], keep: readonly string[]): DataColumns {
  return Object.fromEntries(keep.map((name) => [name, items.map(({ fields }) => fields[name] ?? null)]));
}

function readGrid(body: JsonObject): Grid {
  const { mask_metadata: grid, original_image: original } = body;
  if (!isJsonObject(grid)) return { scaleX: 1, scaleY: 1, image: readSize(body.image) };
  return {
    scaleX: readNumber(grid, "scale_x", "mask_metadata"),
    scaleY: readNumber(grid, "scale_y", "mask_metadata"),
    image: readSize(original) ?? readSize(body.image),
  };
}

/** A size whose sides are whole numbers, or text of them; `null` for anything else (stubs have none). */
function readSize(image: unknown): ImageDimensions | null {
  if (!isJsonObject(image)) return null;
  const [width, height] = [side(image.width), side(image.height)];
  return width === null || height === null ? null : { width, height };
}

function side(value: unknown): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && number > 0 && Number.isFinite(number) ? Math.trunc(number) : null;
}

/** One prediction in pixels of the picture. */
interface Prediction {
  readonly box: BoxCorners;
  readonly confidence: number;
  readonly classId: number;
  readonly className: string;
  readonly trackerId: number | null;
  readonly mask: InstanceMask | null;
  readonly keypoints: readonly Keypoint[] | null;
  readonly detectionId: string | null;
  readonly fields: JsonObject;
}

function readPrediction(item: unknown, path: string, grid: Grid): Prediction {
  if (!isJsonObject(item)) refuse(path, "an object", item);
  const [width, height] = [readNumber(item, "width", path), readNumber(item, "height", path)];
  const [left, top] = [readNumber(item, "x", path) - width / 2, readNumber(item, "y", path) - height / 2];
  const { scaleX, scaleY } = grid;
  const { class: className, tracker_id: trackerId, detection_id: detectionId } = item;
  if (typeof className !== "string") refuse(join(path, "class"), "a string", className);
  const box: BoxCorners = [left * scaleX, top * scaleY, (left + width) * scaleX, (top + height) * scaleY];
  if (!box.every(Number.isFinite)) refuse(path, "a box of finite numbers", item);
  const classId = Math.trunc(readNumber(item, "class_id", path));
  if (classId !== (classId | 0)) refuse(join(path, "class_id"), "a number of 32 bits", classId);
  return {
    box,
    confidence: readNumber(item, "confidence", path),
    classId,
    className,
    trackerId: typeof trackerId === "number" ? Math.trunc(trackerId) : null,
    mask: readMask(item, path, grid),
    keypoints: readKeypoints(item, path, grid),
    detectionId: typeof detectionId === "string" ? detectionId : null,
    fields: item,
  };
}

/** A field that must be a number. */
export function readNumber(item: JsonObject, field: string, path: string): number {
  const value = item[field];
  if (typeof value !== "number") refuse(join(path, field), "a number", value);
  return value;
}

function readKeypoints(item: JsonObject, path: string, { scaleX, scaleY }: Grid): Keypoint[] | null {
  const { keypoints } = item;
  if (!Array.isArray(keypoints)) return null;
  return keypoints.map((point: unknown, index) => {
    const where = `${join(path, "keypoints")}[${index}]`;
    if (!isJsonObject(point)) refuse(where, "an object", point);
    return {
      ...point,
      x: readNumber(point, "x", where) * scaleX,
      y: readNumber(point, "y", where) * scaleY,
      confidence: typeof point.confidence === "number" ? point.confidence : 0,
      class_id: typeof point.class_id === "number" ? point.class_id : index,
      class: typeof point.class === "string" ? point.class : String(index),
    };
  });
}

function readMask(item: JsonObject, path: string, grid: Grid): InstanceMask | null {
  const rle = RLE_FIELDS.map((field) => item[field]).find(isRleForm);
  const mask = rle === undefined ? null : decodable(rle);
  if (mask !== null) return grid.image === null ? mask : mask.resize(forMasks(grid.image));
  if (isAbsent(item.points)) return null;
  const points = readPoints(item.points, join(path, "points"), grid);
  if (points.length < FEWEST_VERTICES) return null;
  if (grid.image === null)
    refuse("image", "the size of the picture (a polygon cannot be filled without it)", null);
  return InstanceMask.fromPolygons([points], forMasks(grid.image));
}

/** The size of the picture where masks are to fill it: one that a server made up would only be taken for memory and time. */
function forMasks(image: ImageDimensions): ImageDimensions {
  if (isMaskSize(image)) return image;
  throw new InvalidResponseError(
    `Masks can be read for a picture of ${MASK_SIZE_RULE}; the answer claims ${image.width} x ${image.height} pixels.`,
    { path: "image", hint: "Boxes alone have no such limit: leave out the masks of the predictions." },
  );
}

function readPoints(value: unknown, path: string, { scaleX, scaleY }: Grid): Point[] {
  assertList(value, path);
  return value.map((point, index) => {
    const where = `${path}[${index}]`;
    if (!isJsonObject(point)) refuse(where, "an object", point);
    const [x, y] = [readNumber(point, "x", where) * scaleX, readNumber(point, "y", where) * scaleY];
    if (!(Number.isFinite(x) && Number.isFinite(y))) refuse(where, "finite numbers", point);
    return { x, y };
  });
}

function isRleForm(value: unknown): value is JsonObject {
  return isJsonObject(value) && "size" in value && "counts" in value;
}

/** The mask of run lengths; `null` when they cannot be read: the box is worth having without it. */
export function decodable(value: JsonObject): InstanceMask | null {
  const rle = toRle(value);
  if (rle === null) return null;
  try {
    return InstanceMask.fromRle(rle);
  } catch (error) {
    if (error instanceof InvalidResponseError) return null;
    throw error;
  }
}

function toRle({ size, counts }: JsonObject): Rle | null {
  if (!Array.isArray(size) || size.length !== 2) return null;
  const [height, width]: unknown[] = size;
  if (typeof height !== "number" || typeof width !== "number" || height < 0 || width < 0) return null;
  if (typeof counts === "string") return { size: [height, width], counts };
  if (!Array.isArray(counts)) return null;
  const runs = counts.filter((run): run is number => typeof run === "number");
  return runs.length === counts.length ? { size: [height, width], counts: runs } : null;
}
