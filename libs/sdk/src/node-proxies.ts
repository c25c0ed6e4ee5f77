import { InvalidParameterError } from "@inference-ts/errors";
import type { Transport } from "@inference-ts/transport";
import { type NodeHttpTransportOptions, nodeHttpTransport } from "@inference-ts/transport-node";

/**
 * The transport of Node behind a proxy for everything, or one by scheme (`{ http: ..., https: ... }`, `null` = direct). Without one, or for a
 * scheme that is not named, the variables of the environment count.
 *
 * @throws InvalidParameterError for a proxy that is no http(s) URL.
 */
export function nodeProxyTransport(
  proxies: string | Readonly<Record<string, string | null>> | null,
): Transport {
  if (proxies === null) return nodeHttpTransport();
  if (typeof proxies === "string") return nodeHttpTransport({ proxy: proxyOf(proxies) });
  const byScheme = new Map(
    Object.entries(proxies).map(([scheme, proxy]) => [
      scheme.replace(/:.*$/, "").toLowerCase(),
      nodeHttpTransport({ proxy: proxy === null ? "none" : proxyOf(proxy) }),
    ]),
  );
  const others = nodeHttpTransport();
  return {
    name: others.name,
    send: (request, signal) => {
      const scheme = new URL(request.url).protocol.slice(0, -1);
      return (byScheme.get(scheme) ?? byScheme.get("all") ?? others).send(request, signal);
    },
    close: async () => {
      await Promise.all([others, ...byScheme.values()].map((transport) => transport.close()));
    },
  };
}

function proxyOf(proxy: string): NonNullable<NodeHttpTransportOptions["proxy"]> {
  const url = URL.parse(proxy);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new InvalidParameterError("A proxy must be an http or https URL.", {
    hint: "For example http://proxy:3128.",
  });
}
