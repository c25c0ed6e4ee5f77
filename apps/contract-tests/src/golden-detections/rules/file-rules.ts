import type { InstanceMask } from "@inference-ts/sdk/predictions";
import { isRecord, listAt, recordAt } from "../../golden/json.ts";
import { isError } from "../compare.ts";
import { parseCsv } from "../csv.ts";
import { toMask } from "../masks.ts";
import type { Vector } from "../vector.ts";
import type { DetectionRule } from "./rule.ts";

const BASE = ["x_min", "y_min", "x_max", "y_max", "class_id", "confidence", "tracker_id"];

/** One batch of a sink's vector. */
export interface SinkBatch {
  readonly count: number;
  readonly custom: Readonly<Record<string, unknown>>;
  readonly result: unknown;
}

export function batchesOf({ input }: Vector): SinkBatch[] {
  return listAt(input, "batches")
    .filter(isRecord)
    .map((batch) => ({
      count: listAt(batch.result, "predictions").length,
      custom: recordAt(batch, "custom_data"),
      result: batch.result,
    }));
}

/** Whether the package would cut a value into one piece for each detection. */
export function isPerDetection(value: unknown, count: number): value is unknown[] {
  return Array.isArray(value) && value.length === count;
}

const statedPerDetection: DetectionRule = {
  name: "values per detection are said to be so",
  topic: "files",
  groups: ["sinks"],
  python: "A list whose length happens to be the number of detections is cut into one piece for each.",
  ours: "`fields` stand whole in every row, columns of the detections (`withData`) are per detection. Both are checked.",
  apply: (vector, expected) =>
    batchesOf(vector).some(({ custom, count }) =>
      Object.values(custom).some((value) => isPerDetection(value, count)),
    )
      ? expected
      : null,
};

const jsonCells: DetectionRule = {
  name: "cells of a CSV file are JSON",
  topic: "files",
  groups: ["sinks"],
  python: "Writes Python's words and forms: `True`, `{'a': 1}`.",
  ours: "Booleans, lists and objects are written as JSON.",
  apply: (vector, expected) => {
    if (vector.input.format !== "csv" || !isRecord(expected) || typeof expected.text !== "string")
      return null;
    const [header = [], ...lines] = parseCsv(expected.text);
    const rows = batchesOf(vector).flatMap(({ custom, count }) =>
      Array.from({ length: count }, (_, row) =>
        Object.fromEntries(
          Object.entries(custom).map(([name, value]) => [
            name,
            isPerDetection(value, count) ? value[row] : value,
          ]),
        ),
      ),
    );
    let changed = false;
    const written = lines.map((cells, row) =>
      cells.map((cell, column) => {
        const value = rows[row]?.[header[column] ?? ""];
        if (typeof value !== "boolean" && (typeof value !== "object" || value === null)) return cell;
        changed = true;
        return JSON.stringify(value);
      }),
    );
    return changed ? { ...expected, cells: [header, ...written] } : null;
  },
};

const lateColumns: DetectionRule = {
  name: "a column that comes too late is reported",
  topic: "files",
  groups: ["sinks"],
  python: "Drops a column that the header does not have, with a line in the log.",
  ours: "Tells the caller (`onDroppedColumns`), and fails where nobody listens.",
  apply: (vector, expected) => {
    const batches = batchesOf(vector).filter(({ count }) => count > 0);
    const [first, ...others] = batches;
    if (first === undefined || vector.input.format !== "csv" || !isRecord(expected)) return null;
    const late = others
      .flatMap(({ custom }) => Object.keys(custom))
      .filter((name) => !(name in first.custom));
    const dropped = [...new Set(late)].filter((name) => name !== "class_name");
    return dropped.length === 0 ? null : { ...expected, dropped: dropped.sort() };
  },
};

const takenNames: DetectionRule = {
  name: "base columns are not overwritten",
  topic: "files",
  groups: ["sinks"],
  python: "A custom column named like a base column overwrites it and stands twice in the header.",
  ours: "It is refused.",
  apply: (vector) =>
    batchesOf(vector).some(({ custom }) => BASE.some((name) => name in custom)) ? { error: "refused" } : null,
};

type CocoExpectation = Record<string, unknown>;

