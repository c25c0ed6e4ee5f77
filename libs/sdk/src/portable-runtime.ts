import type { ClientRuntime } from "@inference-ts/client";
import { browserImageRuntime, encodeBase64Into } from "@inference-ts/images";
import { fetchTransport } from "@inference-ts/transport";

/** What the client needs, from web standards alone: browsers, workers, Deno, Bun, Node. */
export const portableRuntime: ClientRuntime = {
  createTransport: () => fetchTransport(),
  createImageRuntime: (policy) => browserImageRuntime(policy === undefined ? {} : { policy }),
  writeBase64: encodeBase64Into,
};
