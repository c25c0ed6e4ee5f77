import { registryFixture } from "../msw/fixtures.ts";
import type { Exchange } from "./exchange.ts";
import { jsonAnswer, Refusal, refuse } from "./exchange.ts";
import { checkModelKey, refuseUnknownModel } from "./keys.ts";
import { MODEL_ALIASES, SANDBOX_MODELS, type SandboxModel, type SandboxTask } from "./models.ts";
import { NETWORK_SIZE } from "./shapes/network-view.ts";

interface LoadedModel {
  readonly model: SandboxModel;
  /** Routes that asked for the model, in order of first use. */
  readonly paths: Set<string>;
}

/** The models that the sandbox holds in memory, by the id they were asked for. */
export interface ModelRegistry {
  /** The key besides the sandbox's own that the platform knows. */
  readonly requiredKey: string | null;
  /** The model behind an id; loads it where needed, which needs a key that may see it. */
  use(modelId: string, key: string | null, exchange: Exchange): SandboxModel;
  remove(modelId: string): void;
  clear(): void;
  /** The body of every registry route. */
  describe(): unknown;
}

/** Time that loading a model is said to take, in seconds. */
const LOAD_SECONDS = 0.005;

/** The real registry does not tell the two kinds of classification apart. */
const LISTED_TASKS: Partial<Record<SandboxTask, SandboxTask>> = {
  "multi-label-classification": "classification",
};

/** Makes an empty registry. */
export function createModelRegistry(requiredKey: string | null): ModelRegistry {
  const loaded = new Map<string, LoadedModel>();

  function load(modelId: string, key: string | null): SandboxModel {
    const canonical = MODEL_ALIASES.get(modelId) ?? modelId;
    const found = SANDBOX_MODELS.find((model) => model.modelId === canonical);
    if (found?.isPublic !== true) checkModelKey(key, requiredKey);
    if (found === undefined) return refuseUnknownModel();
    if (found.broken !== undefined) refuse(500, found.broken.message, { help_url: found.broken.help_url });
    return found;
  }

  return {
    requiredKey,
    use(modelId, key, exchange) {
      exchange.modelIds.add(modelId);
      const held = loaded.get(modelId);
      if (held !== undefined) {
        held.paths.add(exchange.path);
        return held.model;
      }
      const canonical = MODEL_ALIASES.get(modelId);
      if (canonical !== undefined && loaded.has(canonical)) {
        exchange.modelIds.add(canonical);
        throw notReady();
      }
      const model = load(modelId, key);
      loaded.set(modelId, { model, paths: new Set([exchange.path]) });
      exchange.loads.push({ modelId, seconds: LOAD_SECONDS });
      return model;
    },
    remove: (modelId) => void loaded.delete(modelId),
    clear: () => loaded.clear(),
    describe: () =>
      registryFixture(
        [...loaded].map(([modelId, { model, paths }]) => ({
          model_id: modelId,
          task_type: LISTED_TASKS[model.task] ?? model.task,
          batch_size: null,
          input_height: NETWORK_SIZE,
          input_width: NETWORK_SIZE,
          vram_bytes: null,
          request_aliases: [],
          request_paths: [...paths],
        })),
      ),
  };
}

/** A real server that holds a model by its full id and is then asked by alias answers this on every try. */
function notReady(): Refusal {
  return new Refusal(
    jsonAnswer({ message: "Model is temporarily not ready - retry request." }, 503, { "retry-after": "1" }),
  );
}
