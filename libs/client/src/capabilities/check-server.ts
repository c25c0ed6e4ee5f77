import { HTTPCallError, InvalidResponseError } from "@inference-ts/errors";
import type { CallScope } from "../call/call-scope.ts";
import type { ServerInfo } from "../models/decode-models.ts";
import { requestServerInfo } from "../models/server-info.ts";
import type { ClientMode } from "../modes/client-mode.ts";
import { ROUTE_HISTORY } from "./generated/route-history.ts";
import { compareVersions, hasRoute, isVersion } from "./server-version.ts";

/** Longest OpenAPI document that is read; that of a server with everything switched on has half a megabyte. */
const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;

/** One method of the client on one server. */
export interface MethodAvailability {
  /** `null` where it cannot be known, such as for a version between two known ones. */
  readonly available: boolean | null;
  /** Why, in one sentence. */
  readonly reason: string;
  /** First known server version that has all routes of the method. */
  readonly since: string;
  /** Routes of the method that this server does not have. A method with several routes needs those of its models only. */
  readonly missingRoutes: readonly string[];
}

/** What a server offers. */
export interface ServerCheck {
  /** Name, version and instance id; `null` when the server does not tell. */
  readonly info: ServerInfo | null;
  readonly version: string | null;
  /** True for the addresses of Roboflow's hosted API. */
  readonly hosted: boolean;
  /**
   * Where `routes` is from: the server's own OpenAPI document, the known documents of its version, or nowhere (a server that tells
   * neither).
   */
  readonly source: "openapi" | "version" | "none";
  /** The routes of the server as `METHOD /path`, in order. */
  readonly routes: readonly string[];
  /** Every method of the client that needs a route, by name. */
  readonly methods: Readonly<Record<string, MethodAvailability>>;
}

/** `null` = it cannot be known. */
type Presence = (route: string) => boolean | null;

/** Asks a server who it is and which routes it has. */
export async function checkServer(scope: CallScope): Promise<ServerCheck> {
  const [info, document] = await Promise.all([askInfo(scope), askDocument(scope)]);
  const { hosted } = scope.core.address;
  const { mode } = scope.state;
  const version = info?.version ?? document?.version ?? null;
  if (document !== null) {
    const present = new Set(document.routes);
    const facts = { info, version, hosted, source: "openapi" } as const;
    return finish(facts, document.routes, (route) => present.has(route), mode);
  }
  if (version === null || !isVersion(version)) {
    return finish({ info, version, hosted, source: "none" }, [], () => null, mode);
  }
  const kind = hosted ? "hosted" : "default";
  const presence: Presence = (route) => {
    const facts = ROUTE_HISTORY[route];
    if (facts === undefined) return null;
    const inVersion = hasRoute(version, facts);
    // A route that has to be switched on may be there.
    return inVersion === true && !facts.servers.includes(kind) ? (hosted ? false : null) : inVersion;
  };
  const routes = Object.keys(ROUTE_HISTORY).filter((route) => presence(route) === true);
  return finish({ info, version, hosted, source: "version" }, routes, presence, mode);
}

async function askInfo(scope: CallScope): Promise<ServerInfo | null> {
  try {
    return await requestServerInfo(scope);
  } catch (error) {
    return nothingWhereNotTold(error);
  }
}

interface Document {
  readonly version: string | undefined;
  readonly routes: readonly string[];
}

/** The document is not in itself, so this request is not one of the typed ones. Servers tell it without a key. */
async function askDocument(scope: CallScope): Promise<Document | null> {
  const { address, maxResponseBytes } = scope.core;
  const send = scope.send({
    operation: "GET /openapi.json",
    signal: scope.signal,
    timeoutMs: scope.timeoutMs(),
    replay: "always",
    key: { header: false, query: false, body: false },
    maxResponseBytes: Math.min(MAX_DOCUMENT_BYTES, maxResponseBytes),
  });
  try {
    const { body } = await send({
      method: "GET",
      url: `${address.baseUrl}/openapi.json`,
      headers: {},
      body: null,
    });
    return readDocument(JSON.parse(new TextDecoder().decode(body)));
  } catch (error) {
    return error instanceof SyntaxError ? null : nothingWhereNotTold(error);
  }
}

