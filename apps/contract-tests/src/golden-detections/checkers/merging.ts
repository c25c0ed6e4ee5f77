import {
  type Detections,
  InstanceMask,
  type OverlapOptions,
  overlapGroups,
} from "@inference-ts/sdk/predictions";
import { isRecord } from "../../golden/json.ts";
import { checkOutcome, differences } from "../compare.ts";
import { detectionDifferences, toDetections } from "../detections.ts";
import { summaryOf } from "../masks.ts";
import type { Vector } from "../vector.ts";
import type { Checker } from "./checker.ts";

/** Non-maximum merging: the groups, and what becomes of them. */
export const checkNmm: Checker = async (vector, expected) => {
  const { threshold } = vector.input;
  if (typeof threshold === "number") return checkAt(vector, threshold, expected);
  if (!isRecord(expected)) return ["the vector expects nothing"];
  const checks = Object.entries(expected).map(([key, value]) => checkAt(vector, Number(key), value));
  return (await Promise.all(checks)).flat();
};

function checkAt(vector: Vector, threshold: number, expected: unknown): Promise<string[]> {
  const detections = toDetections(vector.input);
  const options: OverlapOptions = {
    threshold,
    metric: vector.input.overlap_metric === "IOS" ? "ios" : "iou",
    classAgnostic: vector.input.class_agnostic === true,
  };
  return checkOutcome(
    expected,
    () => overlapGroups(detections, options),
    (groups) => {
      const numbered = detections.withData(
        "index",
        [...detections].map((_, index) => index),
      );
      const merged = numbered.nmm(options);
      const winner = merged.data.index ?? [];
      return [
        ...differences(groups, isRecord(expected) ? expected.groups : undefined, `groups at ${threshold}`),
        ...detectionDifferences(merged, expected),
        ...(isRecord(expected) && "winner" in expected ? differences(winner, expected.winner, "winner") : []),
        ...mergeDifferences(detections, groups, merged),
      ];
    },
  );
}

/** What is merged, computed once more from the groups: it must also be right where a rule changes the groups. */
function mergeDifferences(
  detections: Detections,
  groups: readonly (readonly number[])[],
  merged: Detections,
): string[] {
  return groups.flatMap((group, row) => {
    const members = group.flatMap((index) => detections.at(index) ?? []);
    const corner = (at: 0 | 1 | 2 | 3) => members.map(({ box }) => box[at]);
    const area = ({ box: [x1, y1, x2, y2] }: (typeof members)[number]) => (x2 - x1) * (y2 - y1);
    const total = members.reduce((sum, member) => sum + area(member), 0);
    const weighted = members.reduce((sum, member) => sum + area(member) * (member.confidence ?? 0), 0);
    const best = Math.max(...members.map(({ confidence }) => confidence ?? 0));
    const masks = members.flatMap(({ mask }) => mask ?? []);
    const actual = merged.at(row);
    return [
      ...differences(
        actual?.box,
        members.length === 1
          ? members[0]?.box
          : [Math.min(...corner(0)), Math.min(...corner(1)), Math.max(...corner(2)), Math.max(...corner(3))],
        `box ${row}`,
      ),
      ...differences(
        actual?.confidence,
        members.length > 1 && total > 0 ? weighted / total : best,
        `confidence ${row}`,
      ),
      ...(masks.length === 0 || actual?.mask === null || actual === undefined
        ? []
        : differences(summaryOf(actual.mask), summaryOf(InstanceMask.union(masks)), `mask ${row}`)),
    ];
  });
}
