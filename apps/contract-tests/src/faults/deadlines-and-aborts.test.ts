import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ENTRIES, eventsOf } from "../rig/entries.ts";
import { allOf, failureOf } from "../rig/failures.ts";
import { PIXEL, pixels } from "../rig/images.ts";
import { detect, json, MODEL, REGISTRY, silent, startServer } from "../rig/server.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(ENTRIES)("$name: deadlines", ({ open }) => {
  test("a server that never answers: TIMEOUT that names the deadline and what was waited for", async () => {
    await using server = await startServer({ infer: silent });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await client.getModelDescription();
    const error = await failureOf(client.infer(PIXEL, { timeoutMs: 100 }));
    expect(error).toMatchObject({ code: "TIMEOUT", timeoutMs: 100 });
    expect(error.message).toMatch(/100 ms.*\/infer\/object_detection.*timeoutMs/s);
    expect(server.inferences).toHaveLength(1);
  });

  test("a body that stalls: TIMEOUT, and the connection is closed", async () => {
    const closed = Promise.withResolvers<void>();
    await using server = await startServer({
      infer: (_request, response) => {
        response.on("close", () => closed.resolve());
        response.writeHead(200, { "content-type": "application/json", "content-length": 1_000 });
        response.write("{");
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await client.getModelDescription();
    expect(await failureOf(client.infer(PIXEL, { timeoutMs: 150 }))).toMatchObject({ code: "TIMEOUT" });
    await closed.promise;
  });

  test("the deadline covers all attempts", async () => {
    await using server = await startServer({
      infer: (request, response) => (request.nth === 0 ? json(response, {}, 503) : undefined),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await client.getModelDescription();
    const error = await failureOf(client.infer(PIXEL, { timeoutMs: 150 }));
    expect(error).toMatchObject({ code: "TIMEOUT", timeoutMs: 150, cause: { status: 503 } });
    expect(error.message).toContain("2 attempts");
  });

  test("the call's deadline wins over the client's, the derived client's over its parent's", async () => {
    await using server = await startServer({ infer: silent });
    await using client = open({ apiUrl: server.url, modelId: MODEL, timeoutMs: null });
    expect(await failureOf(client.infer(PIXEL, { timeoutMs: 30 }))).toMatchObject({ timeoutMs: 30 });
    expect(await failureOf(client.with({ timeoutMs: 35 }).infer(PIXEL))).toMatchObject({ timeoutMs: 35 });
  });

  test("a source that nothing can end: deadline, abort and close end the call all the same", async () => {
    class Endless extends Blob {
      override arrayBuffer(): Promise<ArrayBuffer> {
        return new Promise(() => undefined);
      }
    }
    await using server = await startServer();
    const client = open({ apiUrl: server.url, modelId: MODEL });
    await client.getModelDescription();
    const image = new Endless(["x"]);
    expect(await failureOf(client.infer(image, { timeoutMs: 30 }))).toMatchObject({
      code: "TIMEOUT",
      timeoutMs: 30,
    });
    const aborted = failureOf(client.infer(image, { signal: AbortSignal.timeout(30) }));
    expect(await aborted).toMatchObject({ code: "ABORTED", cause: { name: "TimeoutError" } });
    const closed = failureOf(client.infer(image));
    await new Promise((resolve) => setImmediate(resolve));
    await client.close();
    expect(await closed).toMatchObject({ code: "CLOSED" });
    expect(server.inferences).toEqual([]);
  });

  test("every method has the deadline", async () => {
    await using server = await startServer({
      "/info": silent,
      "/model/registry": silent,
      "/model/add": silent,
      "/model/remove": silent,
      "/model/clear": silent,
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL, timeoutMs: 30 });
    const calls = [
      client.getServerInfo(),
      client.listLoadedModels(),
      client.getModelDescription(),
      client.loadModel(MODEL),
      client.unloadModel(MODEL),
      client.unloadAllModels(),
      client.infer(PIXEL),
      allOf(client.inferEach([PIXEL])),
    ];
    for (const error of await Promise.all(calls.map((call) => failureOf(call)))) {
      expect(error).toMatchObject({ code: "TIMEOUT", timeoutMs: 30 });
    }
  });

  test("by default 120 s, 600 s where a model is loaded; null sets no timer", async () => {
    await using server = await startServer({
      "/model/registry": (_request, response) => json(response, { models: [] }),
    });
    const delays = vi.spyOn(globalThis, "setTimeout");
    const used = () => {
      const seen = delays.mock.calls.map(([, delay]) => Math.ceil((delay ?? 0) / 1000));
      delays.mockClear();
      return { ordinary: seen.includes(120), loading: seen.includes(600) };
    };
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await client.getServerInfo();
    expect(used()).toEqual({ ordinary: true, loading: false });
    await client.loadModel(MODEL);
    expect(used()).toEqual({ ordinary: false, loading: true });
    await client.infer(PIXEL);
    expect(used()).toEqual({ ordinary: true, loading: true });
    await client.infer(PIXEL);
    expect(used()).toEqual({ ordinary: true, loading: false });
    await client.infer(PIXEL, { timeoutMs: null });
    await client.loadModel(MODEL, { timeoutMs: null });
    expect(used()).toEqual({ ordinary: false, loading: false });
  });

  test("a caller with a short deadline does not wait for another caller's model load, nor end it", async () => {
    let answerAdd = () => {};
    await using server = await startServer({
      "/model/registry": (_request, response) => json(response, { models: [] }),
      "/model/add": (_request, response) => {
        answerAdd = () => json(response, REGISTRY);
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const patient = client.infer(PIXEL, { timeoutMs: null });
    await server.whenSeen(2);
    expect(await failureOf(client.infer(PIXEL, { timeoutMs: 30 }))).toMatchObject({
      code: "TIMEOUT",
      timeoutMs: 30,
    });
    answerAdd();
    expect((await patient).task).toBe("object-detection");
    expect(server.seen.filter((request) => request.path === "/model/add")).toHaveLength(1);
  });

  test("the short deadline of the caller who asked first does not end the calls that joined", async () => {
    const answers: (() => void)[] = [];
    await using server = await startServer({
      "/model/registry": (_request, response) => {
        answers.push(() => json(response, REGISTRY));
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const hasty = failureOf(client.infer(PIXEL, { timeoutMs: 150 }));
    await server.whenSeen(1);
    const patient = client.infer(PIXEL);
    expect(await hasty).toMatchObject({ code: "TIMEOUT", timeoutMs: 150 });
    for (const answer of answers) answer();
    expect((await patient).task).toBe("object-detection");
    expect(answers).toHaveLength(1);
  });

  test("an image server that never answers counts against the deadline", async () => {
    await using images = await startServer({ infer: silent });
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const error = await failureOf(client.infer(`${images.url}/some/picture.jpg`, { timeoutMs: 50 }));
    expect(error).toMatchObject({ code: "TIMEOUT", timeoutMs: 50 });
    expect(server.inferences).toEqual([]);
  });
});

describe.each(ENTRIES)("$name: aborts", ({ open }) => {
  const reason = new Error("the user left the page");
  const expectAborted = async (call: Promise<unknown>) => {
    const error = await failureOf(call);
    expect(error).toMatchObject({ code: "ABORTED", name: "AbortError", cause: reason });
  };

  test("a signal that has already aborted sends nothing", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const signal = AbortSignal.abort(reason);
    for (const call of [
      client.infer(PIXEL, { signal }),
      client.infer(pixels(3), { signal }),
      allOf(client.inferEach(pixels(3), { signal })),
      client.getServerInfo({ signal }),
      client.listLoadedModels({ signal }),
      client.getModelDescription(MODEL, { signal }),
      client.loadModel(MODEL, { signal }),
      client.unloadModel(MODEL, { signal }),
      client.unloadAllModels({ signal }),
    ]) {
      await expectAborted(call);
    }
    expect(server.seen).toEqual([]);
  });

  test("while the request waits for its answer", async () => {
    await using server = await startServer({ infer: silent });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const controller = new AbortController();
    const aborted = expectAborted(client.infer(PIXEL, { signal: controller.signal }));
    await server.whenInferences(1);
    controller.abort(reason);
    await aborted;
    expect(server.inferences).toHaveLength(1);
  });

  test("while the body is read", async () => {
    await using server = await startServer({
      infer: (_request, response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": 500 });
        response.write("{", () => controller.abort(reason));
      },
    });
    const controller = new AbortController();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await expectAborted(client.infer(PIXEL, { signal: controller.signal }));
  });

  test("while the next attempt is waited for", async () => {
    await using server = await startServer({
      infer: (_request, response) => json(response, {}, 503, { "retry-after": "50" }),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const controller = new AbortController();
    client.observe((event) => {
      if (event.station === "send" && event.retryInMs === 50_000) controller.abort(reason);
    });
    await expectAborted(client.infer(PIXEL, { signal: controller.signal }));
    expect(server.inferences).toHaveLength(1);
  });

  test("while the model's description is asked for", async () => {
    await using server = await startServer({ "/model/registry": silent });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const controller = new AbortController();
    const aborted = expectAborted(client.infer(PIXEL, { signal: controller.signal }));
    await server.whenSeen(1);
    controller.abort(reason);
    await aborted;
  });

  test("while an image is downloaded", async () => {
    await using images = await startServer({ infer: silent });
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const controller = new AbortController();
    const aborted = expectAborted(client.infer(`${images.url}/a/b.jpg`, { signal: controller.signal }));
    await images.whenInferences(1);
    controller.abort(reason);
    await aborted;
    expect(server.inferences).toEqual([]);
  });

  test("queued images are never sent, the running ones are ended", async () => {
    let ended = 0;
    await using server = await startServer({
      infer: (_request, response) => {
        response.on("close", () => {
          ended += 1;
        });
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const controller = new AbortController();
    const options = { signal: controller.signal, maxConcurrentRequests: 2 };
    const aborted = expectAborted(client.infer(pixels(10), options));
    await server.whenInferences(2);
    controller.abort(reason);
    await aborted;
    await expect.poll(() => ended).toBe(2);
    expect(server.inferences).toHaveLength(2);
  });

  test("inferEach gives what it has and then throws", async () => {
    await using server = await startServer({
      infer: (request, response) => (request.nth === 0 ? detect(request, response) : undefined),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const controller = new AbortController();
    const seen: number[] = [];
    const loop = async () => {
      for await (const item of client.inferEach(pixels(5), { signal: controller.signal })) {
        seen.push(item.index);
        await server.whenInferences(2);
        controller.abort(reason);
      }
    };
    await expectAborted(loop());
    expect(seen).toEqual([0]);
  });

  test("the abort of one call leaves the others alone, also those that share its model description", async () => {
    let answer = () => {};
    await using server = await startServer({
      "/model/registry": (_request, response) => {
        answer = () => json(response, REGISTRY);
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const controller = new AbortController();
    const aborted = expectAborted(client.infer(PIXEL, { signal: controller.signal }));
    const others = [client.infer(PIXEL), client.infer(PIXEL)];
    await server.whenSeen(1);
    controller.abort(reason);
    await aborted;
    answer();
    for (const result of await Promise.all(others)) expect(result.task).toBe("object-detection");
    expect(server.seen.filter((request) => request.path === "/model/registry")).toHaveLength(1);
  });

  test("a signal that aborts after the call does nothing", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const events = eventsOf(client);
    const controller = new AbortController();
    await client.infer(PIXEL, { signal: controller.signal });
    controller.abort(reason);
    expect(events.filter((event) => event.station === "fail")).toEqual([]);
    expect((await client.infer(PIXEL)).task).toBe("object-detection");
  });
});

test("a request that is aborted frees its connection at once (node:http)", async () => {
  const [, node] = ENTRIES;
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = node?.open({ apiUrl: `http://127.0.0.1:${port}` }) ?? expect.fail();
  const controller = new AbortController();
  const arrived = new Promise((resolve) => server.once("request", resolve));
  const aborted = failureOf(client.getServerInfo({ signal: controller.signal }));
  await arrived;
  controller.abort();
  expect((await aborted).code).toBe("ABORTED");
  // Only possible when no connection is left.
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await client.close();
});
