import {
  csvStream,
  type DetectionBatch,
  Detections,
  jsonArrayStream,
  jsonLinesStream,
} from "@inference-ts/sdk/predictions";
import { isRecord } from "../../golden/json.ts";
import { checkOutcome, differences, isClose } from "../compare.ts";
import { parseCsv } from "../csv.ts";
import { batchesOf, isPerDetection, type SinkBatch } from "../rules/file-rules.ts";
import { collect } from "../streams.ts";
import type { Checker } from "./checker.ts";

/** The batch as a caller gives it who says which values are per detection. */
function stated({ result, custom, count }: SinkBatch): DetectionBatch {
  const values = Object.entries(custom);
  const columns = values.filter(([, value]) => isPerDetection(value, count));
  const detections = columns.reduce(
    (all, [name, value]) => all.withData(name, Array.isArray(value) ? value : []),
    Detections.from(isRecord(result) ? result : {}),
  );
  return {
    detections,
    fields: Object.fromEntries(values.filter(([name]) => !columns.some(([taken]) => taken === name))),
  };
}

/** The same without saying so: every value stands whole in every row. */
function unstated({ result, custom }: SinkBatch): DetectionBatch {
  return { detections: Detections.from(isRecord(result) ? result : {}), fields: custom };
}

function cellDifferences(actual: string, expected: string, path: string): string[] {
  const [a, b] = [Number(actual), Number(expected)];
  const numbers = actual !== "" && expected !== "" && !Number.isNaN(a) && !Number.isNaN(b);
  return actual === expected || (numbers && isClose(a, b))
    ? []
    : [`${path}: expected ${expected}, got ${actual}`];
}

function tableDifferences(actual: readonly string[][], expected: readonly string[][]): string[] {
  if (actual.length !== expected.length) return [`expected ${expected.length} lines, got ${actual.length}`];
  return expected.flatMap((line, row) => {
    const found = actual[row] ?? [];
    if (found.length !== line.length)
      return [`line ${row}: expected ${line.length} cells, got ${found.length}`];
    return line.flatMap((cell, column) =>
      cellDifferences(found[column] ?? "", cell, `line ${row} cell ${column}`),
    );
  });
}

function csvDifferences(text: string, dropped: readonly string[], expected: unknown): string[] {
  if (!isRecord(expected) || typeof expected.text !== "string") return ["the vector expects no text"];
  const cells = Array.isArray(expected.cells)
    ? expected.cells.map((line: unknown) => (Array.isArray(line) ? line.map(String) : []))
    : parseCsv(expected.text);
  return [
    ...tableDifferences(parseCsv(text), cells),
    ...(text === "" || text.endsWith("\r\n") ? [] : ["the last line does not end with CR LF"]),
    ...differences([...dropped].sort(), expected.dropped ?? [], "dropped columns"),
  ];
}

function parseLines(text: string): unknown[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}

/** A list that the caller does not call per detection stands whole in every row. */
async function wholeListProblems(batches: readonly SinkBatch[]): Promise<string[]> {
  const text = (await collect(batches.map(unstated), jsonLinesStream())).join("");
  const wanted = batches.flatMap(({ custom, count }) => Array.from({ length: count }, () => custom));
  return differences(parseLines(text), wanted, "whole lists");
}

/** Files of detections, written as streams. */
export const checkSinks: Checker = async (vector, expected) => {
  const batches = batchesOf(vector);
  if (vector.input.format === "csv") {
    const dropped: string[] = [];
    const write = () =>
      collect(batches.map(stated), csvStream({ onDroppedColumns: (names) => dropped.push(...names) }));
    return checkOutcome(expected, write, async (parts) => [
      ...csvDifferences(parts.join(""), dropped, expected),
      ...(await wholeListProblems(batches)),
    ]);
  }
  const write = async () => ({
    lines: (await collect(batches.map(stated), jsonLinesStream())).join(""),
    array: (await collect(batches.map(stated), jsonArrayStream())).join(""),
  });
  return checkOutcome(expected, write, async ({ lines, array }) => {
    const rows: unknown = isRecord(expected) ? expected.rows : undefined;
    return [
      ...differences(parseLines(lines), rows, "JSON lines"),
      ...differences(JSON.parse(array), rows, "JSON array"),
      ...(await wholeListProblems(batches)),
    ];
  });
};
