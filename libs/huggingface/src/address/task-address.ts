import { type HubEndpoints, ROUTER } from "../settings/endpoints.ts";
import { modelPath } from "./model-address.ts";

/** Providers of Hugging Face's router that are spoken to; any other server is reached by its address. */
export type InferenceProvider = "hf-inference" | "auto";

/** Tasks whose address names the task: a model of sentence vectors serves both. */
const TASKS_IN_ADDRESS: readonly string[] = ["feature-extraction", "sentence-similarity"];

/** Address of a model by its id. */
export function taskAddress(
  id: string,
  task: string | null,
  endpoints: HubEndpoints,
  provider: InferenceProvider | null,
): string {
  const path = modelPath(id);
  const named = task !== null && TASKS_IN_ADDRESS.includes(task);
  if (provider !== null) {
    const model = `${ROUTER}/hf-inference/models/${path}`;
    return named ? `${model}/pipeline/${task}` : model;
  }
  return named ? `${endpoints.inference}/pipeline/${task}/${path}` : `${endpoints.inference}/models/${path}`;
}
