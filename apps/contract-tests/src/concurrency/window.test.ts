import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { ENTRIES, eventsOf } from "../rig/entries.ts";
import { allOf, failureOf } from "../rig/failures.ts";
import { NO_PICTURE, onceReadable, PIXEL, pixels } from "../rig/images.ts";
import { detect, json, MODEL, type Routes, type SeenRequest, startServer } from "../rig/server.ts";

/** Holds the inference requests back and answers them, the last one first, when `count` are there. */
function answeredInReverse(count: number): Routes {
  const held: (() => void)[] = [];
  return {
    infer: (request: SeenRequest, response: ServerResponse) => {
      held.push(() => detect(request, response));
      if (held.length === count) for (const answer of held.splice(0).reverse()) answer();
    },
  };
}

describe.each(ENTRIES)("$name", ({ open }) => {
  test.each([1, 2, 7, 32])("a window of %i is used fully and never exceeded", async (window) => {
    await using server = await startServer(answeredInReverse(window));
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const results = await client.infer(pixels(window * 3), { maxConcurrentRequests: window });
    expect(results).toHaveLength(window * 3);
    expect(server.peakInferences).toBe(window);
  });

  test("the default is one request after the other", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await client.infer(pixels(10));
    expect(server.peakInferences).toBe(1);
  });

  test("the window slides: one slow answer does not hold up the others", async () => {
    let releaseFirst = () => {};
    await using server = await startServer({
      infer: (request, response) => {
        if (request.nth === 0) releaseFirst = () => detect(request, response);
        else detect(request, response);
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const results = client.infer(pixels(9), { maxConcurrentRequests: 2 });
    await server.whenInferences(9);
    releaseFirst();
    expect(await results).toHaveLength(9);
  });

  test("results keep the order of the images, whatever the order of the answers", async () => {
    await using server = await startServer({
      infer: (request, response) => {
        const order = request.text.length;
        const answer = () => json(response, { image: { width: 1, height: 1 }, predictions: [], order });
        if (request.nth % 3 === 0) setTimeout(answer, 4);
        else answer();
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    // Trailing bytes after the end of a PNG are allowed; they tell the requests apart by their length.
    const images = pixels(24).map((image, index) =>
      Uint8Array.from([...image, ...new Uint8Array(index * 3)]),
    );
    const results = await client.infer(images, { maxConcurrentRequests: 5 });
    const orders = results.map((result) => Number(result.order));
    expect(orders).toEqual([...orders].sort((one, other) => one - other));
    expect(new Set(orders).size).toBe(24);
    const items = await allOf(client.inferEach(images, { maxConcurrentRequests: 5 }));
    expect(items.map((item) => (item.ok ? item.result.order : null))).toEqual(orders);
    expect(items.map((item) => item.index)).toEqual(Array.from(images.keys()));
    for (const item of items) expect(item.input).toBe(images[item.index]);
  });

  test("a generator is asked for images as their turn comes", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    let taken = 0;
    async function* endless() {
      for (;;) {
        taken += 1;
        yield PIXEL;
      }
    }
    const window = 2;
    let delivered = 0;
    for await (const item of client.inferEach(endless(), { maxConcurrentRequests: window })) {
      delivered += 1;
      expect(item.ok).toBe(true);
      // Finished results may wait for a slower one before them, eight windows at most.
      expect(taken - delivered).toBeLessThanOrEqual(8 * window);
      if (delivered === 100) break;
    }
    expect(taken).toBeLessThanOrEqual(100 + 8 * window);
  });

  test("images that wait for their turn are not taken while the window is full", async () => {
    await using server = await startServer({ infer: () => undefined });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    let taken = 0;
    let left = false;
    function* images() {
      try {
        for (;;) {
          taken += 1;
          yield PIXEL;
        }
      } finally {
        left = true;
      }
    }
    const items = client.inferEach(images(), { maxConcurrentRequests: 3 });
    const first = items.next();
    await server.whenInferences(3);
    expect(taken).toBe(3);
    await items.return?.();
    await first.catch(() => undefined);
    expect(left).toBe(true);
    expect(taken).toBe(3);
  });

  test("a list of batches with broken images stays within the window too", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const images = pixels(16).map((image, index) => (index % 4 === 1 ? NO_PICTURE : image));
    const items = await allOf(client.inferEach(images, { maxBatchSize: 4, maxConcurrentRequests: 2 }));
    expect(items.map((item) => item.ok)).toEqual(images.map((image) => image !== NO_PICTURE));
    expect(server.peakInferences).toBeLessThanOrEqual(2);
  });

  test("a batch that the server refuses is tried image by image, within the window", async () => {
    await using server = await startServer({
      infer: (request, response) =>
        request.text.includes('"image":[')
          ? json(response, { message: "one is bad" }, 400)
          : detect(request, response),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const items = await allOf(client.inferEach(pixels(8), { maxBatchSize: 4, maxConcurrentRequests: 1 }));
    expect(items.map((item) => item.ok)).toEqual(Array(8).fill(true));
    expect(server.peakInferences).toBe(1);
    expect(server.inferences).toHaveLength(2 + 8);
  });

  test("no image is loaded twice, also when its batch fails: a stream can be read once", async () => {
    await using server = await startServer({
      infer: (request, response) =>
        request.text.includes('"image":[') ? json(response, {}, 500) : detect(request, response),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const loads = eventsOf(client);
    const images = [onceReadable(PIXEL), NO_PICTURE, onceReadable(PIXEL), onceReadable(PIXEL)];
    const items = await allOf(client.inferEach(images, { maxBatchSize: 4 }));
    expect(items.map((item) => item.ok)).toEqual([true, false, true, true]);
    expect(loads.filter((event) => event.station === "load")).toHaveLength(3);
  });

  test("the first failure of a list cancels what runs and what waits", async () => {
    const ended = Promise.withResolvers<void>();
    await using server = await startServer({
      infer: (request, response) => {
        if (request.nth === 0) response.on("close", () => ended.resolve());
        else json(response, { message: "bad image" }, 400);
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const error = await failureOf(client.infer(pixels(20), { maxConcurrentRequests: 2 }));
    expect(error).toMatchObject({ code: "HTTP_ERROR", status: 400 });
    await ended.promise;
    expect(server.inferences).toHaveLength(2);
  });

  test("an error of the source itself is thrown after the results before it", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const broken = new Error("the camera is gone");
    async function* camera() {
      yield PIXEL;
      yield PIXEL;
      throw broken;
    }
    const seen: number[] = [];
    const loop = async () => {
      for await (const item of client.inferEach(camera(), { maxConcurrentRequests: 4 }))
        seen.push(item.index);
    };
    await expect(loop()).rejects.toBe(broken);
    expect(seen).toEqual([0, 1]);
  });

  test("many calls with one signal cause no warning and leave no listener", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on("warning", note);
    try {
      const { signal } = new AbortController();
      await Promise.all(Array.from({ length: 60 }, () => client.infer(PIXEL, { signal })));
      await client.infer(pixels(40), { signal, maxConcurrentRequests: 30 });
      // Warnings are emitted on the next turn.
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off("warning", note);
    }
    expect(warnings).toEqual([]);
  });
});
