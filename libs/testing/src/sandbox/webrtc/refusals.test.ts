import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { postJson } from "../testing/requests.ts";
import { colourWorkflow } from "../workflows/colour-workflow.ts";

const specification = colourWorkflow({ predictions: "$steps.model.predictions", image: "$inputs.image" });

const configuration = { type: "WorkflowConfiguration", workflow_specification: specification };
const saved = (workspace_name: string, workflow_id: string) => ({
  workflow_configuration: { type: "WorkflowConfiguration", workspace_name, workflow_id },
});
const request = {
  api_key: "test-key",
  workflow_configuration: configuration,
  webrtc_offer: { type: "offer", sdp: "not an sdp" },
  stream_output: [],
  data_output: ["predictions"],
};

const AVAILABLE = "Available workflow outputs: ['predictions', 'image']";
const CONFIGURATION = "WebRTCConfigurationError";

/** Requests that no worker is started for, and what a real server 1.8.3 answers to them. */
const REFUSED: readonly (readonly [name: string, change: object, status: number, answer: object])[] = [
  ["a broken offer", {}, 500, { message: "Internal error." }],
  [
    "unknown data outputs",
    { data_output: ["nope", "x"] },
    400,
    { message: `Invalid data_output fields: ['nope', 'x']. ${AVAILABLE}`, error_type: CONFIGURATION },
  ],
  [
    "an unknown stream output",
    { stream_output: ["nope"] },
    400,
    { message: `Invalid stream_output field: 'nope'. ${AVAILABLE}`, error_type: CONFIGURATION },
  ],
  [
    "neither specification nor names",
    { workflow_configuration: { type: "WorkflowConfiguration" } },
    500,
    { message: "Internal error." },
  ],
  [
    "an unknown saved workflow",
    saved("colour-lab", "nope"),
    404,
    { message: expect.stringContaining("not found") },
  ],
  [
    "a saved workflow with a wrong key",
    { ...saved("colour-lab", "detect-colours"), api_key: "wrong" },
    401,
    { message: expect.stringContaining("Unauthorized") },
  ],
  [
    "a saved workflow without a key",
    { ...saved("colour-lab", "detect-colours"), api_key: null },
    400,
    { message: expect.stringContaining("Required Roboflow API key is missing") },
  ],
  [
    "an unknown block",
    {
      data_output: [],
      workflow_configuration: {
        ...configuration,
        workflow_specification: { ...specification, steps: [{ type: "no/such@v1", name: "a" }] },
      },
    },
    400,
    {
      error_type: "WorkflowSyntaxError",
      context: "workflow_compilation | workflow_definition_parsing",
      inner_error_type: "ValidationError",
    },
  ],
  [
    "a selector to nothing",
    {
      workflow_configuration: {
        ...configuration,
        workflow_specification: {
          ...specification,
          outputs: [{ type: "JsonField", name: "predictions", selector: "$steps.nope.predictions" }],
        },
      },
    },
    500,
    { error_type: "WorkflowError", context: null, inner_error_type: null, inner_error_message: "None" },
  ],
  ["a camera by RTSP", { rtsp_url: "rtsp://127.0.0.1:1/x" }, 500, { message: "Internal error." }],
  ["a camera by MJPEG", { mjpeg_url: "http://127.0.0.1:1/x" }, 500, { message: "Internal error." }],
  [
    "no configuration",
    { workflow_configuration: undefined },
    422,
    { detail: [{ type: "missing", loc: ["body", "workflow_configuration"], msg: "Field required" }] },
  ],
  [
    "another type of configuration",
    { workflow_configuration: { ...configuration, type: "X" } },
    422,
    {
      detail: [
        {
          type: "literal_error",
          loc: ["body", "workflow_configuration", "type"],
          msg: "Input should be 'WorkflowConfiguration'",
          input: "X",
          ctx: { expected: "'WorkflowConfiguration'" },
        },
      ],
    },
  ],
  [
    "an offer without its text",
    { webrtc_offer: { type: "offer" } },
    422,
    { detail: [{ type: "missing", loc: ["body", "webrtc_offer", "sdp"], input: { type: "offer" } }] },
  ],
  [
    "wrong types",
    {
      webrtc_realtime_processing: "maybe",
      stream_output: "image",
      data_output: [1],
      declared_fps: "a",
      rtsp_url: 5,
      processing_timeout: "b",
    },
    422,
    {
      detail: [
        { type: "bool_parsing", loc: ["body", "webrtc_realtime_processing"] },
        { type: "list_type", loc: ["body", "stream_output"] },
        { type: "string_type", loc: ["body", "data_output", 0] },
        { type: "float_parsing", loc: ["body", "declared_fps"] },
        { type: "string_type", loc: ["body", "rtsp_url"] },
        { type: "int_parsing", loc: ["body", "processing_timeout"] },
      ],
    },
  ],
];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

test.each(REFUSED)("%s is refused as the real server refuses it", async (_name, change, status, answer) => {
  const reply = await postJson(sandbox, "/initialise_webrtc_worker", { ...request, ...change });
  expect(reply.json).toMatchObject(answer);
  expect(reply.status).toBe(status);
  expect(sandbox.liveSessions).toBe(0);
});

test("a session that the server does not count is unknown", async () => {
  const body = { session_id: "no-such-session", api_key: "test-key" };
  const reply = await postJson(sandbox, "/webrtc/session/heartbeat", body);
  expect(reply).toMatchObject({
    status: 404,
    json: { detail: { status: "error", message: "session not found" } },
  });
});
