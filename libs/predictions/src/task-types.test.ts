import { expect, test } from "vitest";
import { isTaskType, TASK_TYPES, taskTypeFromRegistry } from "./task-types.ts";

test("registry names are tasks when an image route serves them", () => {
  expect(taskTypeFromRegistry("keypoint-detection")).toBe("keypoint-detection");
  expect(taskTypeFromRegistry("semantic-segmentation")).toBe("semantic-segmentation");
  expect(["lmm", "multi-label-classification", "toString", ""].map(taskTypeFromRegistry)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("both kinds of classification share a route", () => {
  expect(TASK_TYPES["multi-label-classification"].route).toBe(TASK_TYPES.classification.route);
  expect([isTaskType("classification"), isTaskType("constructor"), isTaskType(3)]).toEqual([
    true,
    false,
    false,
  ]);
});
