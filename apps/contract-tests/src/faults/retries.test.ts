import { describe, expect, test } from "vitest";
import { AT_ONCE, type Client, ENTRIES, eventsOf } from "../rig/entries.ts";
import { failureOf } from "../rig/failures.ts";
import { PIXEL } from "../rig/images.ts";
import { detect, json, MODEL, startServer } from "../rig/server.ts";

describe.each(ENTRIES)("$name", ({ open }) => {
  test.each([429, 502, 503, 504])("status %i is tried three times, then thrown", async (status) => {
    await using server = await startServer({
      infer: (_request, response) => json(response, { message: "later" }, status),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const error = await failureOf(client.infer(PIXEL));
    expect(error).toMatchObject({ code: "HTTP_ERROR", status, attempts: 3, serverMessage: "later" });
    expect(server.inferences).toHaveLength(3);
  });

  test.each([400, 401, 402, 403, 404, 408, 410, 413, 422, 423, 500, 501, 507])(
    "status %i is thrown at once",
    async (status) => {
      await using server = await startServer({
        infer: (_request, response) => json(response, { message: "no" }, status),
      });
      await using client = open({ apiUrl: server.url, modelId: MODEL });
      expect(await failureOf(client.infer(PIXEL))).toMatchObject({ status, attempts: 1 });
      expect(server.inferences).toHaveLength(1);
    },
  );

  test("two refusals and a success are one success with three attempts", async () => {
    await using server = await startServer({
      infer: (request, response) =>
        request.nth < 2 ? json(response, {}, [502, 429][request.nth]) : detect(request, response),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const { meta } = await client.infer(PIXEL).withMeta();
    expect(meta.requests.at(-1)).toMatchObject({ status: 200, attempts: 3 });
  });

  test.each(["getServerInfo", "listLoadedModels", "unloadAllModels"] as const)(
    "%s is tried again too",
    async (method) => {
      let requests = 0;
      const flaky = (ok: object) => (_request: object, response: Parameters<typeof json>[0]) => {
        requests += 1;
        json(response, ok, requests < 3 ? 503 : 200);
      };
      await using server = await startServer({
        "/info": flaky({ name: "n", version: "v", uuid: "u" }),
        "/model/registry": flaky({ models: [] }),
        "/model/clear": flaky({ models: [] }),
      });
      await using client = open({ apiUrl: server.url });
      await client[method]();
      expect(requests).toBe(3);
    },
  );

  test("Retry-After is the wait before the next attempt", async () => {
    const arrivals: number[] = [];
    await using server = await startServer({
      infer: (request, response) => {
        arrivals.push(performance.now());
        if (request.nth === 0) json(response, { message: "loading" }, 503, { "retry-after": "0.05" });
        else detect(request, response);
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const events = eventsOf(client);
    await client.infer(PIXEL);
    const [first = 0, second = 0] = arrivals;
    // Timers may fire a fraction of a millisecond early.
    expect(second - first).toBeGreaterThanOrEqual(49);
    expect(events.filter((event) => event.station === "send").map((event) => event.retryInMs)).toEqual([
      undefined,
      50,
      undefined,
    ]);
  });

  test("a Retry-After of a minute and more ends the call with the server's error", async () => {
    await using server = await startServer({
      infer: (_request, response) => json(response, { message: "much later" }, 503, { "retry-after": "61" }),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    expect(await failureOf(client.infer(PIXEL))).toMatchObject({
      status: 503,
      attempts: 1,
      retryAfterMs: 61_000,
    });
  });

  test("a Retry-After beyond the deadline ends the call at once instead of waiting for nothing", async () => {
    await using server = await startServer({
      infer: (_request, response) => json(response, { message: "later" }, 503, { "retry-after": "30" }),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL, timeoutMs: 10_000 });
    expect(await failureOf(client.infer(PIXEL))).toMatchObject({
      code: "HTTP_ERROR",
      status: 503,
      attempts: 1,
    });
  });

  test("maxAttempts 1 switches retries off", async () => {
    await using server = await startServer({ infer: (_request, response) => json(response, {}, 503) });
    await using client = open({ apiUrl: server.url, modelId: MODEL, retry: { maxAttempts: 1 } });
    expect(await failureOf(client.infer(PIXEL))).toMatchObject({ status: 503, attempts: 1 });
    expect(server.inferences).toHaveLength(1);
  });

  test("fields that are undefined keep their defaults", async () => {
    await using server = await startServer({ infer: (_request, response) => json(response, {}, 503) });
    const retry = { ...AT_ONCE, maxAttempts: undefined, statuses: undefined, maxRetryAfterMs: undefined };
    await using client: Client = Reflect.apply(open, undefined, [
      { apiUrl: server.url, modelId: MODEL, retry },
    ]);
    const signal = AbortSignal.timeout(5_000);
    expect(await failureOf(client.infer(PIXEL, { signal }))).toMatchObject({ status: 503, attempts: 3 });
  });
});
