import type { CoreTask } from "./core-task.ts";
import { DETECTION_TASKS } from "./detection-tasks.ts";
import { EMBEDDING_TASKS } from "./embedding-tasks.ts";
import { OTHER_TASKS } from "./other-tasks.ts";
import { SEGMENTATION_TASKS } from "./segmentation-tasks.ts";

/** The tasks of `infer core`, in the order of its help. */
export const CORE_TASKS: readonly CoreTask[] = [
  ...EMBEDDING_TASKS,
  ...DETECTION_TASKS,
  ...SEGMENTATION_TASKS,
  ...OTHER_TASKS,
];
