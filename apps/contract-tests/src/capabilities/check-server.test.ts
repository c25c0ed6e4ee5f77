import { once } from "node:events";
import { createServer } from "node:http";
import { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { afterEach, expect, test } from "vitest";
import { failureOf } from "../suite/results.ts";

type Answers = Readonly<Record<string, { readonly status?: number; readonly body: unknown }>>;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function clientOf(answers: Answers, options: { readonly apiMode?: "v0" | "v1" } = {}) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(`${path} ${request.headers.authorization ?? "-"}`);
    const answer = answers[path] ?? { status: 404, body: { detail: "Not Found" } };
    response.writeHead(answer.status ?? 200, { "content-type": "application/json" });
    response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const client = new InferenceHTTPClient({
    apiUrl: `http://127.0.0.1:${port}`,
    apiKey: "test-key-of-checks-0123456789",
    retry: { maxAttempts: 1 },
    ...options,
  });
  closers.push(async () => {
    await client.close();
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return { client, asked };
}

const INFO = { body: { name: "Roboflow Inference Server", version: "1.5.0", uuid: "u" } };
const operation = { responses: {} };

test("reads the routes from the server's own document, by whatever name its parameters go", async () => {
  const { client, asked } = await clientOf({
    "/info": INFO,
    "/openapi.json": {
      body: {
        info: { version: "1.5.0" },
        paths: {
          "/info": { get: operation, parameters: [] },
          "/infer/lmm/{model:path}": { post: operation },
          "/{a}/{b}": { get: operation, post: operation },
          "/something/new": { post: operation },
        },
      },
    },
  });
  const check = await client.checkServer();
  expect(check).toMatchObject({ version: "1.5.0", hosted: false, source: "openapi", info: INFO.body });
  expect(check.routes).toEqual([
    "GET /info",
    "GET /{dataset_id}/{version_id}",
    "POST /infer/lmm/{model_id}",
    "POST /something/new",
    "POST /{dataset_id}/{version_id}",
  ]);
  expect(check.methods.inferLmm).toMatchObject({ available: true, missingRoutes: ["POST /infer/lmm"] });
  expect(check.methods.inferFromApiV0?.available).toBe(true);
  expect(check.methods.infer).toMatchObject({ available: false });
  expect(check.methods.inferOnVideo).toMatchObject({
    available: false,
    since: "1.7.4",
    reason: "server 1.5.0 has no POST /infer/action_recognition; first known in 1.7.4.",
  });
  expect(asked.every((line) => line.endsWith(" -"))).toBe(true);
});

test("in v0 the methods of both modes are judged by the v0 route", async () => {
  const { client } = await clientOf(
    { "/info": INFO, "/openapi.json": { body: { paths: { "/{a}/{b}": { post: operation } } } } },
    { apiMode: "v0" },
  );
  expect((await client.checkServer()).methods.infer?.available).toBe(true);
});

test.each([
  ["no document", { status: 404, body: { detail: "Not Found" } }],
  ["a document that is no JSON", { body: "<html>" }],
  ["a document without paths", { body: { openapi: "3.1.0" } }],
  ["a document that is too long", { body: `"${"x".repeat(9 * 1024 * 1024)}"` }],
])("falls back to what servers of the version have: %s", async (_name, document) => {
  const { client } = await clientOf({ "/info": INFO, "/openapi.json": document });
  const check = await client.checkServer();
  expect(check).toMatchObject({ version: "1.5.0", source: "version" });
  expect(check.routes).toContain("POST /infer/object_detection");
  expect(check.routes).not.toContain("POST /infer/embeddings");
  expect(check.methods.getImageEmbeddings).toMatchObject({ available: false, since: "1.7.4" });
  expect(check.methods.infer).toMatchObject({ available: true });
  // Has to be switched on, so it may be there.
  expect(check.methods.inferFromOwlv2?.available).toBeNull();
});

test("says so where nothing can be known", async () => {
  const { client } = await clientOf({});
  const check = await client.checkServer();
  expect(check).toMatchObject({ info: null, version: null, source: "none", routes: [] });
  expect(Object.values(check.methods).every(({ available }) => available === null)).toBe(true);
});

test("a server between two known versions is not judged", async () => {
  const { client } = await clientOf({ "/info": { body: { ...INFO.body, version: "1.6.2" } } });
  expect((await client.checkServer()).methods.inferOnVideo?.available).toBeNull();
});

test("a server that does not answer is an error", async () => {
  const client = new InferenceHTTPClient({ apiUrl: "http://127.0.0.1:1", retry: { maxAttempts: 1 } });
  closers.push(() => client.close());
  expect(await failureOf(client.checkServer())).toMatchObject({ code: "CONNECTION_FAILED" });
});

test("a method whose route is missing says which server has it", async () => {
  const { client } = await clientOf({});
  const error = await failureOf(
    client.endpoints.POST("/workflows/describe_workload", { body: { specification: {} } }),
  );
  expect(error).toMatchObject({
    code: "ROUTE_NOT_AVAILABLE",
    route: "POST /workflows/describe_workload",
    since: "1.7.4",
  });
  expect(String(error)).toContain("1.5.0 has it not");
});

test("both questions carry the headers of the call, and are among its requests and events", async () => {
  const seen: [string, unknown][] = [];
  const server = createServer((request, response) => {
    seen.push([request.url ?? "", request.headers["x-gate"]]);
    response.end(JSON.stringify(INFO.body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await using client = new InferenceHTTPClient({ apiUrl: `http://127.0.0.1:${port}` });
  const sent: number[] = [];
  client.observe((event) => event.station === "send" && sent.push(event.status ?? 0));
  const { meta } = await client.checkServer({ headers: { "X-Gate": "open" } }).withMeta();
  expect(seen.sort()).toEqual([
    ["/info", "open"],
    ["/openapi.json", "open"],
  ]);
  expect([meta.requests.length, sent]).toEqual([2, [200, 200]]);
  server.close();
  server.closeAllConnections();
});
