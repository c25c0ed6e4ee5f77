import { describe, expect, test } from "vitest";
import { ENTRIES } from "../rig/entries.ts";
import { allOf, failureOf } from "../rig/failures.ts";
import { NO_PICTURE, PIXEL, pixels } from "../rig/images.ts";
import { detect, json, MODEL, startServer } from "../rig/server.ts";

describe.each(ENTRIES)("$name", ({ open }) => {
  test("infer: a bad image among good ones fails the call and stops the list", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const images = [PIXEL, PIXEL, NO_PICTURE, ...pixels(50)];
    expect(await failureOf(client.infer(images))).toMatchObject({ code: "INVALID_INPUT_FORMAT" });
    expect(server.inferences.length).toBeLessThanOrEqual(2);
  });

  test("inferEach: every other image still gets its result, in order", async () => {
    await using server = await startServer({
      infer: (request, response) => {
        if (request.nth === 1) json(response, { message: "cannot decode" }, 400);
        else if (request.nth === 2)
          response.writeHead(200, { "content-type": "application/json" }).end("oops");
        else if (request.nth === 3) response.writeHead(500, { "content-type": "text/html" }).end("<p>oops");
        else detect(request, response);
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const images = [PIXEL, PIXEL, "no such picture", PIXEL, PIXEL, PIXEL, new Uint8Array()];
    const items = await allOf(client.inferEach(images));
    expect(items.map((item) => (item.ok ? "ok" : item.error.code))).toEqual([
      "ok",
      "HTTP_ERROR",
      "INVALID_INPUT_FORMAT",
      "INVALID_RESPONSE",
      "HTTP_ERROR",
      "ok",
      "INVALID_INPUT_FORMAT",
    ]);
    expect(items.map((item) => item.index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const item of items) expect(item.input).toBe(images[item.index]);
  });

  test("a batch with one bad image gives results for the other three", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const items = await allOf(client.inferEach([PIXEL, PIXEL, NO_PICTURE, PIXEL], { maxBatchSize: 4 }));
    expect(items.map((item) => (item.ok ? "ok" : item.error.code))).toEqual([
      "ok",
      "ok",
      "INVALID_INPUT_FORMAT",
      "ok",
    ]);
    expect(server.inferences).toHaveLength(1);
  });

  test("a batch with one image that only the server finds bad gives results for the other three", async () => {
    const bad = Uint8Array.from([...PIXEL, ...new TextEncoder().encode("undecodable")]);
    const badText = Buffer.from(bad).toString("base64");
    await using server = await startServer({
      infer: (request, response) =>
        request.text.includes(badText)
          ? json(response, { message: "Could not load input image." }, 400)
          : detect(request, response),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const items = await allOf(client.inferEach([PIXEL, bad, PIXEL, PIXEL], { maxBatchSize: 4 }));
    expect(items.map((item) => (item.ok ? "ok" : item.error.code))).toEqual(["ok", "HTTP_ERROR", "ok", "ok"]);
  });

  test("a hung image of a batch costs its own place alone", async () => {
    await using images = await startServer({ infer: () => undefined });
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    await client.getModelDescription();
    const hung = `${images.url}/never/answers.jpg`;
    const items = await allOf(client.inferEach([PIXEL, hung, PIXEL], { maxBatchSize: 3, timeoutMs: 200 }));
    expect(items.map((item) => (item.ok ? "ok" : item.error.code))).toEqual(["ok", "TIMEOUT", "ok"]);
  });

  test("inferEach: what a source gave before it failed gets its results, also where a batch is not full", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    async function* source() {
      yield* pixels(6);
      throw new Error("the source broke");
    }
    const indexes: number[] = [];
    const error: unknown = await (async () => {
      for await (const item of client.inferEach(source(), { maxBatchSize: 4 })) indexes.push(item.index);
    })().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: "the source broke" });
    expect(indexes).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("what every image would fail of is not tried image by image", async () => {
    await using server = await startServer({
      infer: (_request, response) => json(response, { message: "Unauthorized" }, 401),
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const items = await allOf(client.inferEach(pixels(4), { maxBatchSize: 4 }));
    expect(items.map((item) => (item.ok ? null : item.error.code))).toEqual(Array(4).fill("HTTP_ERROR"));
    expect(server.inferences).toHaveLength(1);
  });

  test("an unknown model, a wrong key, a server of another kind: the whole list fails, nothing is sent", async () => {
    await using server = await startServer({
      "/model/registry": (_request, response) => json(response, { models: [] }),
      "/model/add": (request, response) => json(response, { message: "no" }, request.nth === 0 ? 404 : 401),
    });
    await using client = open({ apiUrl: server.url, modelId: "nothing/9" });
    expect(await failureOf(client.infer(pixels(3)))).toMatchObject({ status: 404 });
    expect(await failureOf(allOf(client.inferEach(pixels(3))))).toMatchObject({ status: 401 });
    expect(server.inferences).toEqual([]);
  });

  test("empty lists are empty results, not errors", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    expect(await client.infer([])).toEqual([]);
    expect(await allOf(client.inferEach([]))).toEqual([]);
    expect(server.inferences).toEqual([]);
  });

  test("one image where inferEach takes a list is refused with the way out", async () => {
    await using server = await startServer();
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const inferEach: (images: never) => unknown = (images) => client.inferEach(images);
    for (const image of ["street.jpg", PIXEL]) {
      const error = await failureOf(() => Reflect.apply(inferEach, undefined, [image]));
      expect(error).toMatchObject({
        code: "INVALID_PARAMETER",
        message: expect.stringContaining("Use infer"),
      });
    }
    expect(server.seen).toEqual([]);
  });
});
