import { type InferenceError, InvalidParameterError, InvalidResponseError } from "@inference-ts/errors";

/** One STUN or TURN server, as `RTCPeerConnection` takes it. */
export interface IceServer {
  /** Addresses such as `turn:turn.example.com:3478?transport=udp`. */
  readonly urls: string | readonly string[];
  /** Needed for `turn:` and `turns:`. */
  readonly username?: string;
  /** Needed for `turn:` and `turns:`. */
  readonly credential?: string;
}

/** A TURN server, or a list as `RTCPeerConnection` takes it. */
export type TurnServer = IceServer | { readonly iceServers: readonly IceServer[] };

/** A server in the form it has on the wire: `urls` always a list. */
export interface WireIceServer {
  readonly urls: string[];
  readonly username?: string;
  readonly credential?: string;
}

/**
 * Reads the caller's `turnServer`.
 *
 * @throws InvalidParameterError that says which entry is wrong; never repeats a user name or credential.
 */
export function readTurnServer(value: unknown): WireIceServer[] {
  return read(value, "turnServer", (message) => new InvalidParameterError(message));
}

/**
 * Reads the platform's answer to `GET /webrtc_turn_config`.
 *
 * @throws InvalidResponseError. A session can go on without TURN: the caller decides.
 */
export function readTurnAnswer(value: unknown): WireIceServer[] {
  return read(value, "", (message, path) => new InvalidResponseError(message, { path }));
}

type Refuse = (message: string, path: string) => InferenceError;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function read(value: unknown, where: string, refuse: Refuse): WireIceServer[] {
  if (isObject(value) && Array.isArray(value.iceServers)) {
    const path = where === "" ? "iceServers" : `${where}.iceServers`;
    if (value.iceServers.length === 0) throw refuse(`${path} names no server.`, path);
    return value.iceServers.map((server: unknown, at) => readServer(server, `${path}[${at}]`, refuse));
  }
  if (isObject(value) && value.urls !== undefined) return [readServer(value, where, refuse)];
  throw refuse(
    `${where || "The TURN configuration"} must have "urls", "username" and "credential", or a list "iceServers" of such.`,
    where,
  );
}

const SCHEME = /^(stuns?|turns?):[^\s/]/;

function readServer(value: unknown, where: string, refuse: Refuse): WireIceServer {
  const path = (field: string): string => (where === "" ? field : `${where}.${field}`);
  if (!isObject(value)) throw refuse(`${where} must be an object with "urls".`, where);
  const urls: readonly unknown[] = Array.isArray(value.urls) ? value.urls : [value.urls];
  const addresses = urls.map((url) => {
    if (typeof url === "string" && SCHEME.test(url)) return url;
    throw refuse(
      `${path("urls")} must be addresses that start with stun:, stuns:, turn: or turns:.`,
      path("urls"),
    );
  });
  if (addresses.length === 0) throw refuse(`${path("urls")} names no address.`, path("urls"));
  const username = readText(value.username, path("username"), refuse);
  const credential = readText(value.credential, path("credential"), refuse);
  if (
    addresses.some((url) => url.startsWith("turn")) &&
    (username === undefined || credential === undefined)
  ) {
    const missing = username === undefined ? "username" : "credential";
    throw refuse(
      `${path(missing)} is missing; a TURN server needs "username" and "credential".`,
      path(missing),
    );
  }
  return {
    urls: addresses,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  };
}

function readText(value: unknown, path: string, refuse: Refuse): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw refuse(`${path} must be a text.`, path);
}
