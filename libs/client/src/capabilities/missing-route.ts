import { type HTTPCallError, RouteNotAvailableError } from "@inference-ts/errors";
import { ROUTE_HISTORY } from "./generated/route-history.ts";
import { versionBefore } from "./server-version.ts";

/** The route that takes every path of two parts for a model: what a server does not know lands there. */
const CATCH_ALL = "/{dataset_id}/{version_id}";

/**
 * The error of a route that the server does not have, for an answer that looks like it; the answer's own error when the path belongs
 * to no known route.
 *
 * @param baseUrl - Address of the server without a trailing slash.
 */
export function missingRoute(answer: HTTPCallError, baseUrl: string): HTTPCallError | RouteNotAvailableError {
  const path = answer.url.startsWith(baseUrl) ? answer.url.slice(baseUrl.length) : answer.url;
  const route = knownRoute(answer.method, path);
  const facts = route === undefined ? undefined : ROUTE_HISTORY[route];
  if (route === undefined || facts === undefined) return answer;
  const { since, servers } = facts;
  return new RouteNotAvailableError(
    `The server at ${baseUrl} does not have ${route} (it answered ${answer.status}). ${whoHasIt(since, servers)}`,
    { route, since, answer, hint: "checkServer() says what this server offers." },
  );
}

function knownRoute(method: string, path: string): string | undefined {
  const literal = `${method} ${path}`;
  if (ROUTE_HISTORY[literal] !== undefined) return literal;
  return Object.keys(ROUTE_HISTORY).find((route) => {
    const [ofMethod, template = ""] = route.split(" ");
    return ofMethod === method && template !== CATCH_ALL && template.includes("{") && matches(template, path);
  });
}

function matches(template: string, path: string): boolean {
  const wanted = template.split("/");
  const found = path.split("/");
  return (
    wanted.length === found.length &&
    wanted.every((part, index) => part === found[index] || (part.startsWith("{") && found[index] !== ""))
  );
}

function whoHasIt(since: string, servers: readonly string[]): string {
  const before = versionBefore(since);
  const newest =
    before === undefined
      ? "Every known version has it"
      : `Servers from ${since} on have it, ${before} has it not`;
  if (servers.includes("default") && servers.includes("hosted")) return `${newest}.`;
  if (servers.includes("default")) return `${newest}; hosted servers leave it out.`;
  if (servers.includes("hosted")) return `${newest}, where it is switched on; hosted servers have it.`;
  return `${newest}, where it is switched on when the server is started.`;
}
