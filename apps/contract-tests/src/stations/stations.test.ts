import type { InferenceEvent } from "@inference-ts/sdk";
import { describe, expect, test } from "vitest";
import { ENTRIES, eventsOf } from "../rig/entries.ts";
import { allOf, failureOf } from "../rig/failures.ts";
import { NO_PICTURE, PIXEL, pixels } from "../rig/images.ts";
import { detect, json, MODEL, startServer } from "../rig/server.ts";

const KEY = "test-key-0123456789";

/** What is written of an event beside its station, so that a sequence can be read. */
const DETAILS: {
  readonly [S in InferenceEvent["station"]]: (event: Extract<InferenceEvent, { station: S }>) => string;
} = {
  call: (event) => `${event.method} ${event.mode} ${event.images ?? "-"}`,
  plan: (event) => `${event.modelId} ${event.task ?? "-"} ${event.batchSize}x${event.concurrency}`,
  load: (event) => `#${event.index} ${event.label} ${event.byteLength}`,
  batch: (event) => event.indexes.map((index) => `#${index}`).join(" "),
  endpoint: (event) => event.operation,
  send: (event) =>
    `${event.attempt}: ${event.status ?? "no answer"}${event.retryInMs === undefined ? "" : ", again"}`,
  fail: (event) => `${event.code} ${event.indexes.map((index) => `#${index}`).join(" ")}`.trim(),
  decode: (event) => `#${event.index} ${event.task}`,
};

function line<S extends InferenceEvent["station"]>(event: Extract<InferenceEvent, { station: S }>): string {
  const station: S = event.station;
  return `${station}: ${DETAILS[station](event)}`;
}

const sequence = (events: readonly InferenceEvent[]) => events.map(line);

/** An image of usual length: a run of a few dozen characters is not taken for an image. */
const PICTURE = Uint8Array.from([...PIXEL, ...new Uint8Array(600).fill(0x5a)]);
const PICTURE_BASE64 = Buffer.from(PICTURE).toString("base64");

const SIZE = PIXEL.length;
const FIRST_QUESTION = ["endpoint: GET /model/registry", "send: 1: 200"];

