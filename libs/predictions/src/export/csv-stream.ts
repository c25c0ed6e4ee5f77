import { InvalidParameterError } from "@inference-ts/errors";
import { BASE_COLUMNS, type DetectionBatch, detectionRows, extraColumns } from "./detection-rows.ts";

/** How a CSV file is written. */
export interface CsvStreamOptions {
  /**
   * Is told of columns that come after the header is written and are left out. Without it such a column is an
   * `InvalidParameterError`.
   */
  readonly onDroppedColumns?: (names: readonly string[]) => void;
}

const LINE_BREAK = "\r\n";

/**
 * A CSV file (RFC 4180) of batches of detections, one line each. The first batch that has detections decides the columns: the base ones,
 * then the others in order of their characters; a value that is missing is empty, `null` too, lists and objects are JSON. Keeps one
 * batch at a time.
 *
 * @example
 * ```ts
 * import { csvStream, Detections } from "@inference-ts/sdk/predictions";
 * const stream = csvStream();
 * const writer = stream.writable.getWriter();
 * void writer.write({ detections: Detections.empty(), fields: { image: "street.jpg" } }).then(() => writer.close());
 * for await (const text of stream.readable) console.log(text);
 * ```
 */
export function csvStream({
  onDroppedColumns,
}: CsvStreamOptions = {}): TransformStream<DetectionBatch, string> {
  let columns: readonly string[] | null = null;
  /** Columns of the first batch, for a file without detections. */
  let fallback: readonly string[] | null = null;
  const reported = new Set<string>();
  const header = (names: readonly string[]) => line(names);

  return new TransformStream<DetectionBatch, string>({
    transform(batch, controller) {
      const own = [...BASE_COLUMNS, ...extraColumns(batch)];
      if (batch.detections.length === 0) {
        fallback ??= own;
        return;
      }
      if (columns === null) {
        columns = own;
        controller.enqueue(header(columns));
      }
      const known = new Set(columns);
      const dropped = own.filter((name) => !known.has(name) && !reported.has(name));
      if (dropped.length > 0) {
        if (onDroppedColumns === undefined) refuseColumns(dropped);
        for (const name of dropped) reported.add(name);
        onDroppedColumns(dropped);
      }
      const names = columns;
      controller.enqueue(
        detectionRows(batch)
          .map((row) => line(names.map((name) => row[name])))
          .join(""),
      );
    },
    flush(controller) {
      if (columns === null && fallback !== null) controller.enqueue(header(fallback));
    },
  });
}

function refuseColumns(names: readonly string[]): never {
  throw new InvalidParameterError(
    `The header of the CSV file is written, and these columns are not in it: ${names.join(", ")}.`,
    { hint: "Give every batch the same columns, or onDroppedColumns to leave them out." },
  );
}

function line(values: readonly unknown[]): string {
  return `${values.map(cell).join(",")}${LINE_BREAK}`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? (JSON.stringify(value) ?? "") : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
