import { HTTPCallError, InvalidInputFormatError } from "@inference-ts/sdk/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectBoxes } from "./geometry.ts";
import { MODES } from "./models.ts";
import { asPng, asUndecodable, EMPTY, ONLY_BLUE, ONLY_RED, type Picture, THREE_SHAPES } from "./pictures.ts";
import { startRelay } from "./relay.ts";
import { allOf, failureOf, resultOf } from "./results.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

const PICTURES: readonly Picture[] = [ONLY_BLUE, THREE_SHAPES, EMPTY, ONLY_RED, THREE_SHAPES];
const encodeAll = () => Promise.all(PICTURES.map(asPng));

describe.each(MODES)("in %s", (apiMode) => {
  test.each([
    { maxConcurrentRequests: 1, maxBatchSize: 1 },
    { maxConcurrentRequests: 4, maxBatchSize: 1 },
    { maxConcurrentRequests: 1, maxBatchSize: 2 },
    { maxConcurrentRequests: 3, maxBatchSize: 2 },
  ])("a list gives a flat list in its order with %o", async (configuration) => {
    const client = target.client({ apiMode, modelId: "colours/1", configuration });
    const results = await client.infer(await encodeAll());
    expect(results).toHaveLength(PICTURES.length);
    for (const [index, picture] of PICTURES.entries()) {
      const result = resultOf(results[index] ?? expect.fail(), "object-detection");
      expect(result.image).toEqual({ width: picture.width, height: picture.height });
      expectBoxes(result.predictions, picture, 1);
    }
  });

  test("a list of one gives a list of one, an empty list an empty one", async () => {
    const client = target.client({ apiMode, modelId: "colours/1" });
    const results = await client.infer([await asPng(ONLY_RED)]);
    expect(results).toHaveLength(1);
    expect(await client.infer([])).toEqual([]);
  });

  test("a list fails with its first failure", async () => {
    const client = target.client({ apiMode, modelId: "colours/1" });
    const error = await failureOf(
      client.infer([await asPng(ONLY_RED), await asUndecodable(asPng), await asPng(ONLY_BLUE)]),
    );
    expect(error).toBeInstanceOf(HTTPCallError);
    expect(error).toMatchObject({ status: 400 });
  });

  test("inferEach gives every item its result or its error, in order", async () => {
    const client = target.client({
      apiMode,
      modelId: "colours/1",
      configuration: { maxConcurrentRequests: 3 },
    });
    const noPicture = new TextEncoder().encode("this is no picture");
    const inputs = [
      await asPng(ONLY_BLUE),
      noPicture,
      await asPng(ONLY_RED),
      await asUndecodable(asPng),
      await asPng(EMPTY),
    ];
    const items = await allOf(client.inferEach(inputs));
    expect(items.map((item) => item.index)).toEqual([0, 1, 2, 3, 4]);
    expect(items.map((item) => item.ok)).toEqual([true, false, true, false, true]);
    for (const [index, item] of items.entries()) expect(item.input).toBe(inputs[index]);
    for (const [index, picture] of [
      [0, ONLY_BLUE],
      [2, ONLY_RED],
      [4, EMPTY],
    ] as const) {
      const item = items[index];
      if (!item?.ok) throw new Error(`item ${index} failed`);
      expectBoxes(resultOf(item.result, "object-detection").predictions, picture, 1);
    }
    const errors = items.flatMap((item) => (item.ok ? [] : [item.error]));
    expect(errors[0]).toBeInstanceOf(InvalidInputFormatError);
    expect(errors[1]).toMatchObject({ code: "HTTP_ERROR", status: 400 });
  });

  test("inferEach takes pictures from an async iterable, and ending it early ends the work", async () => {
    const client = target.client({ apiMode, modelId: "colours/1" });
    const image = await asPng(ONLY_RED);
    let taken = 0;
    async function* endless() {
      for (;;) {
        taken += 1;
        yield image;
      }
    }
    const seen: number[] = [];
    for await (const item of client.inferEach(endless())) {
      seen.push(item.index);
      if (item.index === 2) break;
    }
    expect(seen).toEqual([0, 1, 2]);
    expect(taken).toBeLessThan(8);
  });
});

test.each([
  [1, 5],
  [2, 3],
  [5, 1],
])("v1: five pictures with maxBatchSize %i are %i requests", async (maxBatchSize, requests) => {
  const relay = await startRelay(target.url);
  try {
    const client = target.client({ apiUrl: relay.url, modelId: "colours/1" });
    await client.infer(await encodeAll(), { maxBatchSize });
    const sent = relay.paths.filter((path) => path === "/infer/object_detection");
    expect(sent).toHaveLength(requests);
  } finally {
    await relay.close();
  }
});

test("v0 takes one picture a request, whatever the batch size", async () => {
  const relay = await startRelay(target.url);
  try {
    const client = target.client({ apiUrl: relay.url, apiMode: "v0", modelId: "colours/1" });
    await client.infer(await encodeAll(), { maxBatchSize: 4 });
    expect(relay.paths).toEqual(Array.from(PICTURES, () => "/colours/1"));
  } finally {
    await relay.close();
  }
});