/** An answer that tells nothing is one thing, no answer at all another. */
function nothingWhereNotTold(error: unknown): null {
  if (error instanceof HTTPCallError || error instanceof InvalidResponseError) return null;
  throw error;
}

const METHODS = ["get", "post", "put", "delete", "patch", "head", "options"];

function readDocument(document: unknown): Document | null {
  if (!isRecord(document) || !isRecord(document.paths)) return null;
  const routes = Object.entries(document.paths).flatMap(([path, item]) =>
    isRecord(item)
      ? METHODS.filter((method) => isRecord(item[method])).map((method) => `${method.toUpperCase()} ${path}`)
      : [],
  );
  if (routes.length === 0) return null;
  const version = isRecord(document.info) ? document.info.version : undefined;
  return {
    version: typeof version === "string" ? version : undefined,
    routes: routes.map(withKnownNames).sort(),
  };
}

/** Older servers name a path's parameters otherwise, or with a type: `{model_id:path}`. */
function withKnownNames(route: string): string {
  if (ROUTE_HISTORY[route] !== undefined) return route;
  const form = formOf(route);
  return Object.keys(ROUTE_HISTORY).find((known) => known.includes("{") && formOf(known) === form) ?? route;
}

const formOf = (route: string): string => route.replaceAll(/\{[^}]*\}/g, "{}");

function finish(
  facts: Pick<ServerCheck, "info" | "version" | "hosted" | "source">,
  routes: readonly string[],
  presence: Presence,
  mode: ClientMode,
): ServerCheck {
  const byMethod = new Map<string, string[]>();
  for (const [route, { methods }] of Object.entries(ROUTE_HISTORY)) {
    for (const method of methods) byMethod.set(method, [...(byMethod.get(method) ?? []), route]);
  }
  const methods = [...byMethod].map(([method, all]) => {
    const needed = neededRoutes(method, all, mode);
    return [method, availability(needed, presence, facts)] as const;
  });
  return { ...facts, routes, methods: Object.fromEntries(methods) };
}

const LEGACY = "POST /{dataset_id}/{version_id}";
const CLIPS = "POST /infer/action_recognition";
/** Methods that use the v0 route in mode v0 and the others in v1. */
const BY_MODE: ReadonlySet<string> = new Set(["infer", "inferEach", "inferOnStream", "inferOnVideo"]);

/** The routes that decide about a method. */
function neededRoutes(method: string, routes: readonly string[], mode: ClientMode): readonly string[] {
  // The v0 route is older than clips; that the server knows clips shows in the other route.
  if (method.startsWith("inferOnVideo")) return [CLIPS];
  return BY_MODE.has(method) ? routes.filter((route) => (route === LEGACY) === (mode === "v0")) : routes;
}

function availability(
  needed: readonly string[],
  presence: Presence,
  { version, source }: Pick<ServerCheck, "version" | "source">,
): MethodAvailability {
  const since = needed.map((route) => ROUTE_HISTORY[route]?.since ?? "").reduce(later);
  const missingRoutes = needed.filter((route) => presence(route) === false);
  const unknown = needed.filter((route) => presence(route) === null);
  const there = needed.length - missingRoutes.length - unknown.length;
  const available = there > 0 ? true : unknown.length > 0 ? null : false;
  const server = version === null ? "the server" : `server ${version}`;
  const told = source === "openapi" ? `${server} lists` : `servers of version ${version} have`;
  const reason =
    available === true
      ? missingRoutes.length === 0
        ? `${told} ${needed.join(" and ")}`
        : `${told} ${there} of its ${needed.length} routes`
      : available === null
        ? `nothing is known of ${unknown.join(" and ")} on ${server}`
        : `${server} has no ${missingRoutes.join(" and no ")}; first known in ${since}`;
  return { available, reason: `${reason}.`, since, missingRoutes };
}

function later(a: string, b: string): string {
  return compareVersions(a, b) >= 0 ? a : b;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
