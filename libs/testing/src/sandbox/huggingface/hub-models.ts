/** A task whose answers the sandbox makes up or finds in the picture. */
export type HuggingFaceTask =
  | "image-classification"
  | "image-segmentation"
  | "object-detection"
  | "text-generation"
  | "fill-mask"
  | "feature-extraction"
  | "text-classification";

/** Model ids and tasks of the sandbox's hub: those of the tiny models that the project runs in a real server. */
export const HUB_MODELS: ReadonlyMap<string, HuggingFaceTask> = new Map([
  ["tiny/colour-vit", "image-classification"],
  ["tiny/colour-segformer", "image-segmentation"],
  ["tiny/random-yolos", "object-detection"],
  ["tiny/talk-llama", "text-generation"],
  ["tiny/random-bert", "fill-mask"],
  ["tiny/random-bert-classifier", "text-classification"],
]);

/** The language model, which has routes of its own. */
export const LANGUAGE_MODEL = "tiny/talk-llama";

const TASKS: ReadonlySet<string> = new Set([...HUB_MODELS.values(), "feature-extraction"]);

/** Whether the sandbox has a model for a task. */
export const isTask = (name: string): name is HuggingFaceTask => TASKS.has(name);

/** Tasks whose input is a picture. */
export const isVisionTask = (
  task: HuggingFaceTask,
): task is "image-classification" | "image-segmentation" | "object-detection" =>
  task === "image-classification" || task === "image-segmentation" || task === "object-detection";

/** `GET /api/tasks`: which models the hub recommends. */
export function taskDocument(): object {
  return Object.fromEntries(
    [...HUB_MODELS].map(([id, task]) => [task, { models: [{ id }], widgetModels: [id] }]),
  );
}

/** `GET /api/models/<id>` of a model that exists. */
export function modelDocument(id: string, task: HuggingFaceTask): object {
  return {
    _id: "0",
    id,
    modelId: id,
    pipeline_tag: task,
    tags: [],
    siblings: [],
    inferenceProviderMapping: { "hf-inference": { status: "live", providerId: id, task } },
  };
}
