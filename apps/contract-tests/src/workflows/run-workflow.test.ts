import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InferenceHTTPClient as PortableClient } from "@inference-ts/sdk";
import {
  chromeTrace,
  fetchTransport,
  InferenceHTTPClient,
  type InferenceHTTPClientOptions,
  isWorkflowImage,
  type RunWorkflowOptions,
} from "@inference-ts/sdk/node";
import { startSandbox } from "@inference-ts/sdk/testing";
import sharp from "sharp";
import { expect, test, vi } from "vitest";
import { recordingClient } from "../core-models/recording-client.ts";

const IMAGE = new Uint8Array(
  readFileSync(join(import.meta.dirname, "../../fixtures/golden/inputs/images/red-64x48.png")),
);
const KEY = "key-of-this-test-0123456789";
const WORKFLOW = { workspaceName: "lab", workflowId: "count" };

/** A client whose server answers every request with the same. */
function clientWith(json: unknown, status = 200, options: Partial<InferenceHTTPClientOptions> = {}) {
  const settings = { apiKey: KEY, retry: { baseDelayMs: 0 }, ...options };
  const { client, requests, events } = recordingClient(() => ({ json, status }), settings);
  return { client, sent: requests, events };
}

test.each(["http://workflows.test", "https://serverless.roboflow.com"])(
  "the key goes into header and body, not into the query: %s",
  async (apiUrl) => {
    const { client, sent } = clientWith({ outputs: [] }, 200, { apiUrl });
    await client.runWorkflow(WORKFLOW);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body.api_key).toBe(KEY);
    expect(sent[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(sent[0]?.query).toEqual({});
    expect(sent[0]?.path).toBe("/lab/workflows/count");
  },
);

test("every option has its field, and what is not asked for has none", async () => {
  const { client, sent } = clientWith({ outputs: [] });
  await client.runWorkflow(WORKFLOW);
  await client.runWorkflow(
    { ...WORKFLOW, workflowVersionId: "7" },
    {
      parameters: { limit: 3 },
      excludedFields: ["a"],
      useCache: false,
      enableProfiling: true,
      disableSinks: true,
      debug: true,
    },
  );
  expect(sent.map(({ body }) => body)).toEqual([
    { api_key: KEY, use_cache: true, enable_profiling: false, inputs: {} },
    {
      api_key: KEY,
      use_cache: false,
      enable_profiling: true,
      disable_sinks: true,
      debug: true,
      inputs: { limit: 3 },
      excluded_fields: ["a"],
      workflow_version_id: "7",
    },
  ]);
});

test("the images of a batch are loaded side by side, never more than eight, and keep their places", async () => {
  const { client, sent } = clientWith({ outputs: [] });
  let open = 0;
  let most = 0;
  const picture = async function* () {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setImmediate(resolve));
    yield IMAGE;
    open -= 1;
  };
  const image = [Array.from({ length: 30 }, picture), [], IMAGE];
  await client.runWorkflow(WORKFLOW, { images: { image } });
  expect(most).toBe(8);
  const wire = { type: "base64", value: Buffer.from(IMAGE).toString("base64") };
  expect(sent[0]?.body.inputs).toEqual({ image: [Array.from({ length: 30 }, () => wire), [], wire] });
});

test("a bad image ends the call before anything is sent", async () => {
  const { client, sent } = clientWith({ outputs: [] });
  const images = { image: [IMAGE, Uint8Array.of(1, 2, 3)] };
  await expect(client.runWorkflow(WORKFLOW, { images })).rejects.toMatchObject({
    code: "INVALID_INPUT_FORMAT",
  });
  expect(sent).toEqual([]);
});

test("an abort while an image is loaded ends the call before anything is sent", async () => {
  const { client, sent } = clientWith({ outputs: [] });
  const aborting = new AbortController();
  const image = (async function* () {
    yield IMAGE.subarray(0, 10);
    aborting.abort();
    await new Promise((resolve) => setImmediate(resolve));
    yield IMAGE.subarray(10);
  })();
  const running = client.runWorkflow(WORKFLOW, { images: { image }, signal: aborting.signal });
  await expect(running).rejects.toMatchObject({ code: "ABORTED" });
  expect(sent).toEqual([]);
});

test.each([
  [true, 3],
  [false, 1],
])("with workflowRunRetriesEnabled %s a busy server is asked %i times", async (enabled, attempts) => {
  const { client, sent } = clientWith({ message: "busy" }, 503);
  const options = { configuration: { workflowRunRetriesEnabled: enabled } };
  await expect(client.runWorkflow(WORKFLOW, options)).rejects.toMatchObject({
    code: "HTTP_ERROR",
    serverMessage: "busy",
    attempts,
  });
  expect(sent).toHaveLength(attempts);
});

test("a failed block is named with its type, property and the error behind it", async () => {
  const { client } = clientWith(
    {
      message: "Error while running step",
      error_type: "StepExecutionError",
      context: "workflow_execution | step_execution",
      inner_error_type: "ValueError",
      inner_error_message: "bad value",
      blocks_errors: [{ block_id: "crop", block_type: "dynamic_crop", property_name: "predictions" }],
    },
    400,
  );
  await expect(client.runWorkflow(WORKFLOW)).rejects.toMatchObject({
    serverMessage: "Error while running step. More details: bad value",
    errorType: "StepExecutionError",
    innerErrorType: "ValueError",
    innerErrorMessage: "bad value",
    context: "workflow_execution | step_execution",
    blockErrors: [{ blockId: "crop", blockType: "dynamic_crop", propertyName: "predictions" }],
  });
});

