import { InvalidParameterError } from "@inference-ts/errors";

/** Which proxy requests go through: that of the environment, none, or the one at this URL. */
export type ProxyOption = "environment" | "none" | URL | `http://${string}` | `https://${string}`;

const VARIABLES = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"] as const;

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
    return VARIABLES.some((name) => (environment[name] ?? "") !== "") ? environment : undefined;
  }
  if (!supportsProxy(nodeVersion)) {
    throw new InvalidParameterError(
      `A proxy needs Node 22.21, 24.5 or newer, this is ${nodeVersion}. Upgrade Node, or give the transport an agent of your own.`,
    );
  }
  const url = String(option);
  return { HTTP_PROXY: url, HTTPS_PROXY: url };
}

function supportsProxy(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, "").split(".").map(Number);
  const firstMinor = FIRST_WITH_PROXY[major];
  return firstMinor === undefined ? major > 24 : minor >= firstMinor;
}
