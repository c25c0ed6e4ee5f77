import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { colourWorkflow } from "../workflows/colour-workflow.ts";

const SPECIFICATION = colourWorkflow({ found: "$steps.model.predictions", run: "$steps.model.inference_id" });

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(async () => {
  vi.useRealTimers();
  await sandbox.close();
});

async function ask(method: "GET" | "POST", verb: string, body?: object) {
  const answer = await fetch(`${sandbox.url}/inference_pipelines/${verb}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(method === "POST" ? { body: JSON.stringify({ api_key: "test-key", ...body }) } : {}),
  });
  return { status: answer.status, body: await answer.json() };
}

const start = (video_reference: unknown, workflow_specification: object = SPECIFICATION) =>
  ask("POST", "initialise", {
    video_configuration: { type: "VideoConfiguration", video_reference },
    processing_configuration: { type: "WorkflowConfiguration", workflow_specification },
  });
const started = async (reference: unknown): Promise<string> =>
  (await start(reference)).body.context.pipeline_id;
const stateOf = async (id: string) =>
  (await ask("GET", `${id}/status`)).body.report.sources_metadata[0].state;

const refusal = (error_type: string, details: string) => ({
  error_type,
  inner_error_type: null,
  message: expect.stringContaining(`Details: ${details}`),
});
const NOT_NOW = {
  status: 500,
  body: refusal("ProcessesManagerOperationError", "Cannot get pipeline status in the current state"),
};

test("a camera goes on until it is ended", async () => {
  const id = await started(0);
  expect((await ask("GET", "list")).body.pipelines).toEqual([id]);
  expect(await stateOf(id)).toBe("RUNNING");
  expect((await ask("GET", `${id}/consume`)).body).toMatchObject({ outputs: [], frames_metadata: [] });
  for (const frame of [1, 2, 3]) {
    const { body } = await ask("GET", `${id}/consume`);
    expect(body.frames_metadata).toMatchObject([{ frame_id: frame, source_id: 0 }]);
    expect(body.outputs[0].found.predictions[0]).toMatchObject({
      class: "red",
      width: 40,
      x: frame * 4 + 20,
    });
  }
  expect(await ask("POST", `${id}/terminate`)).toMatchObject({ status: 200, body: { status: "success" } });
  expect(await ask("GET", `${id}/consume`)).toEqual({
    status: 404,
    body: refusal("ProcessesManagerNotFoundError", `Could not find InferencePipeline with id=${id}.`),
  });
  expect(await ask("POST", `${id}/terminate`)).toEqual({
    status: 400,
    body: refusal("ProcessesManagerInvalidPayload", "N/A"),
  });
});

test("pause and resume are refused where they change nothing", async () => {
  const id = await started("rtsp://camera/1");
  expect(await ask("POST", `${id}/resume`)).toEqual(NOT_NOW);
  expect((await ask("POST", `${id}/pause`)).status).toBe(200);
  expect(await stateOf(id)).toBe("MUTED");
  expect(await ask("POST", `${id}/pause`)).toEqual(NOT_NOW);
  expect((await ask("GET", `${id}/consume`)).body.outputs).toEqual([]);
  expect((await ask("POST", `${id}/resume`)).status).toBe(200);
  expect(await stateOf(id)).toBe("RUNNING");
});

test("a file ends, and its pipeline is dropped a second later", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const id = await started("/videos/a.mp4");
  let frames = 0;
  await ask("GET", `${id}/consume`);
  while ((await ask("GET", `${id}/consume`)).body.outputs.length > 0) frames += 1;
  expect(frames).toBe(30);
  expect(await stateOf(id)).toBe("ENDED");
  vi.advanceTimersByTime(999);
  expect((await ask("GET", "list")).body.pipelines).toEqual([id]);
  vi.advanceTimersByTime(1);
  expect((await ask("GET", `${id}/status`)).status).toBe(404);
  expect((await ask("GET", "list")).body.pipelines).toEqual([]);
});

test("what cannot be started", async () => {
  expect(await start("video.mp4")).toMatchObject({
    status: 422,
    body: { detail: [{ loc: ["body", "video_configuration", "video_reference"] }] },
  });
  expect(await start("/a.mp4", { ...SPECIFICATION, steps: [{ type: "nope", name: "model" }] })).toEqual({
    status: 400,
    body: refusal("ProcessesManagerInvalidPayload", "Provided workflow configuration is not valid."),
  });
  for (let count = 0; count < 8; count += 1) await started(count);
  expect(await start(8)).toEqual({ status: 500, body: refusal("ProcessesManagerInternalError", "N/A") });
});
