import { clearModels, removeModel } from "@inference-ts/endpoints";
import { descriptionsOf, endpointsOf } from "../call/belongings.ts";
import type { CallScope } from "../call/call-scope.ts";
import { decodeRegisteredModels, type RegisteredModels } from "./decode-models.ts";
import { modelRequest } from "./manage-models.ts";

/** Makes the server drop a model. The route needs no key in its body. */
export async function requestModelUnload(scope: CallScope, modelId: string): Promise<RegisteredModels> {
  const settings = modelRequest(scope, "POST /model/remove", { about: `model ${modelId}` });
  const { data } = await removeModel(endpointsOf(scope.core), { model_id: modelId }, scope.send(settings));
  descriptionsOf(scope.core).forget(modelId);
  return decodeRegisteredModels(data);
}

/** Makes the server drop every model. */
export async function requestModelClear(scope: CallScope): Promise<RegisteredModels> {
  const settings = modelRequest(scope, "POST /model/clear", {});
  const { data } = await clearModels(endpointsOf(scope.core), scope.send(settings));
  descriptionsOf(scope.core).forget();
  return decodeRegisteredModels(data);
}
