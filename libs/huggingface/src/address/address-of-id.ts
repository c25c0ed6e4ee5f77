import { InvalidParameterError } from "@inference-ts/errors";
import type { CallScope } from "../call/call-scope.ts";
import { recommendedModel } from "../hub/recommended-model.ts";
import { taskAddress } from "./task-address.ts";

export { recommendedModel } from "../hub/recommended-model.ts";

/** Address of a model by its id, or of the hub's recommended model of the task. */
export async function addressOfId(scope: CallScope, id: string | null, task: string | null): Promise<string> {
  const { endpoints, provider } = scope.core.settings;
  if (provider === "auto") {
    throw new InvalidParameterError(`provider "auto" serves chat alone, not ${scope.operation}.`, {
      hint: 'Use provider "hf-inference", or the address of an endpoint.',
    });
  }
  return taskAddress(id ?? (await recommendedModel(scope, task)), task, endpoints, provider);
}
