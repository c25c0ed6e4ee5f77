import type { InstanceMask } from "../masks/instance-mask.ts";
import { type Boxes, boxAt } from "./boxes.ts";
import { boxOverlap, maskOverlap, type OverlapMetric } from "./overlap.ts";
import {
  assertOverlappable,
  byClass,
  byConfidence,
  type OverlapOptions,
  type Overlappable,
} from "./score-order.ts";

/**
 * Non-maximum suppression: the best detection stays, those that overlap it by **more** than the threshold go, and so on with the
 * best of the rest. A detection that went does not take others with it. Where all detections have masks, masks are
 * compared, otherwise boxes.
 *
 * @returns indices of those that stay, ascending
 * @throws InvalidParameterError when the threshold is no number from 0 to 1, or confidences or class ids are missing
 */
export function nonMaxSuppression(columns: Overlappable, options: OverlapOptions = {}): Int32Array {
  const { threshold = 0.5, metric = "iou", classAgnostic = false } = options;
  if (columns.boxes.length === 0) return new Int32Array(0);
  assertOverlappable(columns, options, "suppression");
  const { boxes, masks } = columns;
  const order = byConfidence(columns.confidence ?? new Float64Array(0));
  const kept: number[] = [];
  for (const group of byClass(order, classAgnostic ? null : columns.classId)) {
    const survivors = hasAllMasks(masks)
      ? suppressPairwise(group, (a, b) => overlapOf(masks, boxes, a, b, metric) > threshold)
      : suppressBoxes(group, boxes, threshold, metric);
    for (const index of survivors) kept.push(index);
  }
  return Int32Array.from(kept).sort();
}

/** True when every detection has a mask. */
export function hasAllMasks(
  masks: readonly (InstanceMask | null)[] | null,
): masks is readonly InstanceMask[] {
  return masks?.every((mask) => mask !== null) ?? false;
}

function overlapOf(
  masks: readonly InstanceMask[],
  boxes: Boxes,
  a: number,
  b: number,
  metric: OverlapMetric,
): number {
  const [maskA, maskB] = [masks[a], masks[b]];
  if (maskA === undefined || maskB === undefined) return boxOverlap(boxAt(boxes, a), boxAt(boxes, b), metric);
  return maskOverlap(maskA, maskB, metric);
}

function suppressPairwise(order: Int32Array, overlap: (kept: number, other: number) => boolean): number[] {
  const kept: number[] = [];
  for (const index of order) if (!kept.some((other) => overlap(other, index))) kept.push(index);
  return kept;
}

/** The same for boxes, on flat numbers: the boxes that stay are gathered side by side. */
function suppressBoxes(order: Int32Array, boxes: Boxes, threshold: number, metric: OverlapMetric): number[] {
  const union = metric === "iou";
  const kept: number[] = [];
  const left = new Float64Array(order.length);
  const top = new Float64Array(order.length);
  const right = new Float64Array(order.length);
  const bottom = new Float64Array(order.length);
  const area = new Float64Array(order.length);
  for (const index of order) {
    const [x1, y1, x2, y2] = boxAt(boxes, index);
    const own = (x2 - x1) * (y2 - y1);
    let stays = true;
    for (let other = 0; other < kept.length; other++) {
      const otherRight = right[other] ?? 0;
      const otherLeft = left[other] ?? 0;
      const width = Math.min(x2, otherRight) - Math.max(x1, otherLeft);
      if (!(width > 0)) continue;
      const otherBottom = bottom[other] ?? 0;
      const otherTop = top[other] ?? 0;
      const height = Math.min(y2, otherBottom) - Math.max(y1, otherTop);
      if (!(height > 0)) continue;
      const shared = width * height;
      const otherArea = area[other] ?? 0;
      const whole = union ? own + otherArea - shared : Math.min(own, otherArea);
      if (whole > 0 && shared / whole > threshold) {
        stays = false;
        break;
      }
    }
    if (!stays) continue;
    const place = kept.length;
    left[place] = x1;
    top[place] = y1;
    right[place] = x2;
    bottom[place] = y2;
    area[place] = own;
    kept.push(index);
  }
  return kept;
}
