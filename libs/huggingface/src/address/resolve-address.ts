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
  if (settings.provider === "auto") throw (await hub()).autoIsForChat(scope.operation);
  return taskAddress(
    model ?? (await (await hub()).recommendedModel(scope, task)),
    task,
    settings.endpoints,
    settings.provider,
  );
}

/** Asking the hub is rarely needed. */
const hub = () => import("../hub/recommended-model.ts");
