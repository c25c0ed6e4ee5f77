import { inspect } from "node:util";
import {
  AbortedError,
  ClosedError,
  HTTPCallError,
  InferenceTimeoutError,
  ServerConnectionError,
} from "@inference-ts/errors";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Script, scriptedClient } from "../testing/scripted-client.ts";

const LOADING: Script = {
  status: 503,
  json: { error: "Model user/model is currently loading", estimated_time: 20 },
};
const MASKS: Script = { json: [{ score: 1, token: 1, token_str: "a", sequence: "a" }] };

beforeAll(async () => {
  // Code that is loaded on demand takes real time.
  await scriptedClient([LOADING, MASKS], { model: "user/model", timeout: 0.3 })
    .client.fillMask("a")
    .catch(() => undefined);
  await scriptedClient([{ pieces: ["data: 1\n\n"] }], { model: "user/model" }).client.post({ stream: true });
});

describe("a model that is loading", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is asked for again, the serverless API with the wish to wait", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const events: unknown[] = [];
    const { client, requests } = scriptedClient([LOADING, LOADING, MASKS], {
      model: "user/model",
      onLoading: (event) => events.push(event),
    });
    const call = client.fillMask("a");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(requests).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await call).toEqual(MASKS.json);
    expect(requests.map(({ headers }) => headers["x-wait-for-model"])).toEqual([undefined, "1", "1"]);
    expect(events).toEqual([
      { attempts: 1, delayMs: 10_000, estimatedTimeMs: 20_000 },
      { attempts: 2, delayMs: 10_000, estimatedTimeMs: 20_000 },
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("the caller's own wish about waiting stays", async () => {
    const headers = { "X-Wait-For-Model": "0" };
    const { client, requests } = scriptedClient([LOADING, MASKS], { model: "user/model", headers });
    const call = client.fillMask("a");
    // Code that is loaded for the caller's headers takes its own time.
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(10_000);
      expect(requests).toHaveLength(2);
    });
    await call;
    expect(requests[1]?.headers["x-wait-for-model"]).toBe("0");
  });

  test("an endpoint is not told to wait", async () => {
    const { client, requests } = scriptedClient([{ status: 503 }, MASKS], { model: "https://a.example.com" });
    const call = client.fillMask("a");
    await vi.advanceTimersByTimeAsync(1000);
    await call;
    expect(requests[1]?.headers).not.toHaveProperty("x-wait-for-model");
  });

  test("and never gets ready ends in InferenceTimeoutError with what is known", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const { client, requests } = scriptedClient([LOADING], { model: "user/model", timeout: 6 });
    const call = client.fillMask("a").catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(6000);
    const error = await call;
    expect(error).toBeInstanceOf(InferenceTimeoutError);
    expect(error).toMatchObject({
      code: "TIMEOUT",
      attempts: 4,
      status: 503,
      estimatedTimeMs: 20_000,
      timeoutMs: 6000,
      cause: { code: "HTTP_ERROR", status: 503 },
    });
    expect(requests).toHaveLength(4);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("sends at most 3 requests in 1.5 s", async () => {
    for (const script of [
      LOADING,
      { status: 503, json: { estimated_time: 0.01 } },
      { status: 503, text: "busy" },
    ]) {
      const { client, requests } = scriptedClient([script], { model: "user/model", timeout: 1.5 });
      const call = client.fillMask("a").catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(1500);
      expect(await call).toBeInstanceOf(InferenceTimeoutError);
      expect(requests.length).toBeGreaterThan(1);
      expect(requests.length).toBeLessThanOrEqual(3);
    }
  });

  test("an abort ends the waiting at once", async () => {
    const controller = new AbortController();
    const { client } = scriptedClient([LOADING], { model: "user/model" });
    const call = client.fillMask("a", { signal: controller.signal }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(100);
    controller.abort(new Error("enough"));
    expect(await call).toBeInstanceOf(AbortedError);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("the client's end ends the waiting at once", async () => {
    const { client } = scriptedClient([LOADING], { model: "user/model" });
    const call = client.fillMask("a").catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(100);
    await client.close();
    expect(await call).toBeInstanceOf(ClosedError);
    await expect(client.fillMask("a")).rejects.toBeInstanceOf(ClosedError);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("the status of a model is not waited for", async () => {
    const { client, requests } = scriptedClient([LOADING], { model: "user/model" });
    await expect(client.getModelStatus()).rejects.toMatchObject({ code: "HTTP_ERROR", status: 503 });
    expect(requests).toHaveLength(1);
  });
});

describe("an answer with an error", () => {
  test.each([400, 401, 404, 422, 429, 500, 502, 504])("%i is not asked for again", async (status) => {
    const { client, requests } = scriptedClient([{ status, json: { error: ["one", "two"] } }], {
      model: "user/model",
    });
    const error = await client.fillMask("a").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HTTPCallError);
    expect(error).toMatchObject({ status, serverMessage: "one\ntwo" });
    expect(requests).toHaveLength(1);
  });

  test("is asked for again where the caller wants it", async () => {
    const retry = { maxAttempts: 2, baseDelayMs: 1 };
    const { client, requests } = scriptedClient([{ status: 429 }, MASKS], { model: "user/model", retry });
    expect(await client.fillMask("a")).toEqual(MASKS.json);
    expect(requests).toHaveLength(2);
  });

  test("is asked for again after each wait for a loading model", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const soon: Script = { status: 503, headers: { "retry-after": "0.01" } };
    const retry = { maxAttempts: 2, baseDelayMs: 1 };
    const script = [{ status: 502 }, soon, { status: 502 }, MASKS];
    const { client, requests } = scriptedClient(script, { model: "https://a.example.com", retry });
    expect(await client.fillMask("a")).toEqual(MASKS.json);
    expect(requests).toHaveLength(4);
  });

  test("says what the task was when it is not understood", async () => {
    const { client } = scriptedClient([{ status: 422, json: { error: "no" } }], { model: "user/model" });
    await expect(client.fillMask("a")).rejects.toThrow("supports the task fill-mask");
  });

  test("hides the token and the values of the query", async () => {
    const token = "hf_secret0123456789";
    const { client } = scriptedClient(
      [{ status: 401, json: { error: `bad token ${token} for key abcdef` } }],
      {
        model: "https://a.example.com/run?api_key=abcdef",
        token,
      },
    );
    const error = await client.fillMask("a").catch((caught: unknown) => caught);
    expect(`${error}`).not.toMatch(/hf_secret0123456789|abcdef/);
  });
});

describe("credentials are not said back", () => {
  const token = "hf_secret0123456789";
  const key = "gateway-key-0123456789";
  const said = `you sent ${token} and ${key}`;
  test.each<[string, Script]>([
    ["in an answer with an error status", { status: 401, json: { error: said } }],
    [
      "in an error with a good status",
      { json: { error: said, error_type: said }, headers: { "x-request-id": key } },
    ],
    ["in an answer that is no JSON", { text: `${"x".repeat(85)}${said}` }],
  ])("%s", async (_name, script) => {
    const { client } = scriptedClient([script], {
      model: "https://a.example.com/run",
      token,
      headers: { "X-Api-Key": key },
    });
    const error: unknown = await client.fillMask("a").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    const shown = `${error} ${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`;
    expect(shown).not.toMatch(/hf_secret|gateway-key/);
    expect(shown).not.toContain("hf_se");
  });

  test.each([
    ["an error", `data: {"error": "${said}"}\n\n`],
    ["no JSON", `data: ${"x".repeat(85)}${said}\n\n`],
    ["no event", `<p>${said}</p>`],
  ])("in a stream that holds %s", async (...[, text]) => {
    const { client } = scriptedClient([{ pieces: [text] }], {
      model: "https://a.example.com/run",
      token,
      headers: { "X-Api-Key": key },
    });
    const read = async () => {
      for await (const _item of await client.textGeneration("a", { stream: true }));
    };
    const error: unknown = await read().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(`${error} ${inspect(error, { depth: 9 })}`).not.toMatch(/hf_se|gateway-key/);
  });
});

describe("a redirect", () => {
  const to = (location: string, status = 307): Script => ({ status, headers: { location } });
  const endpoints = { inference: "https://a.example.com", hub: "https://a.example.com" };

  test("of the same origin is followed with body and token", async () => {
    const { client, requests } = scriptedClient([to("/other?x=1"), MASKS], {
      model: "https://a.example.com/x",
      token: "hf_a",
    });
    expect(await client.fillMask("a")).toEqual(MASKS.json);
    expect(requests[1]).toEqual({ ...requests[0], url: "https://a.example.com/other?x=1" });
  });

  test("to another origin leaves token and cookies behind", async () => {
    const options = { model: "https://a.example.com/x", token: "hf_a", cookies: { a: "1" } };
    const { client, requests } = scriptedClient([to("https://b.example.com/"), MASKS], options);
    await client.fillMask("a");
    expect(requests[1]?.headers).toEqual({ accept: "*/*", "content-type": "application/json" });
  });

  test.each<[string, Script]>([
    ["that would lose the body", to("/other", 302)],
    ["from https to http", to("http://a.example.com/other")],
    ["to no address", to("mailto:me@example.com")],
    ["without an address", { status: 307 }],
  ])("%s is an error", async (_what, script) => {
    const { client, requests } = scriptedClient([script, MASKS], { model: "https://a.example.com/x" });
    await expect(client.fillMask("a")).rejects.toMatchObject({ code: "HTTP_ERROR", status: script.status });
    expect(requests).toHaveLength(1);
  });

  test("in a circle ends", async () => {
    const { client, requests } = scriptedClient([to("/x")], { model: "https://a.example.com/x" });
    await expect(client.fillMask("a")).rejects.toBeInstanceOf(HTTPCallError);
    expect(requests).toHaveLength(11);
  });

  test("of the hub is followed, one of a health check is not", async () => {
    const machine = {
      token: null,
      offersToken: false,
      mayReceiveToken: () => false,
      endpoints,
      offline: false,
    };
    const status = { json: { loaded: true, state: "Loaded", compute_type: "cpu", framework: "x" } };
    const { client } = scriptedClient([to("/status/new/name", 301), status], { model: "old/name" }, machine);
    expect(await client.getModelStatus()).toEqual(status.json);
    const health = scriptedClient([to("/login", 302), MASKS], { model: "https://a.example.com/x" });
    expect(await health.client.healthCheck()).toBe(false);
    expect(health.requests).toHaveLength(1);
  });
});

describe("a request", () => {
  test("carries user and password of the address only where there is no token", async () => {
    for (const [token, expected] of [
      [false, `Basic ${btoa("me:pass word")}`],
      ["hf_a", "Bearer hf_a"],
    ] as const) {
      const { client, requests } = scriptedClient([MASKS], {
        model: "https://me:pass%20word@a.example.com/x",
        token,
      });
      await client.fillMask("a");
      expect(requests[0]).toMatchObject({
        url: "https://a.example.com/x",
        headers: { authorization: expected },
      });
    }
  });

  test("is not sent where the machine is offline", async () => {
    const endpoints = { inference: "https://a.example.com", hub: "https://b.example.com" };
    const machine = {
      token: null,
      offersToken: true,
      mayReceiveToken: () => false,
      endpoints,
      offline: true,
    };
    const { client, requests } = scriptedClient([MASKS], { model: "user/model" }, machine);
    await expect(client.fillMask("a")).rejects.toBeInstanceOf(ServerConnectionError);
    const download = client.objectDetection("https://c.example.com/cat.png");
    await expect(download).rejects.toThrow(/HF_HUB_OFFLINE/);
    expect(requests).toHaveLength(0);
  });

  test("asks for the recommended model once, without a token, and again after a failure", async () => {
    const tasks = { json: { "fill-mask": { widgetModels: ["best/one"] } } };
    const { client, requests } = scriptedClient([{ status: 500 }, tasks, MASKS, MASKS], { token: "hf_a" });
    await expect(client.fillMask("a")).rejects.toBeInstanceOf(HTTPCallError);
    await client.fillMask("a");
    await client.fillMask("b");
    expect(requests.map(({ url }) => new URL(url).pathname)).toEqual([
      "/api/tasks",
      "/api/tasks",
      "/models/best/one",
      "/models/best/one",
    ]);
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      undefined,
      "Bearer hf_a",
      "Bearer hf_a",
    ]);
  });
});
