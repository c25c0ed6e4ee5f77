import { InvalidParameterError, WrongClientModeError } from "@inference-ts/errors";
import { HOSTED_HOST } from "./hosted-hosts.ts";

/** The two generations of the API: `v0` = hosted route by model id, `v1` = routes by task (self-hosted). */
export type ClientMode = "v0" | "v1";

/** A server address, parsed once. */
export interface ServerAddress {
  /** Origin and path prefix without a trailing slash or query: what paths are appended to. */
  readonly baseUrl: string;
  /** True when the host is one of Roboflow's hosted API hosts and the scheme is https. */
  readonly hosted: boolean;
}

/**
 * Reads the address of a server.
 *
 * @throws InvalidParameterError unless it is an absolute http(s) URL without credentials, query or fragment.
 */
export function parseServerAddress(apiUrl: string | URL): ServerAddress {
  const text = String(apiUrl).trim();
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new InvalidParameterError(`The server address "${shown(text)}" is not a URL.`, {
      hint: "Use an absolute address such as http://localhost:9001.",
    });
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new InvalidParameterError(`The server address "${shown(text)}" has the scheme ${url.protocol}`, {
      hint: "Use an absolute address such as http://localhost:9001.",
    });
  }
  if (url.username !== "" || url.password !== "") {
    throw new InvalidParameterError("The server address contains a user name or password.", {
      hint: "Pass the key as apiKey, other credentials as headers.",
    });
  }
  if (url.search !== "" || url.hash !== "") {
    throw new InvalidParameterError(`The server address for ${url.host} has a query or fragment.`, {
      hint: "Pass scheme, host, port and path; the key as apiKey.",
    });
  }
  return {
    baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, "")}`,
    hosted: url.protocol === "https:" && url.port === "" && HOSTED_HOST.test(url.hostname),
  };
}

/** Hosted servers speak v0; every other server v1. */
export function modeOf(address: ServerAddress): ClientMode {
  return address.hosted ? "v0" : "v1";
}

/**
 * @throws WrongClientModeError when `method` exists only in the other mode.
 */
export function requireMode(method: string, needed: ClientMode, actual: ClientMode): void {
  if (needed === actual) return;
  throw new WrongClientModeError(`${method} needs API mode ${needed}; this client is in mode ${actual}.`, {
    hint: `Use client.with({ apiMode: "${needed}" }) where the server has it.`,
  });
}

// An address that failed to parse may hold anything, so everything from a query or credentials on is cut.
function shown(text: string): string {
  return text
    .replace(/[?#].*$/s, "")
    .replace(/\/\/[^/]*@/, "//")
    .slice(0, 120);
}
