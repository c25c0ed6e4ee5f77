/** Loads the code of the most used tasks of pictures. */
export const visionTasks = () => import("../tasks/vision-tasks.ts");

/** Loads the code of the less used tasks of pictures and sounds. */
export const mediaTasks = () => import("../tasks/media-tasks.ts");

/** Loads the code of the tasks of text and tables. */
export const textTasks = () => import("../tasks/text-tasks.ts");

/** Loads the code that asks about models and endpoints. */
export const hubTasks = () => import("../hub/hub-tasks.ts");
