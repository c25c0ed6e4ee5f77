import { InvalidParameterError, ModelNotSelectedError } from "@inference-ts/errors";
import type { CallScope } from "../call/call-scope.ts";
import { isAddress, parseAddress } from "./model-address.ts";
import { taskAddress } from "./task-address.ts";

/**
 * Where a call goes: the call's model, else the client's, else its `baseUrl`, else the hub's recommended model of the task. An address
 * is taken as it is, an id becomes the address of that model.
 *
 * @throws ModelNotSelectedError when nothing is named.
 */
export async function resolveAddress(scope: CallScope, task: string | null): Promise<string> {
  const { settings } = scope.core;
  const model = scope.model ?? settings.model ?? settings.baseUrl;
  if (model !== null && isAddress(model)) return parseAddress(model).href;
  if (settings.provider === "auto") {
    throw new InvalidParameterError(`provider "auto" serves chat alone, not ${scope.operation}.`, {
      hint: 'Use provider "hf-inference", or the address of an endpoint.',
    });
  }
  return taskAddress(model ?? (await recommended(scope, task)), task, settings.endpoints, settings.provider);
}

/** The recommended model of a task; asking for it is rarely needed. */
export async function recommended(scope: CallScope, task: string | null): Promise<string> {
  if (task === null) {
    throw new ModelNotSelectedError("Neither a model nor a task is named.", {
      hint: "Pass model (an id or an address) to the client or the call, or name the task.",
    });
  }
  const { recommendedModel } = await import("../hub/recommended-model.ts");
  return recommendedModel(scope, task);
}
