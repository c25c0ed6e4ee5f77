import { serverInfo } from "@inference-ts/endpoints";
import { endpointsOf } from "../call/belongings.ts";
import type { CallScope } from "../call/call-scope.ts";
import { isRecord, type ServerInfo, wrongShape } from "./decode-models.ts";

/** Asks the server for its name and version. */
export async function requestServerInfo(scope: CallScope): Promise<ServerInfo> {
  return decodeServerInfo(await askServerInfo(scope));
}

/** The answer of `GET /info`, unchecked. */
export async function askServerInfo(scope: CallScope): Promise<unknown> {
  const { data } = await serverInfo(
    endpointsOf(scope.core),
    scope.send({
      operation: "GET /info",
      signal: scope.signal,
      timeoutMs: scope.timeoutMs(),
      replay: "always",
      // The route is public; a key would only be exposed.
      key: { header: false, query: false, body: false },
    }),
  );
  return data;
}

/**
 * Checks the answer of `GET /info`.
 *
 * @throws InvalidResponseError where name, version or id is missing.
 */
function decodeServerInfo(body: unknown): ServerInfo {
  if (!isRecord(body)) throw wrongShape("", "an object with name, version and uuid", body);
  const { name, version, uuid } = body;
  if (typeof name !== "string") throw wrongShape("name", "a string", name);
  if (typeof version !== "string") throw wrongShape("version", "a string", version);
  if (typeof uuid !== "string") throw wrongShape("uuid", "a string", uuid);
  return { ...body, name, version, uuid };
}
