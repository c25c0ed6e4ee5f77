import type { LivePeerFactory } from "./live-peer.ts";

/** The browser's own peer connection, loaded when a session starts. */
export async function nativePeers(): Promise<LivePeerFactory> {
  const { openBrowserPeer } = await import("../browser/browser-peer.ts");
  return openBrowserPeer;
}
