import { InvalidParameterError } from "@inference-ts/errors";
import type { ApiKeyTransport } from "../configuration/configuration.ts";
import type { ClientMode } from "../modes/client-mode.ts";

/** Where the key of one request goes. */
export interface KeyPlacement {
  readonly header: boolean;
  readonly query: boolean;
  readonly body: boolean;
}

/** What a request can carry beside the header. */
export type KeyCarrier = "query" | "body";

/**
 * Where the key goes, by configuration. `legacy` is where servers before 1.5 look: the query in v0 and for requests without
 * a body, the body otherwise. `auto` sends the header and the legacy place, except on self-hosted GET requests, whose
 * only legacy place is the URL, which ends up in access logs.
 */
export function placeKey(transport: ApiKeyTransport, mode: ClientMode, hasJsonBody: boolean): KeyPlacement {
  const legacy: KeyCarrier = mode === "v0" || !hasJsonBody ? "query" : "body";
  const header = transport !== "legacy";
  const alsoLegacy =
    transport === "legacy" ||
    transport === "both" ||
    (transport === "auto" && (mode === "v0" || legacy === "body"));
  return {
    header,
    query: alsoLegacy && legacy === "query",
    body: alsoLegacy && legacy === "body",
  };
}

/**
 * A key that can be sent, or `null` for none.
 *
 * @throws InvalidParameterError for an empty key or one that a header cannot carry.
 */
export function checkApiKey(apiKey: string | null | undefined): string | null {
  if (apiKey === null || apiKey === undefined) return null;
  if (typeof apiKey !== "string") throw new InvalidParameterError("The API key must be a string.");
  if (apiKey.trim() === "") {
    throw new InvalidParameterError("The API key is empty.", {
      hint: "Pass a key, or leave apiKey out for a server that needs none.",
    });
  }
  // What the value of an HTTP header may hold.
  if (/[^\t\x20-\x7e\x80-\xff]/.test(apiKey)) {
    throw new InvalidParameterError("The API key has a line break or a character that no header can carry.", {
      hint: "Trim the value where it is read.",
    });
  }
  return apiKey;
}
