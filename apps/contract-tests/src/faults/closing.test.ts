import { describe, expect, test } from "vitest";
import { ENTRIES } from "../rig/entries.ts";
import { allOf, failureOf } from "../rig/failures.ts";
import { PIXEL, pixels } from "../rig/images.ts";
import { detect, json, MODEL, silent, startServer } from "../rig/server.ts";

describe.each(ENTRIES)("$name", ({ name, open }) => {
  test("close ends the running calls with CLOSED", async () => {
    await using server = await startServer({ infer: silent });
    const client = open({ apiUrl: server.url, modelId: MODEL, timeoutMs: null });
    const calls = [
      client.infer(PIXEL),
      client.infer(pixels(5), { maxConcurrentRequests: 2 }),
      client.with({}).infer(PIXEL),
    ];
    const failures = Promise.all(calls.map((call) => failureOf(call)));
    await server.whenInferences(4);
    await client.close();
    for (const error of await failures) {
      expect(error.code).toBe("CLOSED");
      expect(error.message).toContain("new client");
    }
    expect(server.inferences).toHaveLength(4);
  });

  test("close ends inferEach with one CLOSED, whatever is left of its source; nothing more is sent", async () => {
    await using server = await startServer({
      infer: (request, response) => (request.nth === 0 ? detect(request, response) : undefined),
    });
    const client = open({ apiUrl: server.url, modelId: MODEL, timeoutMs: null });
    const outcomes: string[] = [];
    let left = false;
    const endless = (function* () {
      try {
        for (;;) yield PIXEL;
      } finally {
        left = true;
      }
    })();
    const run = async () => {
      for await (const item of client.inferEach(endless)) {
        outcomes.push(item.ok ? "ok" : item.error.code);
        if (outcomes.length > 9) break;
        if (item.index > 0) continue;
        await server.whenInferences(2);
        await client.close();
      }
    };
    expect((await failureOf(run)).code).toBe("CLOSED");
    expect(outcomes).toEqual(["ok"]);
    expect(left).toBe(true);
    expect(server.inferences).toHaveLength(2);
  });

  test("close ends the wait for the next attempt", async () => {
    await using server = await startServer({
      infer: (_request, response) => json(response, {}, 503, { "retry-after": "50" }),
    });
    const client = open({ apiUrl: server.url, modelId: MODEL });
    const waiting = new Promise<void>((resolve) => {
      client.observe((event) => {
        if (event.station === "send" && event.retryInMs !== undefined) resolve();
      });
    });
    const failure = failureOf(client.infer(PIXEL));
    await waiting;
    await client.close();
    expect((await failure).code).toBe("CLOSED");
    expect(server.inferences).toHaveLength(1);
  });

  test("close ends the download of an image", async () => {
    await using images = await startServer({ infer: silent });
    await using server = await startServer();
    const client = open({ apiUrl: server.url, modelId: MODEL, timeoutMs: null });
    const failure = failureOf(client.infer(`${images.url}/a/b.jpg`));
    await images.whenInferences(1);
    await client.close();
    expect((await failure).code).toBe("CLOSED");
  });

  test("close ends the question for the model's description", async () => {
    await using server = await startServer({ "/model/registry": silent });
    const client = open({ apiUrl: server.url, modelId: MODEL, timeoutMs: null });
    const failures = Promise.all([failureOf(client.infer(PIXEL)), failureOf(client.getModelDescription())]);
    await server.whenSeen(1);
    await client.close();
    for (const error of await failures) expect(error.code).toBe("CLOSED");
  });

  test("a closed client sends nothing, whatever is called; closing twice is fine", async () => {
    await using server = await startServer();
    const client = open({ apiUrl: server.url, modelId: MODEL });
    const derived = client.with({ apiMode: "v1" });
    await Promise.all([client.close(), derived.close()]);
    await client.close();
    for (const closed of [client, derived]) {
      for (const call of [
        () => closed.infer(PIXEL),
        () => closed.infer([PIXEL]),
        () => closed.inferFromApiV0(PIXEL),
        () => closed.inferFromApiV1(PIXEL),
        () => allOf(closed.inferEach([PIXEL])),
        () => closed.getServerInfo(),
        () => closed.getModelDescription(),
        () => closed.listLoadedModels(),
        () => closed.loadModel(MODEL),
        () => closed.unloadModel(MODEL),
        () => closed.unloadAllModels(),
      ]) {
        const error = await failureOf(call);
        expect(error.code).toBe("CLOSED");
        expect(error.message).toContain(server.url);
      }
    }
    expect(server.seen).toEqual([]);
  });

  test.runIf(name.endsWith("/node"))("close leaves no connection, also not after failures", async () => {
    await using server = await startServer({
      infer: (request, response) => (request.nth % 2 === 0 ? detect(request, response) : undefined),
    });
    const client = open({ apiUrl: server.url, modelId: MODEL, timeoutMs: 30 });
    await Promise.allSettled(Array.from({ length: 10 }, () => client.infer(PIXEL)));
    expect(server.openConnections()).toBeGreaterThan(0);
    await client.close();
    await server.whenConnections(0);
  });

  test("whoever closes second waits for the same end", async () => {
    const released = Promise.withResolvers<void>();
    const ends: string[] = [];
    const transport = {
      name: "slow to close",
      send: () => Promise.reject(new Error("not asked")),
      close: () => released.promise,
    };
    const client = open({ apiUrl: "http://server.test", transport });
    const closing = [client.close(), client.with({}).close()].map(async (close, index) => {
      await close;
      ends.push(`close ${index}`);
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(ends).toEqual([]);
    released.resolve();
    await Promise.all(closing);
    expect(ends).toHaveLength(2);
  });

  test("await using closes the client", async () => {
    await using server = await startServer();
    const used = await (async () => {
      await using client = open({ apiUrl: server.url });
      await client.getServerInfo();
      return client;
    })();
    expect((await failureOf(used.getServerInfo())).code).toBe("CLOSED");
  });
});
