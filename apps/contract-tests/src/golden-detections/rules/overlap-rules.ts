import { isRecord } from "../../golden/json.ts";
import { boxesOf } from "../detections.ts";
import { numbersOf, toMask } from "../masks.ts";
import {
  type Candidates,
  type Choices,
  OURS,
  PACKAGE,
  referenceNmm,
  referenceNms,
  type Shape,
} from "../reference-overlap.ts";
import type { Vector } from "../vector.ts";
import type { DetectionRule } from "./rule.ts";

/** What a vector asks, for one threshold. */
function candidatesOf({ input }: Vector, threshold: number): Candidates {
  const {
    masks,
    xyxy,
    confidence,
    class_id: classId,
    class_agnostic: agnostic,
    overlap_metric: metric,
  } = input;
  const shapes: Shape[] = Array.isArray(masks)
    ? masks.map((mask) => {
        const { data } = toMask(mask).toBitmap();
        return new Set([...data.keys()].filter((pixel) => data[pixel] !== 0));
      })
    : boxesOf(xyxy).map(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => [x1, y1, x2, y2] as const);
  return {
    shapes,
    scores: numbersOf(confidence),
    classes: agnostic === true ? null : numbersOf(classId),
    metric: metric === "IOS" ? "IOS" : "IOU",
    threshold,
  };
}

/** Results by threshold, as text of the number: the whole `expected` of some vectors, a field of others. */
type ByThreshold = Readonly<Record<string, unknown>>;

function mapThresholds(
  values: unknown,
  map: (threshold: number, value: unknown) => unknown,
): ByThreshold | null {
  if (!isRecord(values)) return null;
  const changed = Object.entries(values).map(([key, value]) => [key, map(Number(key), value)] as const);
  return Object.fromEntries(changed);
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * What is expected where one choice of the package decided: the reference with that choice gives the package's result, and without it
 * something else.
 */
function decidedBy(
  vector: Vector,
  choice: Partial<Choices>,
  applies: (candidates: Candidates) => boolean = () => true,
): (expected: unknown) => unknown {
  const theirs: Choices = { ...OURS, ...choice };
  const settle =
    <T>(reference: (candidates: Candidates, choices: Choices) => T) =>
    (threshold: number, value: unknown) => {
      const candidates = candidatesOf(vector, threshold);
      if (!applies(candidates) || !same(value, reference(candidates, theirs))) return value;
      return reference(candidates, OURS);
    };
  return (expected) => {
    if (!isRecord(expected)) return null;
    if (vector.group === "nms") {
      const kept = mapThresholds(expected.kept, settle(referenceNms));
      const groups = mapThresholds(expected.groups, settle(referenceNmm));
      const changed = { ...expected, ...(kept && { kept }), ...(groups && { groups }) };
      return same(changed, expected) ? null : changed;
    }
    const settleGroups = (threshold: number, value: unknown) => {
      if (!isRecord(value)) return value;
      const groups = settle(referenceNmm)(threshold, value.groups);
      return same(groups, value.groups) ? value : { groups };
    };
    const changed =
      typeof vector.input.threshold === "number"
        ? settleGroups(vector.input.threshold, expected)
        : mapThresholds(expected, settleGroups);
    return same(changed, expected) ? null : changed;
  };
}

const lowerIndexFirst: DetectionRule = {
  name: "of equal scores the first wins",
  topic: "suppression and merging",
  groups: ["nms", "nmm"],
  python:
    "Sorts unstably and turns the order round: the last wins in small sets, in larger ones it depends on the processor.",
  ours: "The lower index wins, always.",
  apply: (_vector, expected) => {
    if (!isRecord(expected)) return null;
    const { kept_lower_index_first: kept, groups_lower_index_first: groups } = expected;
    if (kept === undefined && groups === undefined) return null;
    return {
      ...expected,
      ...(kept === undefined ? {} : { kept }),
      ...(groups === undefined ? {} : { groups }),
    };
  },
};

const float64: DetectionRule = {
  name: "overlaps are compared as they are computed",
  topic: "suppression and merging",
  groups: ["nms", "nmm"],
  python:
    "Rounds overlaps to float32 and compares them with a float64 threshold: an overlap exactly on the threshold goes either way.",
  ours: "Everything in float64: suppression above the threshold, merging at or above it.",
  apply: (vector, expected) => {
    if (isRecord(expected) && expected.kept_float64 !== undefined) {
      const stated = { ...expected, kept: expected.kept_float64 };
      return decidedBy(vector, { float32: true })(stated) ?? stated;
    }
    return decidedBy(vector, { float32: true })(expected);
  },
};

const nanLast: DetectionRule = {
  name: "a score that is no number is the lowest",
  topic: "suppression and merging",
  groups: ["nms", "nmm"],
  python: "`NaN` sorts before every score, so that a box with it suppresses real ones.",
  ours: "`NaN` sorts last.",
  apply: (vector, expected) =>
    decidedBy(vector, PACKAGE, ({ scores }) => scores.some((score) => Number.isNaN(score)))(expected),
};

const nothingApart: DetectionRule = {
  name: "what does not overlap is not merged",
  topic: "suppression and merging",
  groups: ["nmm"],
  python: "A threshold of 0 joins all boxes of a class, also those far apart.",
  ours: "An overlap above 0 is needed as well.",
  apply: (vector, expected) =>
    decidedBy(vector, { ...PACKAGE, nanFirst: false }, ({ threshold }) => threshold === 0)(expected),
};

export const OVERLAP_RULES: readonly DetectionRule[] = [lowerIndexFirst, float64, nanLast, nothingApart];
