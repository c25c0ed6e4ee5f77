import type { InferenceResult } from "../results.ts";
import { classesOf, detectionsOf } from "../summary.ts";

/** Columns of the rows below, in order. Boxes are corners in pixels; empty where a result has no boxes. */
export const CSV_COLUMNS = [
  "image",
  "task",
  "class",
  "class_id",
  "confidence",
  "x_min",
  "y_min",
  "x_max",
  "y_max",
  "detection_id",
] as const;

/** One cell before quoting; `null` = empty. */
export type CsvValue = string | number | null;

/** Values by column name. */
export type CsvRow = { readonly [column in (typeof CSV_COLUMNS)[number]]: CsvValue };

/** One row for each object of a result, or for each class that it names when it has no boxes. */
export function toCsvRows(image: string, result: InferenceResult): CsvRow[] {
  const { task } = result;
  const objects = detectionsOf(result);
  if (objects.length > 0) {
    return objects.map(({ box, ...object }) => ({
      image,
      task,
      class: object.class,
      class_id: object.classId,
      confidence: object.confidence,
      x_min: box.x - box.width / 2,
      y_min: box.y - box.height / 2,
      x_max: box.x + box.width / 2,
      y_max: box.y + box.height / 2,
      detection_id: object.detectionId ?? null,
    }));
  }
  return classesOf(result).map(({ class: name, classId, confidence }) => ({
    image,
    task,
    class: name,
    class_id: classId,
    confidence,
    x_min: null,
    y_min: null,
    x_max: null,
    y_max: null,
    detection_id: null,
  }));
}

/** The header line, without a line break. */
export function csvHeader(): string {
  return CSV_COLUMNS.join(",");
}

/** One line of a row by RFC 4180, without a line break. */
export function csvLine(row: CsvRow): string {
  return CSV_COLUMNS.map((column) => quote(row[column])).join(",");
}

function quote(value: CsvValue): string {
  if (value === null) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
