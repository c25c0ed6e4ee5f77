import { MissingPeerError } from "@inference-ts/errors";

export type Werift = typeof import("werift");

let loading: Promise<Werift> | undefined;

/**
 * Loads werift at its first use.
 *
 * @throws MissingPeerError when it is not installed.
 */
export function loadWerift(): Promise<Werift> {
  loading ??= import("werift");
  return loading.catch((cause: unknown) => {
    loading = undefined;
    throw new MissingPeerError("werift", "live video from Node", { cause });
  });
}
