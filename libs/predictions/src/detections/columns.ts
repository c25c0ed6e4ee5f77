import { InvalidParameterError } from "@inference-ts/errors";
import type { InstanceMask } from "../masks/instance-mask.ts";
import type { ImageDimensions, Keypoint } from "../results.ts";
import type { Boxes } from "./boxes.ts";

/** Values of the caller, one list per name, one value per detection. */
export interface DataColumns {
  readonly [name: string]: readonly unknown[];
}

/** What is known about detections, column by column; `null` where nothing is known of any of them. */
export interface DetectionColumns {
  /** Corners, four numbers a detection. */
  readonly boxes: Boxes;
  /** 0..1 */
  readonly confidence: Float64Array | null;
  readonly classId: Int32Array | null;
  readonly classNames: readonly string[] | null;
  /** Number of the object over several pictures; `NaN` where there is none. */
  readonly trackerId: Float64Array | null;
  readonly masks: readonly (InstanceMask | null)[] | null;
  readonly keypoints: readonly (readonly Keypoint[] | null)[] | null;
  /** The server's id of the detection. */
  readonly detectionIds: readonly (string | null)[] | null;
  readonly data: DataColumns;
  /** Size of the picture. */
  readonly image: ImageDimensions | null;
}

/** Columns of no detections. */
export function emptyColumns(image: ImageDimensions | null = null): DetectionColumns {
  return {
    boxes: new Float64Array(0),
    confidence: new Float64Array(0),
    classId: new Int32Array(0),
    classNames: [],
    trackerId: null,
    masks: null,
    keypoints: null,
    detectionIds: null,
    data: {},
    image,
  };
}

/** The rows with some indices, in their order. */
export function selectRows(columns: DetectionColumns, indices: ArrayLike<number>): DetectionColumns {
  const count = columns.boxes.length / 4;
  const rows = Array.from(indices, (index) => {
    if (Number.isInteger(index) && index >= 0 && index < count) return index;
    throw new InvalidParameterError(`There is no detection ${index}; there are ${count}, counted from 0.`);
  });
  const pick = <T>(values: readonly T[] | null) =>
    values && rows.flatMap((row) => values.slice(row, row + 1));
  const boxes = new Float64Array(rows.length * 4);
  for (const [place, row] of rows.entries())
    boxes.set(columns.boxes.subarray(row * 4, row * 4 + 4), place * 4);
  const numbers = (values: Float64Array | null) =>
    values && Float64Array.from(rows, (row) => values[row] ?? 0);
  return {
    boxes,
    confidence: numbers(columns.confidence),
    classId: columns.classId && Int32Array.from(rows, (row) => columns.classId?.[row] ?? 0),
    classNames: pick(columns.classNames),
    trackerId: numbers(columns.trackerId),
    masks: pick(columns.masks),
    keypoints: pick(columns.keypoints),
    detectionIds: pick(columns.detectionIds),
    data: Object.fromEntries(
      Object.entries(columns.data).map(([name, values]) => [name, pick(values) ?? []]),
    ),
    image: columns.image,
  };
}

/**
 * Rows of several, one after the other. Lists without detections are passed over. A column that only some have gets `null` (`NaN`
 * for tracker ids) for the others.
 *
 * @throws InvalidParameterError when some have confidences, class ids or class names and others have not
 */
export function concatenate(lists: readonly DetectionColumns[]): DetectionColumns {
  const parts = lists.filter(({ boxes }) => boxes.length > 0);
  const [first] = parts;
  if (first === undefined) return emptyColumns(sameImage(lists));
  const count = (part: DetectionColumns) => part.boxes.length / 4;
  const optional = <T>(values: (part: DetectionColumns) => readonly T[] | null): (T | null)[] | null =>
    parts.some((part) => values(part) !== null)
      ? parts.flatMap((part): (T | null)[] => [...(values(part) ?? new Array<null>(count(part)).fill(null))])
      : null;
  const all = <T>(name: string, values: (part: DetectionColumns) => Iterable<T> | null): T[] | null => {
    const lacking = parts.filter((part) => values(part) === null).length;
    if (lacking === parts.length) return null;
    if (lacking === 0) return parts.flatMap((part) => [...(values(part) ?? [])]);
    throw new InvalidParameterError(
      `Detections can be merged when all or none have ${name}; ${lacking} of ${parts.length} have none.`,
    );
  };
  const trackers = parts.some(({ trackerId }) => trackerId !== null);
  const names = new Set(parts.flatMap(({ data }) => Object.keys(data)));
  const confidence = all("confidences", (part) => part.confidence);
  const classId = all("class ids", (part) => part.classId);
  return {
    boxes: Float64Array.from(parts.flatMap(({ boxes }) => [...boxes])),
    confidence: confidence && Float64Array.from(confidence),
    classId: classId && Int32Array.from(classId),
    classNames: all("class names", (part) => part.classNames),
    trackerId: trackers
      ? Float64Array.from(
          parts.flatMap((part) => [...(part.trackerId ?? new Float64Array(count(part)).fill(Number.NaN))]),
        )
      : null,
    masks: optional((part) => part.masks),
    keypoints: optional((part) => part.keypoints),
    detectionIds: optional((part) => part.detectionIds),
    data: Object.fromEntries(
      [...names].map((name) => [name, optional((part) => part.data[name] ?? null) ?? []]),
    ),
    image: sameImage(parts),
  };
}

/** The size of the picture, when all agree. */
function sameImage(parts: readonly DetectionColumns[]): ImageDimensions | null {
  const [first, ...others] = parts.map(({ image }) => image);
  if (first === undefined || first === null) return null;
  return others.every((image) => image?.width === first.width && image.height === first.height)
    ? first
    : null;
}
