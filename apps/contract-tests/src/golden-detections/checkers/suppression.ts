import {
  type Detections,
  nonMaxSuppression,
  type OverlapOptions,
  overlapGroups,
} from "@inference-ts/sdk/predictions";
import { isRecord } from "../../golden/json.ts";
import { checkOutcome, differences, isError } from "../compare.ts";
import { toDetections } from "../detections.ts";
import { numbersOf } from "../masks.ts";
import type { Vector } from "../vector.ts";
import type { Checker } from "./checker.ts";

function optionsOf({ input }: Vector, threshold: number | undefined): OverlapOptions {
  return {
    ...(threshold === undefined ? {} : { threshold }),
    metric: input.overlap_metric === "IOS" ? "ios" : "iou",
    classAgnostic: input.class_agnostic === true,
  };
}

/** Results by threshold; a result without thresholds is one at the default. */
function byThreshold(values: unknown): readonly (readonly [number | undefined, unknown])[] {
  return isRecord(values)
    ? Object.entries(values).map(([key, value]) => [Number(key), value])
    : [[undefined, values]];
}

/** Non-maximum suppression, and the groups of merging where a vector shows them beside it. */
export const checkNms: Checker = async (vector, expected) => {
  const detections = toDetections(vector.input);
  if (isError(expected)) {
    const thresholds = numbersOf(vector.input.thresholds);
    const wanted: readonly (number | undefined)[] = thresholds.length === 0 ? [undefined] : thresholds;
    const outcomes = wanted.map((threshold) =>
      checkOutcome(
        expected,
        () => detections.nms(optionsOf(vector, threshold)),
        () => [],
      ),
    );
    return (await Promise.all(outcomes)).flat();
  }
  if (!isRecord(expected)) return ["the vector expects nothing"];
  const kept = byThreshold(expected.kept).map(async ([threshold, wanted]) => {
    const options = optionsOf(vector, threshold);
    const compare = (indices: Int32Array) => [
      ...differences(indices, wanted, `kept at ${threshold}`),
      ...differences(
        [...detections.nms(options)].map(({ box }) => box),
        rowsOf(detections, numbersOf(wanted)),
        "boxes",
      ),
    ];
    return checkOutcome(null, () => nonMaxSuppression(detections, options), compare);
  });
  const groups = "groups" in expected ? byThreshold(expected.groups) : [];
  const merged = groups.map(([threshold, wanted]) =>
    checkOutcome(
      null,
      () => overlapGroups(detections, optionsOf(vector, threshold)),
      (actual) => differences(actual, wanted, `groups at ${threshold}`),
    ),
  );
  return (await Promise.all([...kept, ...merged])).flat();
};

function rowsOf(detections: Detections, indices: readonly number[]): unknown[] {
  return indices.map((index) => detections.at(index)?.box);
}
