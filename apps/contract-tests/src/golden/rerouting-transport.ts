import type { Transport } from "@inference-ts/sdk/node";
import { ORIGIN_HEADER } from "./recording-server.ts";

/** A transport that leads every host to the test server and counts what was sent. */
export interface ReroutingTransport extends Transport {
  /** Sends begun, also those that met a closed port. */
  readonly sends: number;
}

/**
 * Wraps `inner`: requests for another host than the test server (or the dead port) go to the test server, which is told
 * the origin they were meant for. The client above sees its own addresses only.
 */
export function reroutingTransport(inner: Transport, baseUrl: string, deadUrl: string): ReroutingTransport {
  const untouched = new Set([new URL(baseUrl).origin, new URL(deadUrl).origin]);
  let sends = 0;
  return {
    name: inner.name,
    get sends() {
      return sends;
    },
    send(request, signal) {
      sends++;
      const url = new URL(request.url);
      if (untouched.has(url.origin)) return inner.send(request, signal);
      const rest = request.url.slice(request.url.indexOf("/", url.protocol.length + 2));
      const target = rest.startsWith("/") ? rest : `/${url.search}`;
      return inner.send(
        {
          ...request,
          url: `${baseUrl}${target}`,
          headers: { ...request.headers, [ORIGIN_HEADER]: url.origin },
        },
        signal,
      );
    },
    close: () => inner.close(),
  };
}
