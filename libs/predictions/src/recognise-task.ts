import type { TaskType } from "./task-types.ts";
import { isAbsent, isJsonObject, type JsonObject, refuse } from "./wire-guards.ts";

const BOX_FIELDS = ["x", "y", "width", "height"];

/** The fields that only predictions of one box task have. */
const MARKS: readonly (readonly [task: TaskType, fields: readonly string[]])[] = [
  ["instance-segmentation", ["points", "rle"]],
  ["keypoint-detection", ["keypoints"]],
];

function hasAny(item: unknown, fields: readonly string[]): boolean {
  return isJsonObject(item) && fields.some((field) => !isAbsent(item[field]));
}

/**
 * Which task an answer belongs to. Its form decides where only one task has that form; the caller's knowledge decides the
 * rest (an empty list, boxes with further fields). A server runs a model on any route, so the answer may be of another task
 * than the one asked for.
 *
 * Without that knowledge: boxes that all have points or masks are instances, boxes that all have keypoints are key points,
 * other boxes are plain detections, entries without a box are classes, and an empty list is the least specific kind, plain
 * detections, unless `top` says classification.
 */
export function recogniseTask(body: JsonObject, expected: TaskType | undefined): TaskType {
  const { predictions } = body;
  if (isJsonObject(predictions)) {
    const semantic =
      expected === "semantic-segmentation" || typeof predictions.segmentation_mask === "string";
    return semantic ? "semantic-segmentation" : "multi-label-classification";
  }
  if (!Array.isArray(predictions)) return refuse("predictions", "a list or an object", predictions);
  const isListTask = expected !== "multi-label-classification" && expected !== "semantic-segmentation";
  if (predictions.length === 0) {
    if (expected === "multi-label-classification" || typeof body.top === "string") return "classification";
    return expected !== undefined && isListTask ? expected : "object-detection";
  }
  if (!predictions.some((item) => hasAny(item, BOX_FIELDS))) {
    return expected === undefined ||
      !isBoxTask(expected) ||
      predictions.every((item) => hasAny(item, ["class"]))
      ? "classification"
      : expected;
  }
  if (expected === "object-detection") return expected;
  for (const [task, fields] of MARKS) {
    const carries = (item: unknown) => hasAny(item, fields);
    if (expected === task ? predictions.some(carries) : predictions.every(carries)) return task;
  }
  return "object-detection";
}

function isBoxTask(task: TaskType): boolean {
  return task.endsWith("-detection") || task === "instance-segmentation";
}
