import { addModel, clearModels, listModels, removeModel } from "@inference-ts/endpoints";
import { ModelNotInitializedError } from "@inference-ts/errors";
import type { CallScope, RequestSettings } from "../call/call-scope.ts";
import { DEFAULT_LOADING_TIMEOUT_MS } from "../client-options.ts";
import { decodeRegisteredModels, type ModelDescription, type RegisteredModels } from "./decode-models.ts";
import { findModel } from "./model-descriptions.ts";

/** Asks the server which models are loaded. */
export async function requestModelList(scope: CallScope, signal = scope.signal): Promise<RegisteredModels> {
  const key = scope.keyPlacement(false);
  const settings = request(scope, "GET /model/registry", { key, signal });
  const { data } = await listModels(scope.core.endpoints, scope.keyField(key.query), scope.send(settings));
  return decodeRegisteredModels(data);
}

/** Makes the server load a model; answers with all loaded models. */
export async function requestModelLoad(
  scope: CallScope,
  modelId: string,
  signal = scope.signal,
): Promise<RegisteredModels> {
  const key = scope.keyPlacement(true);
  const settings = request(scope, "POST /model/add", {
    about: `model ${modelId}`,
    key,
    signal,
    timeoutMs: scope.timeoutMs(DEFAULT_LOADING_TIMEOUT_MS),
  });
  const body = { model_id: modelId, ...scope.keyField(key.body) };
  const { data } = await addModel(scope.core.endpoints, body, scope.send(settings));
  return decodeRegisteredModels(data);
}

/** Makes the server drop a model. The route needs no key in its body. */
export async function requestModelUnload(scope: CallScope, modelId: string): Promise<RegisteredModels> {
  const settings = request(scope, "POST /model/remove", { about: `model ${modelId}` });
  const { data } = await removeModel(scope.core.endpoints, { model_id: modelId }, scope.send(settings));
  scope.core.descriptions.forget(modelId);
  return decodeRegisteredModels(data);
}

/** Makes the server drop every model. */
export async function requestModelClear(scope: CallScope): Promise<RegisteredModels> {
  const settings = request(scope, "POST /model/clear", {});
  const { data } = await clearModels(scope.core.endpoints, scope.send(settings));
  scope.core.descriptions.forget();
  return decodeRegisteredModels(data);
}

/**
 * The description of a model: from the cache, the server's list, or by loading it.
 *
 * @throws ModelNotInitializedError when the server does not list it (after loading, if that is allowed).
 */
export function describeModel(
  scope: CallScope,
  modelId: string,
  allowLoading: boolean,
): Promise<ModelDescription> {
  return scope.core.descriptions.get(modelId, scope.signal, async (signal) => {
    const listed = findModel(await requestModelList(scope, signal), modelId);
    if (listed !== undefined) return listed;
    const loaded = allowLoading
      ? findModel(await requestModelLoad(scope, modelId, signal), modelId)
      : undefined;
    if (loaded !== undefined) return loaded;
    throw new ModelNotInitializedError(
      `The server does not list the model ${modelId}${allowLoading ? " after loading it" : ""}.`,
      { hint: allowLoading ? "Check the model id." : "Load it first with loadModel." },
    );
  });
}

function request(
  scope: CallScope,
  operation: string,
  settings: Partial<Omit<RequestSettings, "operation">>,
): RequestSettings {
  return {
    operation,
    signal: scope.signal,
    timeoutMs: scope.timeoutMs(),
    // Loading and unloading have the same outcome however often they are asked for.
    replay: "always",
    key: withoutBody(scope),
    ...settings,
  };
}

/** Removing and clearing carry no key in query or body; a header never hurts. */
function withoutBody(scope: CallScope): RequestSettings["key"] {
  return { header: scope.keyPlacement(true).header, query: false, body: false };
}
