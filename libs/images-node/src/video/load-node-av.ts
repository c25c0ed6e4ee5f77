import { MissingPeerError } from "@inference-ts/errors";

type Lib = typeof import("node-av/lib");
type Constants = typeof import("node-av/constants");

/**
 * The low-level half of node-av: its high-level classes read ahead in the background, cannot make a key frame when one is asked for, and
 * cost twice the time to load.
 */
export interface NodeAv {
  readonly lib: Lib;
  readonly constants: Constants;
}

let loading: Promise<NodeAv> | undefined;

/**
 * Loads node-av at its first use.
 *
 * @throws MissingPeerError when it is not installed, or has no build for this platform.
 */
export function loadNodeAv(neededFor: string): Promise<NodeAv> {
  loading ??= load();
  return loading.catch((cause: unknown) => {
    loading = undefined;
    throw new MissingPeerError("node-av", neededFor, { cause });
  });
}

async function load(): Promise<NodeAv> {
  const [lib, constants] = await Promise.all([import("node-av/lib"), import("node-av/constants")]);
  // FFmpeg writes to stderr by itself; who has chosen another level keeps it.
  if (lib.Log.getLevel() === constants.AV_LOG_INFO) lib.Log.setLevel(constants.AV_LOG_FATAL);
  return { lib, constants };
}
