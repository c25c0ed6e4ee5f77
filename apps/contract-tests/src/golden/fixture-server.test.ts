import { readFileSync } from "node:fs";
import { request } from "node:http";
import { resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type FixtureServer, startFixtureServer } from "./fixture-server.ts";
import { readResponse } from "./read-case.ts";
import { deadAddress } from "./recording-server.ts";

const INPUTS = resolve(import.meta.dirname, "../../fixtures/golden/inputs");
const servers: FixtureServer[] = [];
const start = async (...script: unknown[]) => {
  const server = await startFixtureServer(script.map(readResponse), INPUTS);
  servers.push(server);
  return server;
};

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

test("answers in order and records requests as they are on the wire", async () => {
  const server = await start(
    { status: 201, body: { json: { a: 1 } } },
    { status: 418, reason: "Short", body: { text: "no" } },
  );
  const first = await fetch(`${server.baseUrl}/a%20b/c?x=1&x=%26&y=`, { method: "POST", body: "hello" });
  expect([first.status, await first.json()]).toEqual([201, { a: 1 }]);
  const second = await fetch(`${server.baseUrl}//double`);
  expect([second.status, second.statusText, await second.text()]).toEqual([418, "Short", "no"]);
  expect(server.requests).toHaveLength(2);
  expect(server.requests[0]).toMatchObject({
    method: "POST",
    origin: null,
    path: "/a%20b/c",
    query: [
      ["x", "1"],
      ["x", "&"],
      ["y", ""],
    ],
  });
  expect(Buffer.from(server.requests[0]?.body ?? []).toString()).toBe("hello");
  expect(server.requests[1]?.path).toBe("//double");
  expect(server.requests[0]?.headers).not.toHaveProperty("host");
});

test("fills pictures and floats into answers", async () => {
  const server = await start(
    {
      status: 200,
      body: { json: { f: { $float32_base64: [0.5] }, p: { $file_base64: "images/quads-16x16.gif" } } },
    },
    { status: 200, body: { file: "images/visualisation-32x24.jpg" } },
  );
  const json: unknown = await (await fetch(server.baseUrl)).json();
  expect(json).toEqual({
    f: Buffer.from(new Float32Array([0.5]).buffer).toString("base64"),
    p: readFileSync(resolve(INPUTS, "images/quads-16x16.gif")).toString("base64"),
  });
  const picture = await fetch(server.baseUrl);
  expect(picture.headers.get("content-type")).toBe("image/jpeg");
  expect(Buffer.from(await picture.arrayBuffer())).toEqual(
    readFileSync(resolve(INPUTS, "images/visualisation-32x24.jpg")),
  );
});

test("chooses answers by content, the last one of a kind for ever, and marks what nothing was left for", async () => {
  const server = await start(
    { status: 200, body: { text: "by path" }, for: { path: "/p" } },
    { status: 503, body: { text: "red 1" }, for: { body_contains: "red" } },
    { status: 200, body: { text: "red 2" }, for: { body_contains: "red" } },
    { status: 200, body: { text: "in order" } },
  );
  const ask = async (path: string, body: string) =>
    (await fetch(`${server.baseUrl}${path}`, { method: "POST", body })).text();
  expect(await ask("/x", "blue")).toBe("in order");
  expect([await ask("/x", "red"), await ask("/x", "red"), await ask("/x", "red")]).toEqual([
    "red 1",
    "red 2",
    "red 2",
  ]);
  expect(await ask("/p", "")).toBe("by path");
  expect(server.unexpected).toEqual([]);
  expect(await ask("/x", "green")).toContain("used up");
  expect(server.unexpected).toHaveLength(1);
});

test.each([
  ["close-without-response", "ECONNRESET", "socket hang up"],
  ["reset", "ECONNRESET", "read ECONNRESET"],
])("the fault %s", async (fault, code, message) => {
  const server = await start({ fault });
  await expect(ask(server.baseUrl)).rejects.toMatchObject({ code, message });
});

test("a truncated body ends before its length", async () => {
  const server = await start({ status: 200, fault: "truncated-body", body: { text: '{"a": [' } });
  await expect(ask(server.baseUrl)).rejects.toMatchObject({ code: "ECONNRESET", message: "aborted" });
});

test("counts the requests that are open at once", async () => {
  const slow = { status: 200, body: { text: "x" }, delay_ms: 30 };
  const server = await start(slow, slow, slow);
  await Promise.all([1, 2].map(async () => (await fetch(server.baseUrl)).text()));
  await (await fetch(server.baseUrl)).text();
  expect(server.maxInFlight).toBe(2);
});

test("delays begin when as many requests are open as the case had at once", async () => {
  const delayed = { status: 200, body: { text: "late" }, delay_ms: 1, for: { path: "/late" } };
  const server = await startFixtureServer(
    [delayed, ...Array(20).fill({ status: 200, body: { text: "at once" } })].map(readResponse),
    INPUTS,
    3,
  );
  servers.push(server);
  const ask = async (path: string) => (await fetch(`${server.baseUrl}${path}`)).text();
  const first = ask("/late");
  for (let turn = 0; turn < 20; turn += 1) expect(await ask("/")).toBe("at once");
  expect(server.maxInFlight).toBe(2);
  expect(await Promise.all([first, ask("/late"), ask("/late")])).toEqual(["late", "late", "late"]);
  expect(server.maxInFlight).toBe(3);
});

test("dates in Retry-After come with the server's own date", async () => {
  const server = await start({ status: 503, headers: { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" } });
  const { headers } = await fetch(server.baseUrl);
  expect(headers.get("date")).toBe("Wed, 21 Oct 2026 07:27:55 GMT");
});

test("nobody listens at the dead address", async () => {
  await expect(ask(await deadAddress())).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

/** One bare request; fails with Node's own error. */
function ask(url: string): Promise<string> {
  return new Promise((done, fail) => {
    const outgoing = request(url, { agent: false }, (answer) => {
      let text = "";
      answer.on("data", (piece: Buffer) => {
        text += piece.toString();
      });
      answer.on("end", () => done(text));
      answer.on("error", fail);
    });
    outgoing.on("error", fail);
    outgoing.end();
  });
}