test("the stations of a run, in order", async () => {
  const { client, events } = clientWith({ outputs: [] });
  await client.runWorkflow(WORKFLOW, { images: { image: IMAGE } });
  expect(events.map(({ station }) => station)).toEqual([
    "call",
    "plan",
    "load",
    "batch",
    "endpoint",
    "send",
    "decode",
  ]);
});

test("a picture among the outputs goes into the next run as it is", async () => {
  const value = Buffer.from(IMAGE).toString("base64");
  const { client, sent } = clientWith({ outputs: [{ crop: { type: "base64", value } }] });
  const { outputs } = await client.runWorkflow(WORKFLOW);
  const crop = outputs[0]?.crop;
  if (!isWorkflowImage(crop)) return expect.unreachable();
  expect([crop.width, crop.height, crop.format]).toEqual([64, 48, "png"]);
  await client.runWorkflow(WORKFLOW, { images: { image: crop.value } });
  expect(sent[1]?.body.inputs).toEqual({ image: { type: "base64", value } });
});

test("an unknown form of pictures is refused", async () => {
  const { client, sent } = clientWith({ outputs: [] });
  const options: RunWorkflowOptions = JSON.parse('{"outputImages":"numpy"}');
  await expect(client.runWorkflow(WORKFLOW, options)).rejects.toThrow("bytes, base64, data-url, sharp");
  expect(sent).toEqual([]);
});

test("pictures as pipelines of sharp: nested ones, with what belongs to them", async () => {
  const picture = { type: "base64", value: Buffer.from(IMAGE).toString("base64"), parent_id: "image" };
  const { client } = clientWith({
    outputs: [{ crops: [[picture, null]], deep: { one: picture }, text: "a" }],
  });
  const { outputs } = await client.runWorkflow(WORKFLOW, { outputImages: "sharp" });
  const [crops] = outputs.map(({ crops }) => crops);
  const [[first, second]] = Array.isArray(crops) && Array.isArray(crops[0]) ? crops : [[]];
  expect(second).toBeNull();
  if (!isWorkflowImage(first, "sharp")) throw new Error("Expected a picture.");
  expect(first).toMatchObject({ type: "sharp", format: "png", width: 64, height: 48, parent_id: "image" });
  expect(await sharp(await first.value.toBuffer()).metadata()).toMatchObject({ width: 64, height: 48 });
  expect(outputs).toMatchObject([{ deep: { one: { type: "sharp" } }, text: "a" }]);
});

test("pipelines of sharp are refused before anything is sent where sharp does not run", async () => {
  const sent: unknown[] = [];
  const transport = fetchTransport({
    fetch: async (url) => {
      sent.push(url);
      return Response.json({ outputs: [] });
    },
  });
  await using client = new PortableClient({ apiUrl: "http://workflows.test", apiKey: KEY, transport });
  await expect(client.runWorkflow(WORKFLOW, { outputImages: "sharp" })).rejects.toMatchObject({
    code: "INVALID_PARAMETER",
    hint: expect.stringContaining("@inference-ts/sdk/node"),
  });
  expect(sent).toEqual([]);
});

test("the older method asks the older addresses, and says once that it is old", async () => {
  const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  const { client, sent } = clientWith({ outputs: [] });
  await client.inferFromWorkflow({ workspaceName: "lab", workflowName: "a/b" });
  await client.inferFromWorkflow({ specification: { version: "1.0" } });
  expect(sent.map(({ path }) => path)).toEqual(["/infer/workflows/lab/a%2Fb", "/infer/workflows"]);
  expect(sent[1]?.body.specification).toEqual({ version: "1.0" });
  expect(warnings).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("use runWorkflow"), {
    type: "DeprecationWarning",
    code: "INFERENCE_OLD_WORKFLOW_ROUTES",
  });
  warnings.mockRestore();
});

test("a trace is given where it is asked for and the server allows it; Chrome's viewer can read it", async () => {
  const gray = { type: "roboflow_core/convert_grayscale@v1", name: "gray", image: "$inputs.image" };
  const specification = {
    version: "1.4.0",
    inputs: [{ type: "WorkflowImage", name: "image" }],
    steps: [gray],
    outputs: [{ type: "JsonField", name: "gray", selector: "$steps.gray.image" }],
  };
  const traceOf = async (workflowProfiling: boolean, enableProfiling: boolean) => {
    await using sandbox = await startSandbox({ workflowProfiling });
    await using client = new InferenceHTTPClient({ apiUrl: sandbox.url, apiKey: "test-key" });
    const options = { images: { image: IMAGE }, enableProfiling };
    return (await client.runWorkflow({ specification }, options)).profiler_trace;
  };
  expect(await traceOf(false, true)).toEqual([]);
  expect(await traceOf(true, false)).toEqual([]);
  const trace = await traceOf(true, true);
  expect(trace.map(({ name, ph }) => `${name} ${ph}`)).toEqual([
    "workflow_compilation X",
    "workflow_run B",
    "workflow_input_assembly X",
    "step_execution X",
    "workflow_execution X",
    "outputs_construction X",
    "workflow_run E",
  ]);
  expect(trace[3]).toMatchObject({ args: { step_selector: "$steps.gray" }, dur: expect.any(Number) });
  expect(JSON.parse(chromeTrace(trace))).toMatchObject({ traceEvents: trace });
});
