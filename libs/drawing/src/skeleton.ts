import type { Keypoint } from "@inference-ts/predictions";

/** One bone: the names (or class ids) of the two key points that it joins. */
export type SkeletonEdge = readonly [from: string | number, to: string | number];

/** Bones to draw: `auto` = those of a person when the points have COCO's names, else none; `chain` = each point to the next. */
export type Skeleton = "auto" | "chain" | "none" | readonly SkeletonEdge[];

/** The bones of a person by the names of COCO's 17 key points. */
export const PERSON_SKELETON: readonly SkeletonEdge[] = [
  ["left_ankle", "left_knee"],
  ["left_knee", "left_hip"],
  ["right_ankle", "right_knee"],
  ["right_knee", "right_hip"],
  ["left_hip", "right_hip"],
  ["left_shoulder", "left_hip"],
  ["right_shoulder", "right_hip"],
  ["left_shoulder", "right_shoulder"],
  ["left_shoulder", "left_elbow"],
  ["right_shoulder", "right_elbow"],
  ["left_elbow", "left_wrist"],
  ["right_elbow", "right_wrist"],
  ["left_eye", "right_eye"],
  ["nose", "left_eye"],
  ["nose", "right_eye"],
  ["left_eye", "left_ear"],
  ["right_eye", "right_ear"],
  ["left_ear", "left_shoulder"],
  ["right_ear", "right_shoulder"],
];

/** The pairs of points that bones join; bones with a missing end are left out. */
export function bonesOf(
  keypoints: readonly Keypoint[],
  skeleton: Skeleton,
): (readonly [Keypoint, Keypoint])[] {
  if (skeleton === "none") return [];
  if (skeleton === "chain") {
    return keypoints.flatMap((point, index) => {
      const next = keypoints[index + 1];
      return next === undefined ? [] : [[point, next] as const];
    });
  }
  const find = (name: string | number) =>
    keypoints.find((point) =>
      typeof name === "number" ? point.class_id === name : normal(point.class) === normal(name),
    );
  return (skeleton === "auto" ? PERSON_SKELETON : skeleton).flatMap(([from, to]) => {
    const [start, end] = [find(from), find(to)];
    return start === undefined || end === undefined ? [] : [[start, end] as const];
  });
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[\s-]/g, "_");
}
