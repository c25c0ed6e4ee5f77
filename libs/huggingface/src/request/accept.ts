/** Tasks whose answer is a picture. */
const PICTURE_TASKS: readonly string[] = ["text-to-image", "image-to-image"];

/** `accept` of a task whose answer is a picture, else nothing. */
export function acceptOf(task: string | null): Record<string, string> {
  return task !== null && PICTURE_TASKS.includes(task) ? { accept: "image/png" } : {};
}
