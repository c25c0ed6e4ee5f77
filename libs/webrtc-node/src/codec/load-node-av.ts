import { loadNodeAv as load, type NodeAv } from "@inference-ts/images-node";

export type { NodeAv };

/**
 * Loads node-av at its first use.
 *
 * @throws MissingPeerError when it is not installed, or has no build for this platform.
 */
export const loadNodeAv = (): Promise<NodeAv> => load("the pictures of a live video track");
