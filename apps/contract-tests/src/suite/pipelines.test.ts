import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InferencePipeline, PipelineSource } from "@inference-ts/sdk/node";
import { colourWorkflow, writeNumberedVideo } from "@inference-ts/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { DIFFERENCES } from "./differences.ts";
import { MODELS } from "./models.ts";
import { failureOf } from "./results.ts";
import { openTarget, type Target } from "./target.ts";

const SPECIFICATION = colourWorkflow({ predictions: "$steps.model.predictions" }, MODELS["object-detection"]);

/** Nothing is dropped while the file is read, and little is on its way when it ends. */
const EVERY_FRAME = {
  specification: SPECIFICATION,
  sourceBufferFillingStrategy: "WAIT",
  sourceBufferConsumptionStrategy: "LAZY",
  decodingBufferSize: 2,
  consumptionTimeoutMs: 60_000,
} as const;

/** Frames that can be between reader and results when the server ends a pipeline whose file has ended. */
const ON_THEIR_WAY = 4;

let target: Target;
let folder: string;
let short: string;
let long: string;
beforeAll(async () => {
  target = await openTarget();
  folder = await mkdtemp(join(tmpdir(), "inference-pipelines-"));
  short = join(folder, "short.mp4");
  long = join(folder, "long.mp4");
  // The sandbox reads no file: it draws frames of its own.
  await writeNumberedVideo(short, { width: 320, height: 240, frames: 60, fps: 15 });
  await writeNumberedVideo(long, { width: 320, height: 240, frames: 3000, fps: 15 });
}, 60_000);
afterAll(async () => {
  await target?.close();
  await rm(folder, { recursive: true, force: true });
});

async function source(pipeline: InferencePipeline): Promise<PipelineSource> {
  const [first] = (await pipeline.status()).report.sources_metadata ?? [];
  if (first === undefined) throw new Error("The pipeline has no source.");
  return first;
}

/** The source is opened after the start was answered. */
async function running(pipeline: InferencePipeline): Promise<PipelineSource> {
  return await vi.waitFor(
    async () => {
      const first = await source(pipeline);
      expect(first.state).toBe("RUNNING");
      return first;
    },
    { timeout: 20_000, interval: 20 },
  );
}

const GONE = { code: "HTTP_ERROR", status: 404, errorType: "ProcessesManagerNotFoundError" };
const NOT_NOW = { code: "HTTP_ERROR", status: 500, errorType: "ProcessesManagerOperationError" };

test("a pipeline is listed, paused, resumed, read and ended", { timeout: 60_000 }, async () => {
  const client = target.client();
  await using pipeline = await client.startInferencePipelineWithWorkflow({
    ...EVERY_FRAME,
    videoReference: long,
    maxFps: 30,
  });
  expect((await client.listInferencePipelines()).pipelines).toContain(pipeline.id);
  await running(pipeline);
  expect(await failureOf(pipeline.resume())).toMatchObject(NOT_NOW);
  expect(await pipeline.pause()).toMatchObject({ status: "success", context: { pipeline_id: pipeline.id } });
  expect((await source(pipeline)).state).toBe("MUTED");
  expect(await failureOf(pipeline.pause())).toMatchObject(NOT_NOW);
  expect(await pipeline.resume()).toMatchObject({ status: "success" });
  expect((await source(pipeline)).state).toBe("RUNNING");
  const frames: number[] = [];
  for await (const { index, outputs, frames: of } of pipeline.results({ maxPollMs: 50 })) {
    expect(index).toBe(frames.length);
    expect(outputs[0]).toHaveProperty("predictions");
    frames.push(of[0]?.frame_id ?? Number.NaN);
    if (frames.length === 5) break;
  }
  expect(frames).toEqual([...frames].sort((a, b) => a - b));
  expect(new Set(frames).size).toBe(5);
  expect(await pipeline.terminate()).toMatchObject({ status: "success" });
  expect(await failureOf(pipeline.status())).toMatchObject(GONE);
  expect(await failureOf(pipeline.consume())).toMatchObject(GONE);
  expect((await client.listInferencePipelines()).pipelines).not.toContain(pipeline.id);
  expect(await failureOf(client.terminateInferencePipeline(pipeline.id))).toMatchObject({
    status: 400,
    errorType: "ProcessesManagerInvalidPayload",
  });
});

test("the frames of a file come in order until it has ended; its pipeline is gone then", {
  timeout: 60_000,
}, async () => {
  const client = target.client();
  let id: string;
  {
    await using pipeline = await client.startInferencePipelineWithWorkflow({
      ...EVERY_FRAME,
      videoReference: short,
      maxFps: 20,
    });
    id = pipeline.id;
    const { source_properties: facts } = await running(pipeline);
    const total = Number(facts?.total_frames);
    const frames: (number | undefined)[] = [];
    const readsAll = DIFFERENCES.endOfFiles.of(target);
    for await (const { frames: of } of pipeline.results({ maxPollMs: 50 })) {
      frames.push(of[0]?.frame_id);
      if (!readsAll && frames.length === total / 2) break;
    }
    expect(frames).toEqual(Array.from(frames, (_frame, index) => index + 1));
    expect(frames.length).toBeLessThanOrEqual(total);
    if (!readsAll) return;
    expect(frames.length).toBeGreaterThanOrEqual(total - ON_THEIR_WAY);
    // The server notices within a second, and drops the pipeline.
    await vi.waitFor(
      async () => {
        const seen = await source(pipeline).catch((error: unknown) => error);
        expect(seen).toMatchObject(GONE);
      },
      { timeout: 20_000, interval: 100 },
    );
  }
  expect((await client.listInferencePipelines()).pipelines).not.toContain(id);
});

test("a workflow that is not valid starts no pipeline", async () => {
  const client = target.client();
  const before = new Set((await client.listInferencePipelines()).pipelines);
  const unknown = { ...SPECIFICATION, steps: [{ type: "no_such_block", name: "model" }] };
  const start = client.startInferencePipelineWithWorkflow({
    ...EVERY_FRAME,
    specification: unknown,
    videoReference: short,
  });
  expect(await failureOf(start)).toMatchObject({
    status: 400,
    errorType: "ProcessesManagerInvalidPayload",
    hint: expect.stringContaining("workflow"),
  });
  // The real server keeps the process that it made for it, which takes one of its eight places until it is ended.
  for (const id of (await client.listInferencePipelines()).pipelines) {
    if (!before.has(id)) await client.terminateInferencePipeline(id);
  }
});
