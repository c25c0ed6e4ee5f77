import type { ClientRuntime } from "@inference-ts/client";
import { nodeBase64Writer, nodeImageRuntime, nodeSourceReader, openVideo } from "@inference-ts/images-node";
import { nodeHttpTransport } from "@inference-ts/transport-node";

/** What the client needs, the Node way: keep-alive node:http, local files, sharp when it is installed, werift for live video. */
export const nodeRuntime: ClientRuntime = {
  createTransport: () => nodeHttpTransport(),
  createImageRuntime: (policy) => nodeImageRuntime(policy === undefined ? {} : { policy }),
  writeBase64: nodeBase64Writer,
  sources: nodeSourceReader(openVideo),
  warn: (message, code) => process.emitWarning(message, { type: "DeprecationWarning", code }),
  livePeers: async () => (await import("@inference-ts/webrtc-node")).openWeriftPeer,
};
