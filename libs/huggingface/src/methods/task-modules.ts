/** Loads the code of the less used tasks of pictures and sounds. */
export const mediaTasks = () => import("../tasks/media-tasks.ts");

/** Loads the code of the tasks of text and tables. */
export const textTasks = () => import("../tasks/text-tasks.ts");

/** Loads the code that asks how models and endpoints are. */
export const statusTasks = () => import("../hub/model-status.ts");
