/** What a model does, as this package names it. The value of `task` in a result. */
export type TaskType =
  | "object-detection"
  | "instance-segmentation"
  | "keypoint-detection"
  | "classification"
  | "multi-label-classification"
  | "semantic-segmentation";

/** The route of a self-hosted server (v1) that runs a model of a task. */
export type TaskRoute =
  | "/infer/object_detection"
  | "/infer/instance_segmentation"
  | "/infer/keypoints_detection"
  | "/infer/classification"
  | "/infer/semantic_segmentation";

/** Facts about one task. */
export interface TaskFacts {
  /** The v1 route; single-label and multi-label classification share one. */
  readonly route: TaskRoute;
  /**
   * True when the server's model registry names a model of this task so. Multi-label models are registered as
   * `classification`; which of the two a model is shows in its answer only.
   */
  readonly inRegistry: boolean;
}

/** Every task with a route, by name. */
export const TASK_TYPES: { readonly [task in TaskType]: TaskFacts } = {
  "object-detection": { route: "/infer/object_detection", inRegistry: true },
  "instance-segmentation": { route: "/infer/instance_segmentation", inRegistry: true },
  "keypoint-detection": { route: "/infer/keypoints_detection", inRegistry: true },
  classification: { route: "/infer/classification", inRegistry: true },
  "multi-label-classification": { route: "/infer/classification", inRegistry: false },
  "semantic-segmentation": { route: "/infer/semantic_segmentation", inRegistry: true },
};

/** True for the name of a task of this package. */
export function isTaskType(value: unknown): value is TaskType {
  return typeof value === "string" && Object.hasOwn(TASK_TYPES, value);
}

/** The task behind `task_type` of the server's model registry; `null` when no image route serves it (such as `lmm`). */
export function taskTypeFromRegistry(taskType: string): TaskType | null {
  return isTaskType(taskType) && TASK_TYPES[taskType].inRegistry ? taskType : null;
}
