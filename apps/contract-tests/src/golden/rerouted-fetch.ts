import { ORIGIN_HEADER } from "./recording-server.ts";

/**
 * Leads `globalThis.fetch`, by which pictures are downloaded, to the test server as the rerouting transport does for
 * everything else. Returns the function that puts the real one back.
 */
export function installReroutedFetch(baseUrl: string, deadUrl: string): () => void {
  const original = globalThis.fetch;
  const untouched = new Set([new URL(baseUrl).origin, new URL(deadUrl).origin]);
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (untouched.has(url.origin)) return original(input, init);
    const headers = new Headers(init?.headers);
    headers.set(ORIGIN_HEADER, url.origin);
    return original(`${baseUrl}${url.pathname}${url.search}`, { ...init, headers });
  };
  return () => {
    globalThis.fetch = original;
  };
}
