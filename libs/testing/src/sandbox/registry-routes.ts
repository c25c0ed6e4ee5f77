import { type Exchange, jsonAnswer } from "./exchange.ts";
import { bodyKey, headerKey } from "./keys.ts";
import { MODEL_ALIASES } from "./models.ts";
import type { Route } from "./route.ts";
import { jsonObject, missingField, problemsOf, refuseInvalid } from "./validation.ts";

function namedModel(exchange: Exchange): { modelId: string; body: object } {
  const body = jsonObject(exchange);
  if (!("model_id" in body)) refuseInvalid([missingField("model_id", body)]);
  const problems = problemsOf({ model_id: "text" }, (name) => body[name], "body", new Set());
  if (problems.length > 0) refuseInvalid(problems);
  return { modelId: String(body.model_id), body };
}

/** Routes that list, load and unload models; all answer with the list. */
export const registryRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/model/registry",
    summary: "Loaded models",
    handle: (_exchange, state) => jsonAnswer(state.registry.describe()),
  },
  {
    method: "POST",
    path: "/model/add",
    summary: "Load a model",
    handle: (exchange, state) => {
      const { modelId, body } = namedModel(exchange);
      const key = headerKey(exchange) ?? bodyKey(body);
      state.registry.use(MODEL_ALIASES.get(modelId) ?? modelId, key, exchange);
      return jsonAnswer(state.registry.describe());
    },
  },
  {
    method: "POST",
    path: "/model/remove",
    summary: "Unload a model",
    handle: (exchange, state) => {
      state.registry.remove(namedModel(exchange).modelId);
      return jsonAnswer(state.registry.describe());
    },
  },
  {
    method: "POST",
    path: "/model/clear",
    summary: "Unload all models",
    handle: (_exchange, state) => {
      state.registry.clear();
      return jsonAnswer(state.registry.describe());
    },
  },
];
