import type { ModelDescription, RegisteredModels } from "./decode-models.ts";
import { SharedWork } from "./shared-work.ts";

/**
 * The descriptions of models that were asked for, kept for the life of a client: a v1 inference needs task and input size
 * before every request, and they do not change while a model is loaded. Concurrent first questions share one answer.
 */
export class ModelDescriptions {
  readonly #known = new Map<string, ModelDescription>();
  readonly #asking = new SharedWork<ModelDescription>();

  /** The known description, or what `ask` finds out; `ask` runs once for concurrent callers. */
  async get(
    modelId: string,
    signal: AbortSignal | undefined,
    ask: (signal: AbortSignal) => Promise<ModelDescription>,
  ): Promise<ModelDescription> {
    const known = this.#known.get(modelId);
    if (known !== undefined) return known;
    return this.#asking.join(modelId, signal, async (shared) => {
      const description = await ask(shared);
      this.#known.set(modelId, description);
      return description;
    });
  }

  /** Forgets one model, or all. */
  forget(modelId?: string): void {
    if (modelId === undefined) this.#known.clear();
    else this.#known.delete(modelId);
  }
}

/** The entry of a model in the server's list, by id or by one of the aliases it was asked for. */
export function findModel(models: RegisteredModels, modelId: string): ModelDescription | undefined {
  return models.models.find((model) => model.model_id === modelId);
}
