import { InvalidParameterError } from "@inference-ts/errors";

/** Which proxy requests go through: that of the environment, none, or the one at this URL. */
export type ProxyOption = "environment" | "none" | URL | `http://${string}` | `https://${string}`;

const VARIABLES = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"] as const;
/** For both schemes where they have none of their own, as in Python's requests; Node's agents do not know it. */
const FOR_ALL = ["all_proxy", "ALL_PROXY"] as const;

/** First versions of a release line whose agents take `proxyEnv`. */
const FIRST_WITH_PROXY: Readonly<Record<number, number>> = { 22: 21, 24: 5 };

/**
 * What Node's agents are given as `proxyEnv`; `undefined` for a direct connection, which keeps the agents' fast path.
 *
 * @throws InvalidParameterError when a proxy is asked for by option and this Node cannot use one.
 */
export function proxyEnvironment(
  option: ProxyOption,
  environment: NodeJS.ProcessEnv,
  nodeVersion: string,
): NodeJS.ProcessEnv | undefined {
  if (option === "none") return undefined;
  if (option === "environment") {
    return proxiesNamed(environment);
  }
  if (!supportsProxy(nodeVersion)) {
    throw new InvalidParameterError(
      `A proxy needs Node 22.21, 24.5 or newer, this is ${nodeVersion}. Upgrade Node, or give the transport an agent of your own.`,
    );
  }
  const url = String(option);
  return { HTTP_PROXY: url, HTTPS_PROXY: url };
}

function proxiesNamed(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv | undefined {
  const first = (names: readonly string[]) => names.map((name) => environment[name]).find(Boolean);
  const forAll = first(FOR_ALL);
  // Agents take http proxies only, so that one of another kind is none, whichever variable names it.
  const proxy = forAll === undefined || forAll.includes("://") ? forAll : `http://${forAll}`;
  if (proxy === undefined || !/^https?:/i.test(proxy)) return first(VARIABLES) ? environment : undefined;
  return {
    ...environment,
    http_proxy: first(["http_proxy", "HTTP_PROXY"]) ?? proxy,
    https_proxy: first(["https_proxy", "HTTPS_PROXY"]) ?? proxy,
  };
}

function supportsProxy(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, "").split(".").map(Number);
  const firstMinor = FIRST_WITH_PROXY[major];
  return firstMinor === undefined ? major > 24 : minor >= firstMinor;
}
