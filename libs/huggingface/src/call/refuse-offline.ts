import { ServerConnectionError } from "@inference-ts/errors";
import type { CallScope } from "./call-scope.ts";

/** @throws ServerConnectionError where the machine is switched offline. */
export function refuseOffline({ core, operation }: CallScope): void {
  if (!core.settings.offline) return;
  throw new ServerConnectionError(
    `Nothing is sent for ${operation}: HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE is set.`,
    { hint: "Unset it." },
  );
}
