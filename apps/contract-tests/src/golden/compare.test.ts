import { resolve } from "node:path";
import { HTTPCallError, InvalidParameterError } from "@inference-ts/sdk/node";
import { describe, expect, test } from "vitest";
import { compareOutcome } from "./compare-outcome.ts";
import { compareRequests } from "./compare-requests.ts";
import { compareValue } from "./compare-value.ts";
import type { RecordedRequest } from "./read-case.ts";
import type { WireRecord } from "./recording-server.ts";
import { expectedServerMessage } from "./server-message.ts";

const inputs = resolve(import.meta.dirname, "../../fixtures/golden/inputs");

describe("values", () => {
  test.each([
    [{ a: [1, { b: null }] }, { a: [1, { b: null }] }],
    [0.1 + 0.2, 0.3],
    [{ $number: "nan" }, Number.NaN],
    [{ $any: "string" }, "x"],
    [{ $tuple: [1, 2] }, [1, 2]],
    [
      { $type: "ModelDescription", model_id: "a/1", batch_size: null },
      { model_id: "a/1", extra: 1 },
    ],
    [
      {
        $ndarray: {
          shape: [2, 2],
          values: [
            [0, 0.5],
            [1, 2],
          ],
        },
      },
      { shape: [2, 2], data: new Float32Array([0, 0.5, 1, 2]) },
    ],
  ])("%j is %j", async (expected, actual) => {
    expect(await compareValue(expected, actual, { inputs })).toEqual([]);
  });

  test.each([
    [1, 1.00001],
    [1, "1"],
    [null, undefined],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [[1], [1, 2]],
    [[1], { 0: 1 }],
    [{ $number: "nan" }, null],
    [{ $any: "string" }, 1],
    [{ $type: "ModelDescription", model_id: "a/1" }, { model_id: "b/1" }],
    [{ $type: "ModelDescription", batch_size: null }, { batch_size: 1 }],
    [{ $ndarray: { shape: [1, 2], values: [[0, 1]] } }, { shape: [2, 1], data: [0, 1] }],
    [{ $ndarray: { shape: [1, 2], values: [[0, 1]] } }, { shape: [1, 2], data: [0, 2] }],
    [{ $image: { same_bytes_as: "images/red-64x48.png" } }, "aGVsbG8="],
    [{ $image: { same_bytes_as: "images/red-64x48.png" } }, 5],
    [{ $image: { sha256: "00" } }, "aGVsbG8="],
    [{ $image: {} }, "aGVsbG8="],
  ])("%j is not %j", async (expected, actual) => {
    expect(await compareValue(expected, actual, { inputs })).toHaveLength(1);
  });
});

describe("requests", () => {
  const request = (path: string): RecordedRequest => ({
    method: "GET",
    url: undefined,
    path,
    query: [],
    headers: {},
    body: { kind: "empty" },
  });
  const record = (path: string, more: Partial<WireRecord> = {}): WireRecord => ({
    method: "GET",
    origin: null,
    path,
    query: [],
    headers: {},
    body: new Uint8Array(),
    ...more,
  });
  const exchanges = (...paths: string[]) =>
    paths.map((path) => ({ request: request(path), response: undefined }));
  const context = { inputs, fill: (text: string) => text, apiOrigin: null };

  test("order counts, unless the requests are concurrent", async () => {
    const actual = [record("/b"), record("/a")];
    const compare = (order: "all" | "none") =>
      compareRequests({ exchanges: exchanges("/a", "/b"), order }, actual, context);
    expect(await compare("all")).toHaveLength(2);
    expect(await compare("none")).toEqual([]);
  });

  test("of concurrent requests none may be missing, doubled or new", async () => {
    const compare = (...paths: string[]) =>
      compareRequests(
        { exchanges: exchanges("/a", "/b"), order: "none" },
        paths.map((path) => record(path)),
        context,
      );
    expect(await compare("/a")).toHaveLength(1);
    expect(await compare("/a", "/b", "/b")).toEqual(["not expected: GET /b"]);
    expect(await compare("/a", "/c")).toHaveLength(2);
  });

  test("downloads are ordered among themselves where they may come between", async () => {
    const download = { ...request("/p.png"), url: "https://images.example.com/p.png" };
    const expected = [{ request: download, response: undefined }, ...exchanges("/a", "/b")];
    const got = record("/p.png", { origin: "https://images.example.com" });
    const compare = (actual: WireRecord[]) =>
      compareRequests({ exchanges: expected, order: "per kind" }, actual, context);
    expect(await compare([record("/a"), got, record("/b")])).toEqual([]);
    expect(await compare([record("/b"), got, record("/a")])).not.toEqual([]);
    expect(await compare([record("/a"), record("/b")])).toHaveLength(1);
  });

  test("optional requests may be missing and must fit when they come", async () => {
    const expected = exchanges("/a", "/b").map((exchange, index) => ({ ...exchange, optional: index === 0 }));
    const compare = (...paths: string[]) =>
      compareRequests(
        { exchanges: expected, order: "all" },
        paths.map((path) => record(path)),
        context,
      );
    expect(await compare("/a", "/b")).toEqual([]);
    expect(await compare("/b")).toEqual([]);
    expect(await compare("/a")).toHaveLength(1);
    expect(await compare("/x", "/b")).not.toEqual([]);
  });

  test("True is true and 0.0 is 0; other texts are exact", async () => {
    const compare = async (expected: string, actual: string) => {
      const one = { request: { ...request("/a"), query: [["q", expected]] as const }, response: undefined };
      const found = await compareRequests(
        { exchanges: [one], order: "all" },
        [record("/a", { query: [["q", actual]] })],
        context,
      );
      return found.length === 0;
    };
    expect(await compare("True", "true")).toBe(true);
    expect(await compare("0.0", "0")).toBe(true);
    expect(await compare("True", "1")).toBe(false);
    expect(await compare("best", "Best")).toBe(false);
    expect(await compare("0.5", "0.50001")).toBe(false);
  });
});

