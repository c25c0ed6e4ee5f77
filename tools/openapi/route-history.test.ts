import { expect, test } from "vitest";
import { routeHistoryText } from "./route-history.ts";

const body = (name: string) => ({
  post: {
    requestBody: { content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } } },
  },
});

test("a schema that refers to itself is asked once whether it has a key", () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const text = routeHistoryText({
    spec: {
      openapi: "3.1.0",
      info: { title: "Server", version: "1.0.0" },
      paths: { "/open": body("Open"), "/closed": body("Closed") },
      components: {
        schemas: {
          Open: { anyOf: [ref("Open"), { anyOf: [ref("Open")] }] },
          Closed: { anyOf: [ref("Closed"), { properties: { api_key: { type: "string" } } }] },
        },
      },
    },
    history: {
      versions: ["1.0.0"],
      operations: { "POST /open": { since: "1.0.0" }, "POST /closed": { since: "1.0.0" } },
    },
    profiles: {},
    coverage: new Map(),
  });
  expect(text).toMatch(/"POST \/open": .*"key":\[\]/);
  expect(text).toMatch(/"POST \/closed": .*"key":\["body"\]/);
});