/** Changes what is expected of each annotation of a COCO vector; `detections` may be those of several pictures. */
function mapAnnotations(
  vector: Vector,
  expected: unknown,
  map: (annotation: CocoExpectation, mask: unknown, iscrowd: unknown) => CocoExpectation | null,
): unknown {
  if (!isRecord(expected) || !Array.isArray(expected.annotations)) return null;
  const sources = Array.isArray(vector.input.images) ? vector.input.images : [vector.input];
  const objects = sources.flatMap((source: unknown) => {
    const detections = recordAt(source, "detections");
    const crowds = listAt(recordAt(detections, "data"), "iscrowd");
    return listAt(detections, "xyxy").map((_, row) => ({
      mask: listAt(detections, "masks")[row],
      iscrowd: crowds[row],
    }));
  });
  let changed = false;
  const annotations = expected.annotations.map((annotation: unknown, row) => {
    const object = objects[row];
    if (!isRecord(annotation) || object?.mask === undefined) return annotation;
    const mapped = map(annotation, object.mask, object.iscrowd);
    changed ||= mapped !== null;
    return mapped ?? annotation;
  });
  return changed ? { ...expected, annotations } : null;
}

function runLengths(mask: unknown): { size: number[]; counts: readonly number[] } {
  const { width, height, runs } = toMask(mask);
  return { size: [height, width], counts: runs.runs };
}

const noCrowds: DetectionRule = {
  name: "run lengths do not make a crowd",
  topic: "files",
  groups: ["export-coco"],
  python:
    "One object with a hole or of several parts is marked `iscrowd: 1`, so that COCO's evaluation leaves it out.",
  ours: "`iscrowd` is 0 unless the column `iscrowd` says 1.",
  apply: (vector, expected) =>
    mapAnnotations(vector, expected, (annotation, _mask, iscrowd) =>
      annotation.iscrowd === 1 && iscrowd === undefined ? { ...annotation, iscrowd: 0 } : null,
    ),
};

const holesStay: DetectionRule = {
  name: "holes stay holes in COCO",
  topic: "files",
  groups: ["export-coco"],
  python: "With `iscrowd` 0 the hole is one more polygon, which readers fill.",
  ours: "A mask with holes is written as run lengths.",
  apply: (vector, expected) =>
    mapAnnotations(vector, expected, (annotation, mask) =>
      Array.isArray(annotation.segmentation) && toMask(mask).hasHoles
        ? { ...annotation, segmentation: runLengths(mask) }
        : null,
    ),
};

/** A polygon that is left out for its size is wanted to be missing. */
const isThin = (mask: InstanceMask) => mask.area > 0 && mask.toPolygons({ holes: "fill" }).length === 0;

const thinMasks: DetectionRule = {
  name: "thin masks keep their shape in COCO",
  topic: "files",
  groups: ["export-coco"],
  python: "A mask of a pixel or a line of one pixel's width has no outline and loses its segmentation.",
  ours: "It is written as run lengths.",
  apply: (vector, expected) =>
    mapAnnotations(vector, expected, (annotation, mask) =>
      Array.isArray(annotation.segmentation) && annotation.segmentation.length === 0 && isThin(toMask(mask))
        ? { ...annotation, segmentation: runLengths(mask) }
        : null,
    ),
};

const exactByDefault: DetectionRule = {
  name: "polygons are exact unless asked otherwise",
  topic: "files",
  groups: ["export-coco", "export-yolo", "export-voc"],
  python: "Removes three quarters of the points by default: an L becomes a triangle.",
  ours: "`simplify` is 0 by default; asked for the same share, the result is the same. Both are checked.",
  apply: ({ input }, expected) =>
    typeof input.approximation_percentage === "number" && input.approximation_percentage > 0
      ? expected
      : null,
};

const foundSeams: DetectionRule = {
  name: "a hole is joined wherever a seam leads to it",
  topic: "files",
  groups: ["export-yolo", "export-voc"],
  python:
    "Joins holes one after the other and tries the nearest vertices only; where none is in a straight line, the file is not written.",
  ours: "Waits with a hole until one is attached from which it can be reached, and tries all vertices. Written without simplifying, the polygons fill exactly the mask.",
  apply: ({ input }, expected) => {
    const masks = listAt(recordAt(input, "detections"), "masks");
    return isError(expected) && masks.some((mask) => toMask(mask).hasHoles) ? { filled: masks } : null;
  },
};

export const FILE_RULES: readonly DetectionRule[] = [
  statedPerDetection,
  jsonCells,
  lateColumns,
  takenNames,
  noCrowds,
  holesStay,
  thinMasks,
  exactByDefault,
  foundSeams,
];
