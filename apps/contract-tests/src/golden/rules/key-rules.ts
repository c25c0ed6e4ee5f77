import { changeRequests, refusal } from "../expectation.ts";
import { isRecord } from "../json.ts";
import type { RecordedRequest } from "../read-case.ts";
import { configured, isApiRequest } from "../recorded-facts.ts";
import type { DeviationRule } from "./rule.ts";

/** Rules about the API key. */
export const KEY_RULES: readonly DeviationRule[] = [
  {
    name: "empty key",
    topic: "keys",
    codes: ["D-empty-key"],
    python: "Sends an empty key: `api_key=` and `Bearer ` with nothing behind it.",
    ours: "The constructor throws `INVALID_PARAMETER`. Nothing is sent.",
    apply: (expectation, { golden }) =>
      golden.apiKey === "" ? { ...refusal(expectation, ["INVALID_PARAMETER"]), stateAfter: null } : null,
  },
  {
    name: "no key, no field",
    topic: "keys",
    codes: ["D-none-key", "D-null-key"],
    python: "Without a key the text `None` is sent in the query and `api_key: null` in the body.",
    ours: "Without a key there is no field, no parameter and no header.",
    apply: (expectation, { golden }) => {
      if (golden.apiKey !== undefined && golden.apiKey !== null) return null;
      return changeRequests(expectation, (request) =>
        isApiRequest(golden, request) ? withoutKey(request) : request,
      );
    },
  },
  {
    name: "escaped keys",
    topic: "keys",
    codes: ["D-key-escape"],
    python: "The registry's address takes the key unescaped, so a key with `&` or `#` is cut.",
    ours: "Keys are always escaped: the server reads exactly the key.",
    apply: (expectation, { golden }) => {
      const key = golden.apiKey;
      if (typeof key !== "string" || encodeURIComponent(key) === key) return null;
      return changeRequests(expectation, (request) =>
        isApiRequest(golden, request) && request.method === "GET" && request.query[0]?.[0] === "api_key"
          ? { ...request, query: [["api_key", key]] }
          : request,
      );
    },
  },
  {
    name: "where the key travels by default",
    topic: "keys",
    codes: [],
    python:
      "With no `api_key_transport` the key goes into the query (v0, requests without a body) or the body (v1).",
    ours: '`"auto"`: the `Authorization` header, and the older place beside it, except for requests without a body to a v1 server, whose only older place is the URL. `header`, `legacy` and `both` as recorded. `GET /info` is public and carries no key.',
    apply: (expectation, { golden }) => {
      const key = golden.apiKey;
      const transport = configured(golden, "api_key_transport");
      if (typeof key !== "string" || key === "" || (typeof transport === "string" && transport !== "auto"))
        return null;
      return changeRequests(expectation, (request) => {
        if (!isApiRequest(golden, request) || isPublic(request)) return request;
        const headers = { ...request.headers, authorization: `Bearer ${key}` };
        if (request.method !== "GET") return { ...request, headers };
        return { ...request, headers, query: request.query.filter(([name]) => name !== "api_key") };
      });
    },
  },
];

function isPublic(request: RecordedRequest): boolean {
  return request.method === "GET" && request.path.endsWith("/info");
}

function withoutKey(request: RecordedRequest): RecordedRequest {
  const { value } = request.body;
  return {
    ...request,
    query: request.query.filter(([name, text]) => !(name === "api_key" && text === "None")),
    body: isRecord(value)
      ? {
          ...request.body,
          value: Object.fromEntries(
            Object.entries(value).filter(([name, item]) => !(name === "api_key" && item === null)),
          ),
        }
      : request.body,
  };
}
