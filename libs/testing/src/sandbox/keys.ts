import type { Exchange } from "./exchange.ts";
import { jsonAnswer, Refusal, refuse } from "./exchange.ts";

/** The key that every sandbox accepts. */
export const SANDBOX_KEY = "test-key";

/** Keys that show how the server passes on what the platform answers, as in the project's real test server. */
const REFUSED_KEYS: ReadonlyMap<string, readonly [status: number, message: string]> = new Map([
  ["poor-key", [402, "Not enough credits to perform this request. Verify your workspace billing page."]],
  [
    "forbidden-key",
    [
      403,
      "Unauthorized access to roboflow API - check API key and make sure the key is valid and have required scopes. Visit " +
        "https://docs.roboflow.com/api-reference/authentication#retrieve-an-api-key to learn how to retrieve one.",
    ],
  ],
  [
    "paused-key",
    [423, "Roboflow API usage is paused. Please contact your workspace administrator to re-enable api keys."],
  ],
  ["broken-key", [502, "Internal error. Request to Roboflow API failed."]],
]);

/** A valid key of a workspace that owns no model. */
const OTHER_WORKSPACE_KEY = "second-key";

const UNAUTHORIZED =
  "Unauthorized access to roboflow API - check API key and make sure the key is valid for workspace you use. Visit " +
  "https://docs.roboflow.com/api-reference/authentication#retrieve-an-api-key to learn how to retrieve one.";

const NOT_FOUND =
  "Requested Roboflow resource not found. Make sure that workspace, project or model you referred in request exists.";

/** Answers 404 as the server does for a model that the platform does not know. */
export function refuseUnknownModel(): never {
  refuse(404, NOT_FOUND);
}

/** Paths that need no key also where the server asks every request for one. */
const OPEN_PATHS: ReadonlySet<string> = new Set(["/", "/info", "/healthz", "/readiness", "/openapi.json"]);

/** The key of the `Authorization: Bearer` header. */
export function headerKey(exchange: Exchange): string | null {
  const header = exchange.headers.authorization ?? "";
  return header.startsWith("Bearer ") ? header.slice("Bearer ".length) : null;
}

/** The `api_key` field of a JSON body. */
export function bodyKey(body: unknown): string | null {
  if (typeof body !== "object" || body === null || !("api_key" in body)) return null;
  return typeof body.api_key === "string" ? body.api_key : null;
}

/** Refuses as the platform would refuse to give out a model: by key first, then by what the key may see. */
export function checkModelKey(key: string | null, requiredKey: string | null): void {
  if (key !== null && (key === SANDBOX_KEY || key === requiredKey)) return;
  if (key === OTHER_WORKSPACE_KEY) refuseUnknownModel();
  const [status, message] = REFUSED_KEYS.get(key ?? "") ?? [401, UNAUTHORIZED];
  refuse(status, message);
}

/** With a required key: refuses every request without it, except to the open paths (as servers bound to a workspace do). */
export function checkRequiredKey(exchange: Exchange, requiredKey: string | null): void {
  if (requiredKey === null || OPEN_PATHS.has(exchange.path) || !["GET", "POST"].includes(exchange.method))
    return;
  const key = exchange.query.get("api_key") ?? headerKey(exchange) ?? jsonBodyKey(exchange);
  if (key !== requiredKey) {
    throw new Refusal(jsonAnswer({ status: 401, message: "Unauthorized api_key" }, 401));
  }
}

/** The middleware looks into a body only when it is declared as exactly JSON and has a length. */
function jsonBodyKey(exchange: Exchange): string | null {
  if (exchange.headers["content-type"] !== "application/json") return null;
  if (exchange.headers["content-length"] === undefined) return null;
  try {
    return bodyKey(JSON.parse(Buffer.from(exchange.body).toString()));
  } catch {
    return null;
  }
}
