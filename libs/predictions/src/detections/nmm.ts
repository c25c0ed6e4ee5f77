import { InstanceMask } from "../masks/instance-mask.ts";
import { type BoxCorners, type Boxes, boxAt } from "./boxes.ts";
import { hasAllMasks } from "./nms.ts";
import { boxOverlap, maskOverlap, type OverlapMetric } from "./overlap.ts";
import {
  assertOverlappable,
  byClass,
  byConfidence,
  type OverlapOptions,
  type Overlappable,
} from "./score-order.ts";

/** How far a group reaches: takes those of the others that join it, `null` when there is nothing more to find. */
type Grow = (leader: number, waiting: readonly number[]) => number[];

/**
 * Groups of detections that are the same object: the best one and those that overlap it by **at least** the threshold, and so on
 * with the best of the rest. Boxes are compared with the best of the group only; masks with all of the group together, until none
 * joins any more. What does not overlap at all is never joined.
 *
 * @returns groups of indices, the best first; class by class in ascending class id
 * @throws InvalidParameterError when the threshold is no number from 0 to 1, or confidences or class ids are missing
 */
export function overlapGroups(columns: Overlappable, options: OverlapOptions = {}): number[][] {
  const { threshold = 0.5, metric = "iou", classAgnostic = false } = options;
  if (columns.boxes.length === 0) return [];
  assertOverlappable(columns, options, "merging");
  const { boxes, masks } = columns;
  const grow = hasAllMasks(masks) ? growMasks(masks, threshold, metric) : growBoxes(boxes, threshold, metric);
  const order = byConfidence(columns.confidence ?? new Float64Array(0));
  return byClass(order, classAgnostic ? null : columns.classId).flatMap((group) => {
    const groups: number[][] = [];
    for (let waiting = [...group]; waiting.length > 0; ) {
      const [leader = 0, ...others] = waiting;
      const joined = grow(leader, others);
      groups.push([leader, ...joined]);
      const gone = new Set(joined);
      waiting = others.filter((index) => !gone.has(index));
    }
    return groups;
  });
}

function joins(overlap: number, threshold: number): boolean {
  return overlap > 0 && overlap >= threshold;
}

function growBoxes(boxes: Boxes, threshold: number, metric: OverlapMetric): Grow {
  return (leader, waiting) => {
    const box = boxAt(boxes, leader);
    return waiting.filter((index) => joins(boxOverlap(box, boxAt(boxes, index), metric), threshold));
  };
}

function growMasks(masks: readonly InstanceMask[], threshold: number, metric: OverlapMetric): Grow {
  return (leader, others) => {
    const joined: number[] = [];
    let whole = masks[leader];
    let waiting = others;
    while (whole !== undefined && waiting.length > 0) {
      const together = whole;
      const reached = waiting.filter((index) => {
        const mask = masks[index];
        return mask !== undefined && joins(maskOverlap(mask, together, metric), threshold);
      });
      if (reached.length === 0) break;
      joined.push(...reached);
      const gone = new Set(reached);
      waiting = waiting.filter((index) => !gone.has(index));
      whole = InstanceMask.union([whole, ...reached.flatMap((index) => masks[index] ?? [])]);
    }
    return joined;
  };
}

/** One detection made of a group. */
export interface MergedGroup {
  /** Index of the best one: its class, tracker id, key points and data stand for the group. */
  readonly winner: number;
  readonly box: BoxCorners;
  /** Mean of the confidences, weighted by the areas of the boxes. */
  readonly confidence: number;
  readonly mask: InstanceMask | null;
}

/** What a group of overlapping detections becomes; a group of one stays as it is. */
export function mergeGroup(columns: Overlappable, group: readonly number[]): MergedGroup {
  const { boxes, masks } = columns;
  const confidence = (index: number) => columns.confidence?.[index] ?? 0;
  const winner = group.reduce(
    (best, index) => (confidence(index) > confidence(best) ? index : best),
    group[0] ?? 0,
  );
  const mask = masks?.[winner] ?? null;
  if (group.length === 1) return { winner, box: boxAt(boxes, winner), confidence: confidence(winner), mask };
  const corners = group.map((index) => boxAt(boxes, index));
  const areas = corners.map(([x1, y1, x2, y2]) => (x2 - x1) * (y2 - y1));
  const area = areas.reduce((sum, value) => sum + value, 0);
  const weighted = group.reduce((sum, index, at) => sum + confidence(index) * (areas[at] ?? 0), 0);
  const parts = group.flatMap((index) => masks?.[index] ?? []);
  return {
    winner,
    box: [
      Math.min(...corners.map(([x1]) => x1)),
      Math.min(...corners.map(([, y1]) => y1)),
      Math.max(...corners.map(([, , x2]) => x2)),
      Math.max(...corners.map(([, , , y2]) => y2)),
    ],
    confidence: area > 0 ? weighted / area : confidence(winner),
    mask: parts.length === 0 ? null : InstanceMask.union(parts),
  };
}
