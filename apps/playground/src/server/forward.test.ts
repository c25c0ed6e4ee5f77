import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Playground, startPlayground } from "./start-playground.ts";

const KEY = "playground-test-key";
let seen: {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}[] = [];
const upstream = createServer(async (asked, response) => {
  let body = "";
  for await (const part of asked) body += part;
  seen.push({ method: asked.method, url: asked.url, headers: asked.headers, body });
  response.writeHead(asked.url === "/model/add" ? 401 : 200, {
    "content-type": "application/json",
    "set-cookie": "session=1",
  });
  response.end(JSON.stringify({ url: asked.url }));
});
let playground: Playground;

beforeAll(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  const { port } = upstream.address() as AddressInfo;
  const script = join(import.meta.dirname, "..", "page", "moving-shapes.ts");
  playground = await startPlayground({ apiUrl: `http://127.0.0.1:${port}/`, apiKey: KEY, port: 0, script });
}, 30_000);
afterAll(async () => {
  await playground?.close();
  upstream.closeAllConnections();
  upstream.close();
});
beforeEach(() => {
  seen = [];
});

const call = (path: string, init: RequestInit = {}) => fetch(`${playground.url}/api${path}`, init);
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  call(path, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });

/** The status of a request that names a host of its own, as a browser does that was told a wrong address for it. */
async function statusFor(path: string, host: string): Promise<number | undefined> {
  const asked = request(`${playground.url}${path}`, { headers: { host } });
  asked.end();
  const [response] = await once(asked, "response");
  response.resume();
  return response.statusCode;
}

test("what the page needs is passed on with the key, and nothing else of the page", async () => {
  const response = await post("/infer/object_detection?x=1", '{"image":1}', {
    cookie: "a=b",
    authorization: "Bearer of somebody else",
  });
  expect([response.status, await response.json()]).toEqual([200, { url: "/infer/object_detection?x=1" }]);
  expect(response.headers.get("set-cookie")).toBeNull();
  expect(seen).toMatchObject([{ method: "POST", body: '{"image":1}' }]);
  expect(seen[0]?.headers).toMatchObject({
    authorization: `Bearer ${KEY}`,
    "content-type": "application/json",
  });
  expect(seen[0]?.headers.cookie).toBeUndefined();
});

test("the key of a live session is in its body, too", async () => {
  await post("/initialise_webrtc_worker", '{"api_key":null,"webrtc_offer":{}}');
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ api_key: KEY, webrtc_offer: {} });
});

test("the server's refusals arrive as they are", async () => {
  expect((await post("/model/add", "{}")).status).toBe(401);
});

test.each([
  ["POST", "/model/clear"],
  ["GET", "/model/add"],
  ["POST", "/inference_pipelines/initialise"],
  ["POST", "/infer/../model/clear"],
  ["DELETE", "/info"],
])("%s %s is not passed on", async (method, path) => {
  expect((await call(path, { method })).status).toBe(404);
  expect(seen).toEqual([]);
});

test.each(["cross-site", "same-site", "none"])("a page that is %s cannot use the key", async (site) => {
  const response = await post("/infer/object_detection", "{}", { "sec-fetch-site": site });
  expect([response.status, seen]).toEqual([403, []]);
});

test.each([
  ["evil.example", 403],
  ["evil.example:80", 403],
  ["localhost.evil.example", 403],
  ["localhost", 200],
  ["127.0.0.1", 200],
])("a name that leads here by its owner's DNS, such as %s, is answered with %d", async (host, status) => {
  const { port } = new URL(playground.url);
  const named = host.includes(":") ? host : `${host}:${port}`;
  for (const path of ["/api/info", "/"]) expect(await statusFor(path, named)).toBe(status);
  expect(seen).toHaveLength(status === 200 ? 1 : 0);
});

test("a body without end is refused", async () => {
  expect((await post("/infer/object_detection", "x".repeat(33_000_000))).status).toBe(413);
  expect(seen).toEqual([]);
});

test("without a server", async () => {
  const script = join(import.meta.dirname, "..", "page", "moving-shapes.ts");
  await using lonely = await startPlayground({ apiUrl: "http://127.0.0.1:9", apiKey: KEY, port: 0, script });
  const response = await fetch(`${lonely.url}/api/info`);
  expect(response.status).toBe(502);
  expect(await response.text()).not.toContain(KEY);
});

test("the page and its script are served, and no other file", async () => {
  const page = await fetch(playground.url);
  expect(await page.text()).toContain("<h1>Inference playground</h1>");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
  expect((await fetch(`${playground.url}/page.js`)).headers.get("content-type")).toContain("javascript");
  expect((await fetch(`${playground.url}/main.ts`)).status).toBe(404);
  expect(await (await fetch(`${playground.url}/page.js`)).text()).not.toContain(KEY);
});
