import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceHTTPClient as PortableClient } from "@inference-ts/sdk";
import { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { readPaintedNumber, writeNumberedVideo } from "@inference-ts/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failureOf } from "../rig/failures.ts";
import { detect, json, MODEL, startServer } from "../rig/server.ts";

const FRAMES = 60;
const FPS = 25;
let folder = "";
let clip = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "streams-"));
  clip = join(folder, "numbers.mp4");
  await writeNumberedVideo(clip, { width: 160, height: 96, frames: FRAMES, fps: FPS });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = (apiUrl: string) => new InferenceHTTPClient({ apiUrl, modelId: MODEL });

/** Number, painted number and time of every frame, and whether it has a result. */
async function framesOf(client: InferenceHTTPClient, options: { stride?: number; maxFps?: number } = {}) {
  const frames: unknown[] = [];
  for await (const { index, input, timestampMs = Number.NaN, ok } of client.inferOnStream(clip, {
    maxConcurrentRequests: 4,
    ...options,
  })) {
    const painted = typeof input === "string" ? null : readPaintedNumber(input.data, input.width);
    frames.push([index, painted, Math.round(timestampMs), ok]);
  }
  return frames;
}

const frame = (number: number, ok = true) => [number, number, (number * 1000) / FPS, ok];

test.each([
  { options: {}, step: 1 },
  { options: { stride: 7 }, step: 7 },
  { options: { maxFps: 5 }, step: 5 },
])("frames with $options: number and time are those painted into the picture", async ({ options, step }) => {
  await using server = await startServer();
  await using client = open(server.url);
  const numbers = Array.from({ length: Math.ceil(FRAMES / step) }, (_, place) => place * step);
  expect(await framesOf(client, options)).toEqual(numbers.map((number) => frame(number)));
  expect(server.inferences).toHaveLength(numbers.length);
});

test("a frame that fails is an item with an error; the others go on", async () => {
  await using server = await startServer({
    infer: (request, response) => {
      if (request.nth % 10 === 3) json(response, { message: "bad frame" }, 400);
      else detect(request, response);
    },
  });
  await using client = open(server.url);
  const items: boolean[] = [];
  for await (const item of client.inferOnStream(clip, { maxConcurrentRequests: 1 })) items.push(item.ok);
  expect(items).toEqual(Array.from({ length: FRAMES }, (_, place) => place % 10 !== 3));
});

test("leaving the loop ends the requests too", async () => {
  await using server = await startServer();
  await using client = open(server.url);
  let last = -1;
  for await (const { index } of client.inferOnStream(clip, { maxConcurrentRequests: 2 })) {
    last = index;
    if (index === 5) break;
  }
  expect(last).toBe(5);
  expect(server.inferences.length).toBeLessThanOrEqual(5 + 1 + 2 * 2);
});

test("the entry of browsers refuses a path and says which one takes it", async () => {
  await using client = new PortableClient({ apiUrl: "http://127.0.0.1:1", modelId: MODEL });
  const error = await failureOf(client.inferOnStream(clip).next());
  expect([error.code, error.hint]).toEqual(["INVALID_INPUT_FORMAT", expect.stringContaining("./node")]);
});
