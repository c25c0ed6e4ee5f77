import { InvalidParameterError } from "@inference-ts/errors";
import type { InstanceMask } from "../masks/instance-mask.ts";
import type { Boxes } from "./boxes.ts";
import type { OverlapMetric } from "./overlap.ts";

/** How detections that overlap are found. */
export interface OverlapOptions {
  /** 0..1, default 0.5. */
  readonly threshold?: number;
  /** Default `iou`. */
  readonly metric?: OverlapMetric;
  /** Whether detections of different classes count as the same; default false. */
  readonly classAgnostic?: boolean;
}

/** The columns that overlap is computed from. */
export interface Overlappable {
  readonly boxes: Boxes;
  readonly confidence: Float64Array | null;
  readonly classId: Int32Array | null;
  readonly masks: readonly (InstanceMask | null)[] | null;
}

/**
 * Checks options and columns.
 *
 * @param action for the message
 * @throws InvalidParameterError when the threshold is no number from 0 to 1, or confidences or class ids are missing
 */
export function assertOverlappable(columns: Overlappable, options: OverlapOptions, action: string): void {
  const { threshold = 0.5, metric = "iou", classAgnostic = false } = options;
  if (!(threshold >= 0 && threshold <= 1)) {
    throw new InvalidParameterError(
      `The threshold of ${action} must be a number from 0 to 1, got ${threshold}.`,
    );
  }
  if (metric !== "iou" && metric !== "ios") {
    throw new InvalidParameterError(
      `The metric of ${action} must be "iou" or "ios", got ${JSON.stringify(metric)}.`,
    );
  }
  if (columns.confidence === null) {
    throw new InvalidParameterError(
      `These detections have no confidences; ${action} needs them to find the best.`,
    );
  }
  if (columns.classId === null && !classAgnostic) {
    throw new InvalidParameterError(`These detections have no class ids; ${action} works class by class.`, {
      hint: "Set classAgnostic to true to compare all with all.",
    });
  }
}

/** Indices by descending confidence; of equals the lower index first, `NaN` last. */
export function byConfidence(confidence: Float64Array): Int32Array {
  const rank = (index: number) => {
    const value = confidence[index] ?? 0;
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
  };
  return Int32Array.from(confidence.keys()).sort((a, b) => {
    const [first, second] = [rank(a), rank(b)];
    return first === second ? a - b : second > first ? 1 : -1;
  });
}

/** Indices of each class by ascending class id, in the given order inside a class; all in one group without class ids. */
export function byClass(order: Int32Array, classId: Int32Array | null): Int32Array[] {
  if (classId === null) return order.length === 0 ? [] : [order];
  const groups = new Map<number, number[]>();
  for (const index of order) {
    const id = classId[index] ?? 0;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [index]);
    else group.push(index);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => Int32Array.from(group));
}
