import type { CallScope } from "../call/call-scope.ts";
import { isAddress, parseAddress } from "./model-address.ts";

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
  const { addressOfId } = await import("./address-of-id.ts");
  return addressOfId(scope, model, task);
}
