import { fetchTransport, InferenceHTTPClient, type InferenceHTTPClientOptions } from "@inference-ts/sdk/node";
import { type Sandbox, startSandbox } from "@inference-ts/sdk/testing";
import { colourWorkflow } from "@inference-ts/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const SPECIFICATION = colourWorkflow({ found: "$steps.model.predictions", run: "$steps.model.inference_id" });

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(async () => {
  await sandbox?.close();
});

const clientOf = (more: Partial<InferenceHTTPClientOptions> = {}) =>
  new InferenceHTTPClient({ apiUrl: sandbox.url, apiKey: "test-key", ...more });
const file = { videoReference: "/videos/a.mp4", specification: SPECIFICATION };
const camera = { ...file, videoReference: 0 };

test("the results of a file come once, in order, and end; the scope ends the pipeline", async () => {
  await using client = clientOf();
  const frames: unknown[] = [];
  {
    await using pipeline = await client.startInferencePipelineWithWorkflow(file);
    for await (const result of pipeline.results({ minPollMs: 1 })) frames.push(result.frames[0]?.frame_id);
  }
  expect(frames).toEqual(Array.from({ length: 30 }, (_item, index) => index + 1));
  expect((await client.listInferencePipelines()).pipelines).toEqual([]);
});

test("elements of a source without a frame are null; excluded outputs stay on the server", async () => {
  await using client = clientOf();
  await using pipeline = await client.startInferencePipelineWithWorkflow({
    ...file,
    videoReference: ["/a", "/b"],
  });
  expect(await pipeline.consume()).toMatchObject({ outputs: [], frames_metadata: [] });
  const { outputs, frames_metadata: frames } = await pipeline.consume({ excludedFields: ["run"] });
  expect(outputs[1]).toBeNull();
  expect(frames?.[1]).toBeNull();
  expect(Object.keys(outputs[0] ?? {})).toEqual(["found"]);
});

test("fetch cannot send what is to be left out, and everything else works with it", async () => {
  await using client = clientOf({ transport: fetchTransport() });
  await using pipeline = await client.startInferencePipelineWithWorkflow(camera);
  expect(await pipeline.consume()).toMatchObject({ outputs: [] });
  await expect(pipeline.consume({ excludedFields: ["run"] })).rejects.toMatchObject({
    code: "INVALID_PARAMETER",
    message: expect.stringContaining("excludedFields"),
  });
});

test("a start is not repeated, a question is", async () => {
  await using client = clientOf({ headers: { "x-sandbox-fault": "status=503" }, retry: { baseDelayMs: 1 } });
  await expect(client.startInferencePipelineWithWorkflow(file)).rejects.toMatchObject({ attempts: 1 });
  await expect(client.listInferencePipelines()).rejects.toMatchObject({ attempts: 3 });
});

test("an attached handle leaves the pipeline alone, and an aborted loop too", async () => {
  await using client = clientOf();
  const { id } = await client.startInferencePipelineWithWorkflow(camera);
  {
    await using pipeline = await client.attachInferencePipeline(id);
    const stop = new AbortController();
    const read = async () => {
      for await (const { index } of pipeline.results({ signal: stop.signal })) if (index === 3) stop.abort();
    };
    await expect(read()).rejects.toMatchObject({ code: "ABORTED" });
  }
  expect((await client.listInferencePipelines()).pipelines).toEqual([id]);
  await client.terminateInferencePipeline(id);
  await expect(client.attachInferencePipeline(id)).rejects.toMatchObject({
    status: 404,
    errorType: "ProcessesManagerNotFoundError",
  });
});

test("leaving the scope of a pipeline that is gone is no error; asking about it says what happened", async () => {
  await using client = clientOf();
  await using pipeline = await client.startInferencePipelineWithWorkflow(camera);
  await client.terminateInferencePipeline(pipeline.id);
  await expect(pipeline.status()).rejects.toMatchObject({
    status: 404,
    hint: expect.stringContaining("a pipeline is gone once it was ended"),
  });
});

const REFUSED_BY_MANAGER = {
  error_type: "ProcessesManagerOperationError",
  message: "Cannot get pipeline status in the current state of InferencePipeline.",
};

test.each([
  { refusals: 2, ends: true },
  { refusals: 1000, ends: false },
])("a source that is just being opened: the end is asked for again ($refusals refusals)", async (given) => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let asked = 0;
  const answers: Record<string, () => Response> = {
    initialise: () => Response.json({ status: "success", context: { pipeline_id: "p" } }),
    terminate: () => {
      asked += 1;
      if (asked <= given.refusals) return Response.json(REFUSED_BY_MANAGER, { status: 500 });
      return Response.json({ status: "success", context: {} });
    },
  };
  const transport = fetchTransport({
    fetch: async (url) => answers[String(url).split("/").at(-1) ?? ""]?.() ?? Response.error(),
  });
  try {
    await using client = clientOf({ transport });
    const pipeline = await client.startInferencePipelineWithWorkflow(camera);
    const end = pipeline[Symbol.asyncDispose]().then(
      () => "ended",
      (error: unknown) => error,
    );
    for (let step = 0; step < 20; step += 1) await vi.advanceTimersByTimeAsync(300);
    if (given.ends) expect(await end).toBe("ended");
    else expect(await end).toMatchObject({ errorType: "ProcessesManagerOperationError" });
    expect(asked).toBe(given.ends ? 3 : 10);
  } finally {
    vi.useRealTimers();
  }
});

test("the ninth pipeline is refused", async () => {
  await using client = clientOf();
  for (let count = 0; count < 8; count += 1) await client.startInferencePipelineWithWorkflow(camera);
  await expect(client.startInferencePipelineWithWorkflow(camera)).rejects.toMatchObject({
    status: 500,
    errorType: "ProcessesManagerInternalError",
    hint: expect.stringContaining("too many pipelines"),
  });
});
