import type { InstanceMask } from "../masks/instance-mask.ts";
import { type BoxCorners, type Boxes, boxAreas } from "./boxes.ts";

/**
 * How overlap is measured: `iou` = shared area by the area of both together, `ios` = shared area by the smaller area, which
 * is 1 when one lies inside the other. Both are 0 when the area to divide by is not positive.
 */
export type OverlapMetric = "iou" | "ios";

/** `crowd` divides by the area of the first mask, as COCO measures a detection against a crowd. */
export type MaskOverlapMetric = OverlapMetric | "crowd";

/** Overlaps of every row with every column. */
export interface OverlapMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly values: Float64Array;
}

/** Overlap of two boxes, 0..1. */
export function boxOverlap(a: BoxCorners, b: BoxCorners, metric: OverlapMetric = "iou"): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (!(width > 0 && height > 0)) return 0;
  const shared = width * height;
  const [areaA, areaB] = [(a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1])];
  const whole = metric === "iou" ? areaA + areaB - shared : Math.min(areaA, areaB);
  return whole > 0 ? shared / whole : 0;
}

/** Overlap of every box of one list with every box of another, 0..1. */
export function boxOverlaps(a: Boxes, b: Boxes, metric: OverlapMetric = "iou"): OverlapMatrix {
  const [rows, columns] = [a.length / 4, b.length / 4];
  const values = new Float64Array(rows * columns);
  const [areasA, areasB] = [boxAreas(a), boxAreas(b)];
  const union = metric === "iou";
  for (let row = 0; row < rows; row++) {
    const at = row * 4;
    const [left = 0, top = 0, right = 0, bottom = 0] = [a[at], a[at + 1], a[at + 2], a[at + 3]];
    const area = areasA[row] ?? 0;
    for (let column = 0; column < columns; column++) {
      const other = column * 4;
      const x1 = b[other] ?? 0;
      const x2 = b[other + 2] ?? 0;
      const width = Math.min(right, x2) - Math.max(left, x1);
      if (!(width > 0)) continue;
      const y1 = b[other + 1] ?? 0;
      const y2 = b[other + 3] ?? 0;
      const height = Math.min(bottom, y2) - Math.max(top, y1);
      if (!(height > 0)) continue;
      const areaB = areasB[column] ?? 0;
      const shared = width * height;
      const whole = union ? area + areaB - shared : Math.min(area, areaB);
      if (whole > 0) values[row * columns + column] = shared / whole;
    }
  }
  return { rows, columns, values };
}

/**
 * Overlap of two masks, 0..1; an empty mask overlaps nothing.
 *
 * @throws InvalidParameterError for masks of different sizes
 */
export function maskOverlap(a: InstanceMask, b: InstanceMask, metric: MaskOverlapMetric = "iou"): number {
  const shared = a.sharedArea(b);
  const whole = { iou: a.area + b.area - shared, ios: Math.min(a.area, b.area), crowd: a.area }[metric];
  return whole > 0 ? shared / whole : 0;
}

/**
 * Overlap of every mask of one list with every mask of another, 0..1.
 *
 * @throws InvalidParameterError for masks of different sizes
 */
export function maskOverlaps(
  a: readonly InstanceMask[],
  b: readonly InstanceMask[],
  metric: MaskOverlapMetric = "iou",
): OverlapMatrix {
  const values = new Float64Array(a.length * b.length);
  for (const [row, mask] of a.entries()) {
    for (const [column, other] of b.entries())
      values[row * b.length + column] = maskOverlap(mask, other, metric);
  }
  return { rows: a.length, columns: b.length, values };
}
