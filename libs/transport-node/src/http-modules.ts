type HttpModule = typeof import("node:http");
type HttpsModule = typeof import("node:https");

let http: HttpModule | null = null;
let https: HttpsModule | null = null;

/**
 * `node:http`, loaded by the first request. Not imported: an import reads every export of a module, and one of this module's loads all of
 * Node's own `fetch`, which takes longer than the rest of this package.
 */
export function loadHttp(): HttpModule {
  http ??= process.getBuiltinModule("node:http");
  return http;
}

/** `node:https`, loaded by the first request over TLS. */
export function loadHttps(): HttpsModule {
  https ??= process.getBuiltinModule("node:https");
  return https;
}
