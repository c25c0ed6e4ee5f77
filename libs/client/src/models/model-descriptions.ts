import type { ModelDescription, RegisteredModels } from "./decode-models.ts";
import { SharedWork } from "./shared-work.ts";

/**
 * The descriptions of models that were asked for, kept for the life of a client: a v1 inference needs task and input size
 * before every request, and they do not change while a model is loaded. Concurrent first questions share one answer.
 */
export class ModelDescriptions {
  readonly #known = new Map<string, ModelDescription>();
  readonly #asking = new SharedWork<ModelDescription | undefined>();

  /** The description that is known already. */
  known(modelId: string): ModelDescription | undefined {
    return this.#known.get(modelId);
  }

  /**
   * Looks for a model in the list that `request` gives; concurrent callers of the same `question` share one request. `request`
   * must have no deadline of its own: each caller has one, and the last that leaves aborts it.
   */
  find(
    question: "list" | "load",
    modelId: string,
    signal: AbortSignal,
    request: (signal: AbortSignal) => Promise<RegisteredModels>,
  ): Promise<ModelDescription | undefined> {
    return this.#asking.join(`${question} ${modelId}`, signal, async (shared) => {
      const description = findModel(await request(shared), modelId);
      if (description !== undefined) this.#known.set(modelId, description);
      return description;
    });
  }

  /** Forgets one model, or all. */
  forget(modelId?: string): void {
    if (modelId === undefined) this.#known.clear();
    else this.#known.delete(modelId);
  }
}

/** The entry of a model in the server's list, by id. */
function findModel(models: RegisteredModels, modelId: string): ModelDescription | undefined {
  return models.models.find((model) => model.model_id === modelId);
}
