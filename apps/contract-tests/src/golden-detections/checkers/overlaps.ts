import {
  boxOverlap,
  boxOverlaps,
  maskOverlaps,
  type OverlapMatrix,
  toBoxes,
} from "@inference-ts/sdk/predictions";
import { isRecord } from "../../golden/json.ts";
import { differences } from "../compare.ts";
import { boxesOf } from "../detections.ts";
import { toMask } from "../masks.ts";
import type { Checker } from "./checker.ts";

const METRICS = { IOU: "iou", IOS: "ios" } as const;

/** A matrix as a list of rows. */
export function rowsOfMatrix({ rows, columns, values }: OverlapMatrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [...values.subarray(row * columns, (row + 1) * columns)]);
}

/** Overlaps of boxes with boxes and of masks with masks. */
export const checkOverlaps: Checker = ({ input }, expected) => {
  if (!isRecord(expected)) return ["the vector expects nothing"];
  return Object.entries(METRICS).flatMap(([name, metric]) => {
    if (Array.isArray(input.masks)) {
      const masks = input.masks.map(toMask);
      return differences(rowsOfMatrix(maskOverlaps(masks, masks, metric)), expected[name], name);
    }
    const [a, b] = [boxesOf(input.a), boxesOf(input.b)];
    const matrix = boxOverlaps(toBoxes(a), toBoxes(b), metric);
    const [first, second] = [a[0], b[0]];
    const pair = isRecord(expected.first_pair_float64) ? expected.first_pair_float64[name] : undefined;
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = first ?? [];
    const [x3 = 0, y3 = 0, x4 = 0, y4 = 0] = second ?? [];
    return [
      ...differences(rowsOfMatrix(matrix), expected[name], name),
      ...(pair === undefined
        ? []
        : differences(boxOverlap([x1, y1, x2, y2], [x3, y3, x4, y4], metric), pair, `first pair ${name}`)),
    ];
  });
};
