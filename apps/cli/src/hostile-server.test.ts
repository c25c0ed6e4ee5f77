import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runInfer } from "./testing/run-infer.ts";
import { createWorkplace, twoBoxes, type Workplace } from "./testing/workplace.ts";

/** Clears the screen, sets its title, goes back to the begin of the line, colours, and begins a line of its own. */
const EVIL = "\u001b[2J\u001b]0;title\u0007\r\u009b31mevil\nfaked";

const model = { model_id: EVIL, task_type: EVIL, batch_size: 1, input_width: 4, input_height: 4 };
const context = { request_id: EVIL, pipeline_id: EVIL };
const ANSWERS: Readonly<Record<string, unknown>> = {
  "/info": { name: EVIL, version: EVIL, uuid: EVIL },
  "/model/registry": { models: [model] },
  "/inference_pipelines/list": { status: "success", context, pipelines: [EVIL] },
  "/inference_pipelines/p/status": {
    status: "success",
    context,
    report: { sources_metadata: [{ source_id: 0, state: EVIL, source_reference: EVIL }] },
  },
  "/workflows/validate": { status: EVIL },
  "/workflows/describe_interface": {
    inputs: { [EVIL]: [EVIL] },
    outputs: { [EVIL]: [EVIL], nested: { [EVIL]: [EVIL] } },
    typing_hints: {},
    kinds_schemas: {},
  },
  "/health": {},
  "/v1/chat/completions": {
    choices: [{ index: 0, message: { role: "assistant", content: EVIL }, finish_reason: "stop" }],
  },
};

let server: Server;
let place: Workplace;
let url = "";

beforeAll(async () => {
  place = createWorkplace();
  place.write("shot.png", await twoBoxes());
  place.write("flow.json", JSON.stringify({ version: "1.0", inputs: [], steps: [], outputs: [] }));
  server = createServer((request, response) => {
    request.resume();
    const path = new URL(request.url ?? "/", "http://server").pathname;
    const answer = ANSWERS[path];
    response.writeHead(answer === undefined ? 400 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { message: EVIL, error: EVIL }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${Object(server.address()).port}`;
});
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
  place?.remove();
});

test.each([
  [["status"]],
  [["status", "--verbose"]],
  [["models", "list"]],
  [["models", "load", "colours/1"]],
  [["run", "shot.png", "-m", "colours/1", "--api-mode", "v0", "--format", "none"]],
  [["core", "clip-image", "shot.png", "--output", "out.json"]],
  [["pipelines", "list"]],
  [["pipelines", "status", "p"]],
  [["pipelines", "stop", "p"]],
  [["workflows", "validate", "flow.json"]],
  [["workflows", "describe", "flow.json"]],
  [["hf", "status", "URL"]],
  [["hf", "fill-mask", "text", "-m", "URL", "--output", "out.json"]],
  [["benchmark", "-m", "colours/1", "--requests", "1", "--api-mode", "v0"]],
])("infer %j shows what a server says, and obeys none of it", async (args) => {
  const env = { INFERENCE_API_URL: url, INFERENCE_API_KEY: "k", HF_TOKEN: "" };
  const { stdout, stderr } = await runInfer(
    args.map((arg) => (arg === "URL" ? url : arg)),
    { cwd: place.path, env },
  );
  const said = stdout + stderr;
  expect(said).toContain("evil");
  expect(said).not.toMatch(/(?![\t\n])\p{Cc}/u);
});
