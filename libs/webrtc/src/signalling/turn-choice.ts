import type { CheckedStreamConfig } from "../config/stream-config.ts";
import { readTurnServer, type WireIceServer } from "../config/turn-server.ts";

/** Platform that answers for the TURN servers of a hosted address. Source: the Python client's regions and hosted set. */
const PLATFORMS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ["https://detect.roboflow.com", "https://api.roboflow.com"],
  ["https://outline.roboflow.com", "https://api.roboflow.com"],
  ["https://classify.roboflow.com", "https://api.roboflow.com"],
  ["https://infer.roboflow.com", "https://api.roboflow.com"],
  ["https://serverless.roboflow.com", "https://api.roboflow.com"],
  ["https://asyncinfer.roboflow.com", "https://api.roboflow.com"],
  ["https://serverless.roboflow.one", "https://api.roboflow.one"],
  ["https://asyncinfer.roboflow.one", "https://api.roboflow.one"],
  ["https://serverless.roboflow.eu", "https://api.roboflow.eu"],
  ["https://serverless.roboflow-eu.one", "https://api.roboflow-eu.one"],
]);

/** Path on the platform that answers with the TURN servers of a key. */
export const TURN_CONFIG_PATH = "/webrtc_turn_config";

/** Where the TURN servers of a session come from. */
export type TurnChoice =
  | { readonly from: "config"; readonly iceServers: readonly WireIceServer[] }
  /** To be asked for, with the key; a failure means a session without TURN. */
  | { readonly from: "platform"; readonly platformUrl: string }
  | { readonly from: "nowhere" };

/**
 * Chooses: the caller's own servers, else those of the platform behind a hosted address, else none.
 *
 * @throws InvalidParameterError when the caller's servers are not usable.
 */
export function chooseTurn(config: Pick<CheckedStreamConfig, "turnServer">, apiUrl: string): TurnChoice {
  if (config.turnServer !== undefined)
    return { from: "config", iceServers: readTurnServer(config.turnServer) };
  const platformUrl = platformOf(apiUrl);
  return platformUrl === undefined ? { from: "nowhere" } : { from: "platform", platformUrl };
}

/** The platform of a hosted address; undefined for any other. The whole address counts, except for slashes at its end. */
export function platformOf(apiUrl: string): string | undefined {
  if (!URL.canParse(apiUrl)) return undefined;
  const { origin, pathname } = new URL(apiUrl);
  return /^\/*$/.test(pathname) ? PLATFORMS.get(origin) : undefined;
}

/**
 * The servers for a peer that uses one TURN address only: the first that answered is put in front. The worker still gets
 * the list as it was.
 */
export function preferAnswering(
  servers: readonly WireIceServer[],
  answered: (url: string) => boolean,
): readonly (WireIceServer | (Omit<WireIceServer, "urls"> & { readonly urls: string }))[] {
  const turnUrls = servers.flatMap((server) =>
    server.urls.filter((url) => url.startsWith("turn")).map((url) => ({ server, url })),
  );
  if (turnUrls.length < 2) return servers;
  const first = turnUrls.find(({ url }) => answered(url));
  return first === undefined ? servers : [{ ...first.server, urls: first.url }, ...servers];
}
