import type { ErrorCode } from "@inference-ts/sdk";
import { describe, expect, test } from "vitest";
import { type Client, ENTRIES, type Entry } from "../rig/entries.ts";
import { allOf, failureOf } from "../rig/failures.ts";
import { PIXEL } from "../rig/images.ts";
import { MODEL, startServer } from "../rig/server.ts";

/** Options as untyped programs and configuration files give them. */
type Untyped = Readonly<Record<string, unknown>>;

const openUntyped = (open: Entry["open"], options: Untyped): Client =>
  Reflect.apply(open, undefined, [options]);
const inferUntyped = (client: Client, options: Untyped): Promise<unknown> =>
  Reflect.apply(client.infer, client, [PIXEL, options]);

/** Options of the client, and what the message must name. */
const OPTIONS: readonly (readonly [name: string, options: Untyped, says: readonly RegExp[]])[] = [
  ["an empty address", { apiUrl: "" }, [/address/, /http:\/\/localhost:9001/]],
  ["an address without a scheme", { apiUrl: "localhost:9001" }, [/localhost:9001/, /http:\/\//]],
  ["an address that is no URL", { apiUrl: "not a url" }, [/not a url/, /http:\/\//]],
  ["an address of another scheme", { apiUrl: "ftp://server" }, [/ftp/, /http:\/\//]],
  ["an address with a password", { apiUrl: "http://user:hidden-password@server" }, [/password/, /apiKey/]],
  ["an address with a query", { apiUrl: "http://server/?api_key=hidden-password" }, [/query/, /apiKey/]],
  ["no address", { apiUrl: undefined }, [/address/]],
  ["an empty key", { apiKey: "" }, [/key is empty/, /leave apiKey out/]],
  ["a key of spaces", { apiKey: "   " }, [/key is empty/]],
  ["a key with a line break", { apiKey: "hidden-password\n" }, [/line break/, /Trim/]],
  ["a key that is no text", { apiKey: 7 }, [/string/]],
  ["an unknown mode", { apiMode: "v2" }, [/v2/, /v0.*v1/]],
  ["a deadline of 0", { timeoutMs: 0 }, [/timeoutMs \(0\)/, /null/]],
  ["a negative deadline", { timeoutMs: -5 }, [/timeoutMs \(-5\)/]],
  ["a deadline of NaN", { timeoutMs: Number.NaN }, [/timeoutMs \(NaN\)/]],
  ["a deadline as text", { timeoutMs: "30s" }, [/timeoutMs \(30s\)/]],
  ["maxImageBytes of 0", { maxImageBytes: 0 }, [/maxImageBytes \(0\)/]],
  ["maxImagePixels of NaN", { maxImagePixels: Number.NaN }, [/maxImagePixels \(NaN\)/]],
  ["maxResponseBytes of -1", { maxResponseBytes: -1 }, [/maxResponseBytes \(-1\)/]],
  ["maxAttempts of NaN", { retry: { maxAttempts: Number.NaN } }, [/retry\.maxAttempts \(NaN\)/]],
  ["maxAttempts of 0", { retry: { maxAttempts: 0 } }, [/retry\.maxAttempts \(0\)/]],
  ["a negative wait", { retry: { baseDelayMs: -1 } }, [/retry\.baseDelayMs \(-1\)/]],
  ["a wait of NaN", { retry: { maxDelayMs: Number.NaN } }, [/retry\.maxDelayMs \(NaN\)/]],
  ["statuses that are no list", { retry: { statuses: 503 } }, [/retry\.statuses \(503\)/, /list/]],
  ["statuses of null", { retry: { statuses: null } }, [/retry\.statuses \(null\)/]],
  ["an unknown field", { configuration: { confidence: 0.4 } }, [/"confidence"/, /confidenceThreshold/]],
];

/** Configuration fields. */
const FIELDS: readonly (readonly [configuration: Untyped, says: readonly RegExp[]])[] = [
  [{ confidenceThreshold: Number.NaN }, [/confidenceThreshold/, /NaN/, /0 to 1/]],
  [{ confidenceThreshold: -0.1 }, [/confidenceThreshold/, /-0\.1/]],
  [{ confidenceThreshold: 101 }, [/confidenceThreshold/, /101/]],
  [{ confidenceThreshold: "high" }, [/confidenceThreshold/, /high/, /best/]],
  [{ iouThreshold: Number.POSITIVE_INFINITY }, [/iouThreshold/, /Infinity/]],
  [{ keypointConfidenceThreshold: "0.5" }, [/keypointConfidenceThreshold/, /0\.5/]],
  [{ maxDetections: -1 }, [/maxDetections/, /-1/]],
  [{ maxDetections: 2.5 }, [/maxDetections/, /2\.5/, /whole/]],
  [{ strokeWidth: Number.NaN }, [/strokeWidth/, /NaN/]],
  [{ maxConcurrentRequests: 0 }, [/maxConcurrentRequests/, /0/, /1 or more/]],
  [{ maxConcurrentRequests: 1.5 }, [/maxConcurrentRequests/, /1\.5/]],
  [{ maxBatchSize: Number.NaN }, [/maxBatchSize/, /NaN/]],
  [{ defaultMaxInputSize: 0 }, [/defaultMaxInputSize/]],
  [{ classFilter: "red" }, [/classFilter/, /list of strings/]],
  [{ responseMaskFormat: "png" }, [/responseMaskFormat/, /png/, /polygon.*rle/]],
  [{ apiKeyTransport: "cookie" }, [/apiKeyTransport/, /cookie/, /auto.*header.*legacy.*both/]],
  [{ outputVisualisationFormat: "numpy" }, [/outputVisualisationFormat/, /numpy/]],
  [{ visualizePredictions: "yes" }, [/visualizePredictions/, /true or false/]],
];

const check = async (call: () => unknown, says: readonly RegExp[], code: ErrorCode = "INVALID_PARAMETER") => {
  const error = await failureOf(call);
  expect(error.code).toBe(code);
  for (const part of says) expect(error.message).toMatch(part);
  expect(error.message).not.toContain("hidden-password");
};

describe.each(ENTRIES)("$name", ({ open }) => {
  test.each(OPTIONS)("client: %s is refused by name", async (_name, options, says) => {
    await check(() => openUntyped(open, { apiUrl: "http://127.0.0.1:9", ...options }), says);
  });

  test.each(FIELDS)(
    "configuration %o is refused wherever it is given, nothing is sent",
    async (configuration, says) => {
      await using server = await startServer();
      await check(() => openUntyped(open, { apiUrl: server.url, configuration }), says);
      await using client = open({ apiUrl: server.url, modelId: MODEL });
      await check(() => inferUntyped(client, { configuration }), says);
      await check(() => Reflect.apply(client.configure, client, [configuration]), says);
      await check(() => Reflect.apply(client.with, client, [{ configuration }]), says);
      await check(() => Reflect.apply(client.inferEach, client, [[PIXEL], { configuration }]), says);
      expect(server.seen).toEqual([]);
      // A refused configuration leaves the client as it was.
      expect((await client.infer(PIXEL)).task).toBe("object-detection");
    },
  );

  test.each([
    [{ timeoutMs: 0 }, [/timeoutMs/]],
    [{ timeoutMs: Number.NaN }, [/timeoutMs/]],
    [{ maxConcurrentRequests: 0 }, [/maxConcurrentRequests/]],
    [{ maxConcurrentRequests: -3 }, [/maxConcurrentRequests/]],
    [{ maxBatchSize: 0.5 }, [/maxBatchSize/]],
  ] as const)("call: %o is refused by name, nothing is sent", async (options, says) => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await check(() => client.infer(PIXEL, options), says);
    await check(() => client.infer([PIXEL], options), says);
    await check(() => client.inferEach([PIXEL], options).next(), says);
    if ("timeoutMs" in options) {
      for (const call of [
        () => client.getServerInfo(options),
        () => client.listLoadedModels(options),
        () => client.loadModel(MODEL, options),
        () => client.unloadModel(MODEL, options),
        () => client.with(options),
      ]) {
        await check(call, says);
      }
    }
    expect(server.seen).toEqual([]);
  });

  test("values of a wrong type are refused by name, nothing is sent", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await check(() => Reflect.apply(client.with, client, [{ apiMode: "v2" }]), [/v2/, /v0.*v1/]);
    await check(() => inferUntyped(client, { task: "detection" }), [/"detection"/, /object-detection/]);
    await check(() => inferUntyped(client, { modelId: 7 }), [/model id/], "INVALID_MODEL_ID");
    await check(
      () => Reflect.apply(client.getModelDescription, client, [7]),
      [/model id/],
      "INVALID_MODEL_ID",
    );
    for (const images of [undefined, null, 7, {}]) {
      await check(() => allOf(Reflect.apply(client.inferEach, client, [images])), [/inferEach takes a list/]);
    }
    expect(server.seen).toEqual([]);
  });

  test("what is missing or does not fit the mode has a code of its own, nothing is sent", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url });
    const hosted = client.with({ apiMode: "v0" });
    await check(() => client.infer(PIXEL), [/No model/, /modelId/], "MODEL_NOT_SELECTED");
    await check(() => client.getModelDescription(), [/No model/], "MODEL_NOT_SELECTED");
    await check(() => client.loadModel(""), [/No model/], "MODEL_NOT_SELECTED");
    await check(() => hosted.infer(PIXEL, { modelId: MODEL }), [/key/, /apiKey/], "API_KEY_NOT_PROVIDED");
    for (const modelId of ["a", "a/b/c", "a/", "/b", "../b", "a/.."]) {
      await check(() => hosted.infer(PIXEL, { modelId }), [/project\/version/], "INVALID_MODEL_ID");
    }
    for (const [method, call] of [
      ["listLoadedModels", () => hosted.listLoadedModels()],
      ["loadModel", () => hosted.loadModel(MODEL)],
      ["unloadModel", () => hosted.unloadModel(MODEL)],
      ["unloadAllModels", () => hosted.unloadAllModels()],
      ["getModelDescription", () => hosted.getModelDescription(MODEL)],
      ["inferFromApiV1", () => hosted.inferFromApiV1(PIXEL, { modelId: MODEL })],
    ] as const) {
      await check(call, [new RegExp(method), /v1.*v0/, /apiMode/], "WRONG_CLIENT_MODE");
    }
    expect(server.seen).toEqual([]);
  });

  test("a header that cannot be written is refused without its value", async () => {
    await using server = await startServer();
    for (const headers of [{ "x-note": "hidden-password\r\nx: y" }, { "bad name": "hidden-password" }]) {
      await using client = open({ apiUrl: server.url, headers });
      await check(() => client.getServerInfo(), [/header/i]);
    }
    expect(server.seen).toEqual([]);
  });

  test("a task that the model does not have is an error that names both", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await check(
      () => client.infer(PIXEL, { task: "classification" }),
      [/shapes\/1/, /classification/],
      "INVALID_RESPONSE",
    );
  });
});
