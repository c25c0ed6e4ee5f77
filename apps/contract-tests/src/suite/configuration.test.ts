import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectBoxes } from "./geometry.ts";
import { MODES } from "./models.ts";
import { asPng, THREE_SHAPES } from "./pictures.ts";
import { resultOf } from "./results.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
let image: Uint8Array;
beforeAll(async () => {
  target = await openTarget();
  image = await asPng(THREE_SHAPES);
});
afterAll(() => target.close());

const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8;

describe.each(MODES)("in %s", (apiMode) => {
  const detect = async (configuration = {}) => {
    const client = target.client({ apiMode, modelId: "colours/1" });
    return resultOf(await client.infer(image, { configuration }), "object-detection").predictions;
  };

  test("confidenceThreshold drops what is less certain", async () => {
    expect(await detect({ confidenceThreshold: 0.9 })).toHaveLength(3);
    expect(await detect({ confidenceThreshold: 0.99 })).toEqual([]);
  });

  test("iouThreshold decides whether the larger second box of every shape is dropped", async () => {
    expect(await detect({ iouThreshold: 0.5 })).toHaveLength(3);
    const both = await detect({ iouThreshold: 0.9 });
    expect(both).toHaveLength(6);
    expectBoxes(
      both.filter((prediction) => prediction.confidence > 0.9),
      THREE_SHAPES,
      1,
    );
    for (const second of both.filter((prediction) => prediction.confidence <= 0.9)) {
      expect(second.confidence).toBeCloseTo(0.95 * 0.9, 2);
    }
  });

  test("maxDetections keeps the most certain ones", async () => {
    expect(await detect({ maxDetections: 2 })).toHaveLength(2);
  });

  test("configure stays, useConfiguration and options are for one call", async () => {
    const client = target.client({ apiMode, modelId: "colours/1" });
    const count = async (of: typeof client, options = {}) =>
      resultOf(await of.infer(image, options), "object-detection").predictions.length;
    client.configure({ maxDetections: 2 });
    expect(await count(client)).toBe(2);
    expect(await client.useConfiguration({ maxDetections: 1 }, count)).toBe(1);
    expect(await count(client, { configuration: { maxDetections: 1 } })).toBe(1);
    expect(await count(client.with({ configuration: { confidenceThreshold: 0.99 } }))).toBe(0);
    expect(await count(client)).toBe(2);
  });
});

test("v1: classFilter keeps the named classes", async () => {
  const client = target.client({ modelId: "colours/1" });
  const result = await client.infer(image, { configuration: { classFilter: ["blue", "green"] } });
  const classes = resultOf(result, "object-detection").predictions.map((prediction) => prediction.class);
  expect(classes.sort()).toEqual(["blue", "green"]);
});

test("v1: visualizePredictions adds a picture, as base64 or as bytes", async () => {
  const client = target.client({ modelId: "colours/1" });
  const asText = await client.infer(image, { configuration: { visualizePredictions: true } });
  expect(isJpeg(Buffer.from(String(asText.visualization), "base64"))).toBe(true);
  const asBytes = await client.infer(image, {
    configuration: { visualizePredictions: true, outputVisualisationFormat: "bytes" },
  });
  if (!(asBytes.visualization instanceof Uint8Array)) throw new Error("bytes were expected");
  expect(isJpeg(asBytes.visualization)).toBe(true);
  expect(asBytes.task).toBe("object-detection");
});

test("v0: the format decides between predictions, a picture and both", async () => {
  const client = target.client({ apiMode: "v0", modelId: "colours/1" });
  const both = await client.infer(image, { configuration: { format: "image_and_json" } });
  expectBoxes(resultOf(both, "object-detection").predictions, THREE_SHAPES, 1);
  expect(isJpeg(Buffer.from(String(both.visualization), "base64"))).toBe(true);
  const picture = await client.infer(image, { configuration: { format: "image" } });
  expect(picture.task).toBe("visualization");
  expect(isJpeg(Buffer.from(String(picture.visualization), "base64"))).toBe(true);
});

test("modes can be switched on one client", async () => {
  const client = target.client({ modelId: "colours/1" });
  expect(client.clientMode).toBe("v1");
  const results = [
    await client.infer(image),
    await client.inferFromApiV1(image),
    await client.inferFromApiV0(image),
    await client.useApiV0((derived) => derived.infer(image)),
  ];
  expect(client.clientMode).toBe("v1");
  results.push(await client.selectApiV0().infer(image));
  expect(client.clientMode).toBe("v0");
  results.push(
    await client.useApiV1((derived) => derived.infer(image)),
    await client.selectApiV1().infer(image),
  );
  for (const result of results)
    expectBoxes(resultOf(result, "object-detection").predictions, THREE_SHAPES, 1);
});
