/**
 * The default container of Inference Endpoints looks content types up in an exact table. With the same pictures the Python client
 * 0.27.1 fails for bytes and for paths, the JavaScript client 4.13.30 for an ArrayBuffer and drops the parameters of a Blob.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rectangle, SIZE } from "./pictures.ts";
import { openTarget, type Target } from "./target.ts";

const picture = await rectangle("red");
let target: Target;
let folder: string;

beforeAll(async () => {
  target = await openTarget();
  folder = await mkdtemp(join(tmpdir(), "hf-contract-"));
});

beforeEach(() => target.forget());

afterAll(async () => {
  await target[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const detector = () => target.client({ model: target.endpoint("object-detection") });

describe("the four combinations that other clients fail with", () => {
  test("bytes", async () => {
    await detector().objectDetection(picture);
    expect(await target.requests()).toMatchObject([{ headers: { "content-type": "image/png" } }]);
  });

  test("a path", async () => {
    const path = join(folder, "red.png");
    await writeFile(path, picture);
    await detector().objectDetection(path);
    expect(await target.requests()).toMatchObject([{ headers: { "content-type": "image/png" } }]);
  });

  test("an ArrayBuffer, and a Blob without a type", async () => {
    await detector().objectDetection(picture.buffer);
    await detector().objectDetection(new Blob([picture]));
    const types = (await target.requests()).map(({ headers }) => headers["content-type"]);
    expect(types).toEqual(["image/png", "image/png"]);
  });

  test("a Blob with parameters: they arrive", async () => {
    const blob = new Blob([picture], { type: "image/png" });
    const all = await detector().objectDetection(blob, { threshold: 0 });
    const none = await detector().objectDetection(blob, { threshold: 1 });
    expect(all.length).toBeGreaterThan(0);
    expect(none).toEqual([]);
    const types = (await target.requests()).map(({ headers }) => headers["content-type"]);
    expect(types).toEqual(["application/json", "application/json"]);
  });
});

test("boxes lie in the picture, in whole pixels", async () => {
  const found = await detector().objectDetection(picture, { threshold: 0 });
  for (const { label, score, box } of found) {
    expect(["red", "green", "blue"]).toContain(label);
    expect(score).toBeGreaterThan(0);
    const edges = [box.xmin, box.ymin, box.xmax, box.ymax];
    expect(edges.every(Number.isInteger)).toBe(true);
    // The random detector of the real server may reach over the edge by rounding.
    expect(Math.min(...edges)).toBeGreaterThanOrEqual(-SIZE);
    expect(Math.max(...edges)).toBeLessThanOrEqual(2 * SIZE);
  }
});

test.each(["red", "green", "blue"] as const)("a %s picture is called by its colour", async (colour) => {
  const client = target.client({ model: target.endpoint("image-classification") });
  const labels = await client.imageClassification(await rectangle(colour));
  expect(labels).toHaveLength(3);
  expect(labels[0]).toMatchObject({ label: colour });
  expect(labels.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 3);
  expect(await client.imageClassification(await rectangle(colour), { topK: 1 })).toHaveLength(1);
});

test("a segment has a mask of the picture's size, white where the colour is", async () => {
  const client = target.client({ model: target.endpoint("image-segmentation") });
  const segments = await client.imageSegmentation(picture);
  const red = segments.find(({ label }) => label === "red");
  if (red?.mask === undefined) throw new Error("no red segment with a mask");
  const { default: sharp } = await import("sharp");
  const { data, info } = await sharp(red.mask).greyscale().raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([SIZE, SIZE]);
  const at = (x: number, y: number) => data[(y * SIZE + x) * info.channels];
  expect([at(30, 28), at(60, 60)]).toEqual([255, 0]);
});

test("what the container refuses says why, without the picture in it", async () => {
  const client = target.client({ model: target.endpoint("object-detection") });
  const refusal = client.post({ json: { nothing: "x".repeat(10_000) } });
  await expect(refusal).rejects.toMatchObject({ status: 400 });
  await expect(refusal).rejects.toSatisfy((error: Error) => error.message.length < 4_000);
  await expect(client.objectDetection(new TextEncoder().encode("no picture"))).rejects.toThrow();
});

test("it is well, and tells nothing about itself", async () => {
  const client = target.client({ model: target.endpoint("object-detection") });
  expect(await client.healthCheck()).toBe(true);
  await expect(client.getEndpointInfo()).rejects.toMatchObject({ status: 404 });
});