describe("errors", () => {
  const context = { inputs, key: "secret-key-12345", client: undefined, hasTask: false };
  const expected = {
    kind: "error",
    codes: ["HTTP_ERROR"],
    status: 400,
    serverMessage: { equals: "no" },
  } as const;
  const error = (status: number, serverMessage: string | undefined, message = "failed") =>
    new HTTPCallError(message, { status, method: "GET", url: "http://host/", serverMessage });
  const compare = (thrown: unknown) => compareOutcome(expected, { kind: "error", error: thrown }, context);

  test("the right one passes", async () => {
    expect(await compare(error(400, "no"))).toEqual([]);
  });

  test.each([
    ["status", error(401, "no")],
    ["server message", error(400, "yes")],
    ["missing message", error(400, undefined)],
    ["code", new InvalidParameterError("no")],
    ["foreign error", new TypeError("no")],
    ["key in the message", error(400, "no", "bad secret-key-12345")],
    ["escaped key", error(400, "no", `bad ${Buffer.from("secret-key-12345").toString("base64")}`)],
    [
      "key in the cause",
      Object.assign(error(400, "no"), { cause: { inner: { header: "Bearer secret-key-12345" } } }),
    ],
    ["picture in the message", error(400, "no", "A".repeat(300))],
  ])("another one fails: %s", async (_what, thrown) => {
    expect(await compare(thrown)).not.toEqual([]);
  });

  test("results of models carry a task", async () => {
    const outcome = { kind: "result", value: [{ predictions: [] }] } as const;
    const check = (value: unknown) =>
      compareOutcome(outcome, { kind: "result", value }, { ...context, hasTask: true });
    expect(await check([{ predictions: [], task: "classification" }])).toEqual([]);
    expect(await check([{ predictions: [] }])).toHaveLength(1);
    expect(await check([{ predictions: [], task: "guessing" }])).toHaveLength(1);
  });
});

test.each([
  [{ json: { message: "m", detail: "d" } }, { equals: "m" }],
  [{ json: { message: "", detail: "d" } }, { equals: "d" }],
  [{ json: { message: "m", inner_error_message: "i" } }, { equals: "m. More details: i" }],
  [{ json: { message: "m", inner_error_message: null } }, { equals: "m" }],
  [{ json: { error: "e" } }, { equals: "e" }],
  [{ json: {} }, { equals: null }],
  [{ json: null }, { equals: null }],
  [{ json: ["a"] }, { contains: ["a"] }],
  [
    { json: { detail: [{ msg: "Field required", input: { api_key: "my-secret-key" } }] } },
    { contains: ["Field required"] },
  ],
  [{ text: "plain é" }, { equals: "plain é" }],
  [{ text: "<html>Bad Gateway</html>", content_type: "text/html" }, { contains: ["Bad Gateway"] }],
  [{ text: '{"message": "cut', content_type: "application/json" }, { equals: '{"message": "cut' }],
  [{ text: "wrong my-secret-key" }, { equals: "wrong my***ey" }],
  [{}, { equals: null }],
])("what the server says in %j", (body, expected) => {
  const response = { status: 400, headers: {}, body, delayMs: 0, for: {} };
  expect(expectedServerMessage(response, "my-secret-key")).toEqual(expected);
});
