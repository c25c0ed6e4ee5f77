import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type InferenceEvent, InferenceHTTPClient } from "@inference-ts/sdk/node";
import { afterAll, afterEach, beforeAll, expect, expectTypeOf, test } from "vitest";
import { failureOf } from "../suite/results.ts";

const KEY = "test-key-of-operations-0123456789";

interface Seen {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

const seen: Seen[] = [];
let answer: { status: number; type: string; body: string | Buffer } = {
  status: 200,
  type: "application/json",
  body: "{}",
};
const server = createServer(async (request, response) => {
  seen.push({
    line: `${request.method} ${request.url}`,
    authorization: request.headers.authorization,
    body: await textOf(request),
  });
  response.writeHead(answer.status, { "content-type": answer.type, "x-request-id": "r1" });
  response.end(answer.body);
});
const clients: InferenceHTTPClient[] = [];

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  answer = { status: 200, type: "application/json", body: "{}" };
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request) text += piece;
  return text;
}

function clientOf(options: Partial<ConstructorParameters<typeof InferenceHTTPClient>[0]> = {}) {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const client = new InferenceHTTPClient({
    apiUrl: `http://127.0.0.1:${port}`,
    apiKey: KEY,
    retry: { maxAttempts: 2, baseDelayMs: 0 },
    ...options,
  });
  clients.push(client);
  return client;
}

const last = () => seen.at(-1);

test("sends path, query and body where the document has them, and gives typed data with metadata", async () => {
  answer.body = '{"similarity":[0.5],"time":0.1}';
  const { data, meta } = await clientOf()
    .endpoints.POST("/clip/compare", { body: { subject: "a", subject_type: "text", prompt: "b" } })
    .withMeta();
  expectTypeOf(data.similarity).toEqualTypeOf<number[] | { [key: string]: number }>();
  expect(data).toEqual({ similarity: [0.5], time: 0.1 });
  expect(meta.requestId).toBe("r1");
  expect(JSON.parse(last()?.body ?? "")).toEqual({
    subject: "a",
    subject_type: "text",
    prompt: "b",
    api_key: KEY,
  });
  expect(last()).toMatchObject({ line: "POST /clip/compare", authorization: `Bearer ${KEY}` });

  await clientOf().endpoints.GET("/start/{dataset_id}/{version_id}", {
    params: { path: { dataset_id: "a b", version_id: "1" }, query: { countinference: false } },
  });
  expect(last()?.line).toBe("GET /start/a%20b/1?countinference=False");
});

test("puts the key where the operation reads it, and nowhere else", async () => {
  const lineAndKey = () => [last()?.line, last()?.body.includes(KEY), last()?.authorization !== undefined];
  const legacy = clientOf({ configuration: { apiKeyTransport: "legacy" } });
  await legacy.endpoints.POST("/workflows/blocks/dynamic_outputs", { body: { type: "x" } });
  expect(lineAndKey()).toEqual(["POST /workflows/blocks/dynamic_outputs", false, false]);
  await legacy.endpoints.POST("/model/remove", { body: { model_id: "a/1" } });
  await legacy.endpoints.POST("/model/add", { body: { model_id: "a/1" } });
  expect(lineAndKey()).toEqual(["POST /model/add", true, false]);
  await legacy.endpoints.GET("/start/{dataset_id}/{version_id}", {
    params: { path: { dataset_id: "a", version_id: "1" } },
  });
  expect(lineAndKey()).toEqual([`GET /start/a/1?api_key=${KEY}`, false, false]);

  const header = clientOf({ configuration: { apiKeyTransport: "header" } });
  await header.endpoints.POST("/model/add", { body: { model_id: "a/1" } });
  expect(lineAndKey()).toEqual(["POST /model/add", false, true]);
});

test("answers that are no JSON come as they are", async () => {
  const { endpoints } = clientOf();
  const path = { params: { path: { dataset_id: "a", version_id: "1" } } };
  answer = { status: 200, type: "image/jpeg", body: Buffer.from([1, 2, 255]) };
  const picture: unknown = await endpoints.GET("/{dataset_id}/{version_id}", path);
  expect(picture).toEqual(Uint8Array.of(1, 2, 255));
  answer = { status: 200, type: "text/plain; version=0.0.4", body: "# HELP" };
  const text: unknown = await endpoints.GET("/metrics");
  expect(text).toBe("# HELP");
  answer = { status: 200, type: "application/json", body: "" };
  const nothing: unknown = await endpoints.GET("/healthz");
  expect(nothing).toBeNull();
  answer = { status: 200, type: "application/json", body: "<html>" };
  expect(await failureOf(endpoints.GET("/info"))).toMatchObject({ code: "INVALID_RESPONSE" });
});

test("only what may be repeated is sent twice", async () => {
  answer = { status: 503, type: "application/json", body: '{"message":"busy"}' };
  const count = async (call: Promise<unknown>) => {
    const before = seen.length;
    expect(await failureOf(call)).toMatchObject({ code: "HTTP_ERROR", status: 503, serverMessage: "busy" });
    return seen.length - before;
  };
  const { endpoints } = clientOf();
  expect(await count(endpoints.GET("/info"))).toBe(2);
  expect(await count(endpoints.POST("/model/clear"))).toBe(1);
  expect(await count(endpoints.POST("/model/clear", { repeatable: true }))).toBe(2);
});

test("deadline, abort and events are those of every call", async () => {
  const stations: string[] = [];
  const client = clientOf({ onEvent: (event: InferenceEvent) => stations.push(event.station) });
  await client.endpoints.GET("/info");
  expect(stations).toEqual(["call", "endpoint", "send"]);
  const aborted = AbortSignal.abort();
  expect(await failureOf(client.endpoints.GET("/info", { signal: aborted }))).toMatchObject({
    code: "ABORTED",
  });
});

test("an unknown operation or a missing path parameter is refused", async () => {
  const { endpoints } = clientOf();
  const before = seen.length;
  const call = (path: string, input: object) =>
    failureOf(Reflect.apply(endpoints.GET, endpoints, [path, input]));
  expect(await call("/made/up", {})).toMatchObject({ code: "INVALID_PARAMETER" });
  for (const path of [
    {},
    { dataset_id: "a" },
    { dataset_id: "..", version_id: "1" },
    { dataset_id: "\ud800", version_id: "1" },
  ]) {
    expect(await call("/{dataset_id}/{version_id}", { params: { path } })).toMatchObject({
      code: "INVALID_PARAMETER",
    });
  }
  expect(seen).toHaveLength(before);
});

test("wrong paths, bodies and parameters do not compile", () => {
  const check = ({ endpoints }: InferenceHTTPClient) => {
    // @ts-expect-error there is no such path
    endpoints.GET("/made/up");
    // @ts-expect-error this path has no GET
    endpoints.GET("/clip/compare");
    // @ts-expect-error the body is missing
    endpoints.POST("/clip/compare");
    // @ts-expect-error the body's subject is missing
    endpoints.POST("/clip/compare", { body: { prompt: "b" } });
    // @ts-expect-error the path's parameters are missing
    endpoints.GET("/{dataset_id}/{version_id}");
  };
  expect(check).toBeTypeOf("function");
});
