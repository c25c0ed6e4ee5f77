import { InvalidParameterError } from "@inference-ts/errors";
import type { Detections } from "../detections/detections.ts";

/** Detections of one picture or video frame on their way to a file. */
export interface DetectionBatch {
  readonly detections: Detections;
  /** Values for every row, such as the name of the picture. Values per detection are columns of `detections.data`. */
  readonly fields?: { readonly [name: string]: unknown };
}

/** One detection with flat names; `""` where a base value is not known. */
export interface DetectionRow {
  readonly [column: string]: unknown;
}

/** Columns that every row has, in order. Boxes are corners in pixels. */
export const BASE_COLUMNS = [
  "x_min",
  "y_min",
  "x_max",
  "y_max",
  "class_id",
  "confidence",
  "tracker_id",
] as const;

/**
 * Names of the columns beside the base ones, in order of their characters.
 *
 * @throws InvalidParameterError when one has the name of a base column
 */
export function extraColumns({ detections, fields = {} }: DetectionBatch): string[] {
  const names = new Set([
    ...(detections.classNames === null ? [] : ["class_name"]),
    ...Object.keys(detections.data),
    ...Object.keys(fields),
  ]);
  const taken = BASE_COLUMNS.find((name) => names.has(name));
  if (taken !== undefined) {
    throw new InvalidParameterError(`${JSON.stringify(taken)} is the name of a column that every row has.`, {
      hint: "Give the field another name.",
    });
  }
  return [...names].sort(byCodePoint);
}

function byCodePoint(a: string, b: string): number {
  const [first, second] = [[...a], [...b]];
  for (const [index, character] of first.entries()) {
    const difference = (character.codePointAt(0) ?? 0) - (second[index]?.codePointAt(0) ?? -1);
    if (difference !== 0) return difference;
  }
  return first.length - second.length;
}

/**
 * One row for each detection. A field overrules a column of the same name, and both the class name.
 *
 * @throws InvalidParameterError when a field or column has the name of a base column
 */
export function detectionRows(batch: DetectionBatch): DetectionRow[] {
  extraColumns(batch);
  const { detections, fields = {} } = batch;
  const named = detections.classNames !== null;
  return [...detections].map(({ box, classId, confidence, trackerId, class: name, data }) => ({
    x_min: box[0],
    y_min: box[1],
    x_max: box[2],
    y_max: box[3],
    class_id: classId ?? "",
    confidence: confidence ?? "",
    tracker_id: trackerId ?? "",
    ...(named ? { class_name: name } : {}),
    ...data,
    ...fields,
  }));
}
