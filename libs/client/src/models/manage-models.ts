import { addModel, listModels } from "@inference-ts/endpoints";
import { ModelNotInitializedError } from "@inference-ts/errors";
import { descriptionsOf, endpointsOf } from "../call/belongings.ts";
import type { CallScope, RequestSettings } from "../call/call-scope.ts";
import { withinDeadline } from "../call/within-deadline.ts";
import { DEFAULT_LOADING_TIMEOUT_MS } from "../client-options.ts";
import { decodeRegisteredModels, type ModelDescription, type RegisteredModels } from "./decode-models.ts";

/** Signal and deadline of a request that are not those of the call. */
type Sending = Partial<Pick<RequestSettings, "signal" | "timeoutMs">>;

/** Asks the server which models are loaded. */
export async function requestModelList(scope: CallScope, sending: Sending = {}): Promise<RegisteredModels> {
  const key = scope.keyPlacement(false);
  const settings = modelRequest(scope, "GET /model/registry", { key, ...sending });
  const { data } = await listModels(endpointsOf(scope.core), scope.keyField(key.query), scope.send(settings));
  return decodeRegisteredModels(data);
}

/** Makes the server load a model; answers with all loaded models. */
export async function requestModelLoad(
  scope: CallScope,
  modelId: string,
  sending: Sending = {},
): Promise<RegisteredModels> {
  const key = scope.keyPlacement(true);
  const settings = modelRequest(scope, "POST /model/add", {
    about: `model ${modelId}`,
    key,
    timeoutMs: scope.timeoutMs(DEFAULT_LOADING_TIMEOUT_MS),
    ...sending,
  });
  const body = { model_id: modelId, ...scope.keyField(key.body) };
  const { data } = await addModel(endpointsOf(scope.core), body, scope.send(settings));
  return decodeRegisteredModels(data);
}

/**
 * The description of a model: from the cache, the server's list, or by loading it.
 *
 * @throws ModelNotInitializedError when the server does not list it (after loading, if that is allowed).
 */
export async function describeModel(
  scope: CallScope,
  modelId: string,
  allowLoading: boolean,
): Promise<ModelDescription> {
  const { address } = scope.core;
  const descriptions = descriptionsOf(scope.core);
  const ask = async (
    question: "list" | "load",
    what: string,
    timeoutMs: number | null,
    send: (sending: Sending) => Promise<RegisteredModels>,
  ) => {
    const { value } = await withinDeadline(
      scope,
      `${what} at ${address.baseUrl} for model ${modelId}`,
      scope.signal,
      (within) =>
        // The request is shared with other calls, the deadline is not.
        descriptions.find(question, modelId, within, (signal) => send({ signal, timeoutMs: null })),
      timeoutMs,
    );
    return value;
  };
  const found =
    descriptions.known(modelId) ??
    (await ask("list", "GET /model/registry", scope.timeoutMs(), (sending) =>
      requestModelList(scope, sending),
    )) ??
    (allowLoading
      ? await ask("load", "POST /model/add", scope.timeoutMs(DEFAULT_LOADING_TIMEOUT_MS), (sending) =>
          requestModelLoad(scope, modelId, sending),
        )
      : undefined);
  if (found !== undefined) return found;
  throw new ModelNotInitializedError(
    `The server does not list the model ${modelId}${allowLoading ? " after loading it" : ""}.`,
    { hint: allowLoading ? "Check the model id." : "Load it first with loadModel." },
  );
}

/** The settings of a request about models. */
export function modelRequest(
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
