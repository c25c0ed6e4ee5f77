import type http from "node:http";
import type https from "node:https";
import { loadHttp, loadHttps } from "./http-modules.ts";
import { type ProxyOption, proxyEnvironment } from "./proxy.ts";

/** TLS settings of https connections; names and meaning as in `node:tls`. */
export type TlsOptions = Pick<
  https.AgentOptions,
  | "ca"
  | "cert"
  | "ciphers"
  | "key"
  | "maxVersion"
  | "minVersion"
  | "passphrase"
  | "pfx"
  | "rejectUnauthorized"
  | "servername"
>;

/** What the agents of a transport are made of. */
export interface AgentSettings {
  readonly agentOptions: http.AgentOptions;
  readonly tls: TlsOptions;
  readonly proxy: ProxyOption;
}

/** The agents of one transport: kept connections for http and https, and fresh ones for requests that must not share. */
export interface Agents {
  pick(protocol: string, fresh: boolean): http.Agent;
  destroy(): void;
}

/** Makes agents as they are needed, so that a client of an http server never sets up TLS. */
export function createAgents(settings: AgentSettings): Agents {
  const proxyEnv = proxyEnvironment(settings.proxy, process.env, process.version);
  const made = new Map<string, http.Agent>();
  const make = (protocol: string, keepAlive: boolean): http.Agent => {
    const options = { ...settings.agentOptions, keepAlive, ...(proxyEnv === undefined ? {} : { proxyEnv }) };
    if (protocol !== "https:") return new (loadHttp().Agent)(options);
    return new (loadHttps().Agent)({ ...options, ...settings.tls });
  };
  return {
    pick: (protocol, fresh) => {
      const name = fresh ? `${protocol}fresh` : protocol;
      const known = made.get(name);
      if (known !== undefined) return known;
      const agent = make(protocol, !fresh);
      made.set(name, agent);
      return agent;
    },
    destroy: () => {
      for (const agent of made.values()) agent.destroy();
    },
  };
}