describe.each(ENTRIES)("$name", ({ open }) => {
  test("v1: the model is asked for once, then call, plan, load, batch, endpoint, send, decode", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL, apiKey: KEY });
    const events = eventsOf(client);
    const further = [
      `plan: ${MODEL} object-detection 1x1`,
      `load: #0 bytes ${SIZE}`,
      "batch: #0",
      "endpoint: POST /infer/object_detection",
      "send: 1: 200",
      "decode: #0 object-detection",
    ];
    await client.infer(PIXEL);
    expect(sequence(events)).toEqual(["call: infer v1 1", ...FIRST_QUESTION, ...further]);
    events.length = 0;
    await client.infer(PIXEL);
    expect(sequence(events)).toEqual(["call: infer v1 1", ...further]);
    expect(new Set(events.map((event) => event.callId)).size).toBe(1);
  });

  test("v0: nothing is asked about the model, its task is known at decode", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL, apiKey: KEY, apiMode: "v0" });
    const events = eventsOf(client);
    await client.infer(PIXEL);
    expect(sequence(events)).toEqual([
      "call: infer v0 1",
      `plan: ${MODEL} - 1x1`,
      `load: #0 bytes ${SIZE}`,
      "batch: #0",
      "endpoint: POST /{project}/{version}",
      "send: 1: 200",
      "decode: #0 object-detection",
    ]);
  });

  test("a batch is loaded, sent once, decoded one by one", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await client.infer(PIXEL);
    const events = eventsOf(client);
    await client.infer(pixels(3), { maxBatchSize: 2 });
    expect(sequence(events)).toEqual([
      "call: infer v1 3",
      `plan: ${MODEL} object-detection 2x1`,
      `load: #0 bytes ${SIZE}`,
      `load: #1 bytes ${SIZE}`,
      "batch: #0 #1",
      "endpoint: POST /infer/object_detection",
      "send: 1: 200",
      "decode: #0 object-detection",
      "decode: #1 object-detection",
      `load: #2 bytes ${SIZE}`,
      "batch: #2",
      "endpoint: POST /infer/object_detection",
      "send: 1: 200",
      "decode: #2 object-detection",
    ]);
  });

  test("a retry is one more send, not one more endpoint", async () => {
    await using server = await startServer({
      infer: (request, response) => {
        if (request.nth === 0) json(response, {}, 503);
        else if (request.nth === 1) response.socket?.resetAndDestroy();
        else detect(request, response);
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL, apiMode: "v0", apiKey: KEY });
    const events = eventsOf(client);
    await client.infer(PIXEL);
    const sent = sequence(events).filter((text) => /^(endpoint|send)/.test(text));
    expect(sent[0]).toBe("endpoint: POST /{project}/{version}");
    expect(sent.slice(0, 2)).toEqual(["endpoint: POST /{project}/{version}", "send: 1: 503, again"]);
    expect(sent.at(-1)).toMatch(/^send: [23]: 200$/);
    expect(sent.filter((text) => text.startsWith("endpoint"))).toHaveLength(1);
  });

  test.each([
    [400, ["send: 1: 400", "fail: HTTP_ERROR"]],
    [503, ["send: 1: 503, again", "send: 2: 503, again", "send: 3: 503", "fail: HTTP_ERROR"]],
  ])("status %i ends with its last send and fail", async (status, end) => {
    await using server = await startServer({ infer: (_request, response) => json(response, {}, status) });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const events = eventsOf(client);
    await failureOf(client.infer(PIXEL));
    expect(sequence(events)).toEqual([
      "call: infer v1 1",
      ...FIRST_QUESTION,
      `plan: ${MODEL} object-detection 1x1`,
      `load: #0 bytes ${SIZE}`,
      "batch: #0",
      "endpoint: POST /infer/object_detection",
      ...end,
    ]);
  });

  test("a failure before sending has no send, one without an answer a send without status", async () => {
    await using server = await startServer({ infer: () => undefined });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const events = eventsOf(client);
    await failureOf(client.infer(NO_PICTURE));
    expect(sequence(events)).toEqual(["call: infer v1 1", "fail: INVALID_INPUT_FORMAT"]);
    events.length = 0;
    await failureOf(client.infer(PIXEL, { timeoutMs: 30 }));
    expect(sequence(events).slice(-3)).toEqual([
      "endpoint: POST /infer/object_detection",
      "send: 1: no answer",
      "fail: TIMEOUT",
    ]);
  });

  test("inferEach reports a failed image by its place and goes on", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const events = eventsOf(client);
    await allOf(client.inferEach([PIXEL, NO_PICTURE, PIXEL]));
    expect(sequence(events).filter((text) => /^(call|fail|decode)/.test(text))).toEqual([
      "call: inferEach v1 3",
      "decode: #0 object-detection",
      "fail: INVALID_INPUT_FORMAT #1",
      "decode: #2 object-detection",
    ]);
  });

  test.each([
    ["getServerInfo", "GET /info"],
    ["listLoadedModels", "GET /model/registry"],
    ["unloadAllModels", "POST /model/clear"],
  ] as const)("%s: call, endpoint, send", async (method, operation) => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url });
    const events = eventsOf(client);
    await client[method]();
    expect(sequence(events)).toEqual([`call: ${method} v1 -`, `endpoint: ${operation}`, "send: 1: 200"]);
  });

  test("every call has an id of its own, also on derived clients", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const events = eventsOf(client);
    await Promise.all([client.infer(PIXEL), client.with({}).infer(PIXEL), client.getServerInfo()]);
    const calls = events.filter((event) => event.station === "call");
    expect(new Set(calls.map((event) => event.callId)).size).toBe(3);
  });

  test("no event holds the key, the image, its address's query or a result", async () => {
    await using images = await startServer({
      infer: (_request, response) => response.writeHead(200, { "content-type": "image/png" }).end(PICTURE),
    });
    await using server = await startServer({
      infer: (request, response) =>
        request.nth % 2 === 0
          ? detect(request, response)
          : json(
              response,
              { message: `bad ${request.text} ${request.headers.authorization} ${request.query}` },
              400,
            ),
    });
    for (const apiMode of ["v0", "v1"] as const) {
      await using client = open({
        apiUrl: server.url,
        apiMode,
        modelId: MODEL,
        apiKey: KEY,
        configuration: {
          apiKeyTransport: "both",
          serviceSecret: "service-secret-9876",
          countInference: false,
        },
      });
      const events = eventsOf(client);
      for (const image of [
        PICTURE_BASE64,
        `${images.url}/a/b.png?token=token-of-the-url-1`,
        `data:image/png;base64,${PICTURE_BASE64}`,
        PICTURE,
      ]) {
        await client.infer(image).catch(() => undefined);
      }
      const text = JSON.stringify(events);
      for (const secret of [
        KEY,
        "service-secret-9876",
        "token-of-the-url-1",
        PICTURE_BASE64,
        '"confidence"',
      ]) {
        expect(text.includes(secret)).toBe(false);
      }
      expect(events.filter((event) => event.station === "fail").length).toBeGreaterThan(0);
      expect(events.filter((event) => event.station === "decode").length).toBeGreaterThan(0);
    }
  });

  test("a listener that throws breaks neither the call nor the other listeners", async () => {
    await using server = await startServer();
    await using client = open({
      apiUrl: server.url,
      modelId: MODEL,
      onEvent: () => {
        throw new Error("the logger is full");
      },
    });
    client.observe(() => {
      throw new Error("and so is this one");
    });
    const events = eventsOf(client);
    expect((await client.infer(PIXEL)).task).toBe("object-detection");
    expect(await failureOf(client.infer(NO_PICTURE))).toMatchObject({ code: "INVALID_INPUT_FORMAT" });
    expect(events.at(-1)?.station).toBe("fail");
  });

  test("a listener can be removed, twice and while it is being told", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url });
    const once: InferenceEvent[] = [];
    const always = eventsOf(client);
    const stop = client.observe((event) => {
      once.push(event);
      stop();
    });
    const same: InferenceEvent[] = [];
    const listener = (event: InferenceEvent) => same.push(event);
    const stopFirst = client.observe(listener);
    client.observe(listener);
    stopFirst();
    stopFirst();
    await client.getServerInfo();
    expect(once).toHaveLength(1);
    expect(always).toHaveLength(3);
    expect(same).toHaveLength(3);
  });
});
