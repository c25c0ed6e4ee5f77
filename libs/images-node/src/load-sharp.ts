import { MissingPeerError } from "@inference-ts/errors";

type SharpFactory = typeof import("sharp").default;

let loading: Promise<SharpFactory> | undefined;

/**
 * Loads sharp at its first use.
 *
 * @throws MissingPeerError when it is not installed, or has no build for this platform.
 */
export function loadSharp(neededFor: string): Promise<SharpFactory> {
  loading ??= import("sharp").then((module) => module.default);
  return loading.catch((cause: unknown) => {
    loading = undefined;
    throw new MissingPeerError("sharp", neededFor, { cause });
  });
}
