import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { runInfer } from "../../testing/run-infer.ts";
import { createWorkplace, type Workplace } from "../../testing/workplace.ts";

const SPECIFICATION = {
  version: "1.4.0",
  inputs: [{ type: "WorkflowImage", name: "image" }],
  steps: [{ type: "roboflow_core/convert_grayscale@v1", name: "gray", image: "$inputs.image" }],
  outputs: [{ type: "JsonField", name: "gray", selector: "$steps.gray.image" }],
};
const INTERFACE = {
  inputs: { image: ["image"] },
  outputs: { gray: ["image"], all: { gray: ["image"], more: ["boolean", "string"] } },
  typing_hints: { image: "dict" },
  kinds_schemas: {},
};
const WORKLOAD = {
  type: "workflow_introspection_v1",
  execution_engine_version: "1.17.0",
  nodes: [],
  edges: [{ source: "$steps.gray", target: "$outputs.gray", kind: "data" }],
  steps: [
    {
      node_id: "$steps.gray",
      block_type: "roboflow_core/convert_grayscale@v1",
      input_dimensionality: 1,
      output_dimensionality: 1,
      resources: {},
      restrictions: {},
      operations: {},
    },
  ],
  summary: {
    max_dimensionality: 1,
    steps_by_dimensionality: { "1": 1 },
    models: {
      items: [{ model_id: "colours/1", provider: "roboflow" }],
      complete: false,
      unknown_reasons: [],
    },
  },
};
const ANSWERS: Readonly<Record<string, unknown>> = {
  "/workflows/validate": { status: "ok" },
  "/workflows/describe_interface": INTERFACE,
  "/workflows/describe_workload": WORKLOAD,
  "/lab/workflows/gray/describe_interface": INTERFACE,
  "/lab/workflows/gray/describe_workload": WORKLOAD,
};

let place: Workplace;
let server: Server;
let url = "";
let hasWorkload = true;
const received: { path: string; body: unknown }[] = [];

beforeAll(async () => {
  place = createWorkplace();
  place.write("gray.json", JSON.stringify(SPECIFICATION));
  place.write("empty.json", "{}");
  server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://server").pathname;
    received.push({ path, body: await json(request) });
    const answer = path.endsWith("workload") && !hasWorkload ? undefined : ANSWERS[path];
    response
      .writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" })
      .end(JSON.stringify(answer ?? { detail: "Not Found" }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (typeof address === "object" && address !== null) url = `http://127.0.0.1:${address.port}`;
});
beforeEach(() => {
  received.length = 0;
  hasWorkload = true;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  place.remove();
});

const infer = (...args: string[]) =>
  runInfer(["workflows", ...args], {
    cwd: place.path,
    env: { INFERENCE_API_URL: url, INFERENCE_API_KEY: "test-key" },
  });

test("validate sends the definition itself", async () => {
  expect(await infer("validate", "gray.json")).toEqual({ code: 0, stdout: "ok\n", stderr: "" });
  expect(received).toEqual([{ path: "/workflows/validate", body: SPECIFICATION }]);
});

test("describe names inputs, outputs and models", async () => {
  const { code, stdout } = await infer("describe", "lab/gray", "--workflow-version", "7");
  expect([code, stdout.split("\n")]).toEqual([
    0,
    [
      "inputs",
      "  image: image",
      "outputs",
      "  gray: image",
      "  all: { gray: image, more: boolean | string }",
      "models",
      "  colours/1 (roboflow)",
      "  and maybe more, which the server cannot tell",
      "",
    ],
  ]);
  expect(received.map(({ body }) => body)).toEqual(
    Array(2).fill({ api_key: "test-key", workflow_version_id: "7" }),
  );
});

test.each([
  ["gray.json/gray.ts", "gray.json/gray.ts cannot be written"],
  ["./gray.json", "gray.json is an input"],
])("types refuses to write %s", async (file, reason) => {
  const { code, stderr } = await infer("types", "gray.json", "-o", file);
  expect([code, JSON.parse(readFileSync(join(place.path, "gray.json"), "utf8"))]).toEqual([2, SPECIFICATION]);
  expect(stderr).toContain(reason);
});

test("types writes a module; a server that knows no workload leaves the depth open", async () => {
  const whole = await infer("types", "gray.json", "-o", "src/gray.ts", "--for", "web");
  expect(whole).toEqual({ code: 0, stdout: "", stderr: "" });
  const text = readFileSync(join(place.path, "src/gray.ts"), "utf8");
  expect(text).toContain('} from "@inference-ts/sdk";');
  expect(text).toContain("readonly gray: WorkflowImageForms[Form] | null;");
  expect(existsSync(join(place.path, "src/gray.ts.part"))).toBe(false);
  hasWorkload = false;
  const { code, stdout } = await infer("types", "lab/gray");
  expect(code).toBe(0);
  expect(stdout).toContain("readonly gray: WorkflowNested<WorkflowImageForms[Form]>;");
  expect(stdout).toContain('workspaceName: "lab"');
});

test.each([
  [["describe", "nothing.json"], "There is no file nothing.json"],
  [["describe", "gray.json", "--workflow-version", "7"], "--workflow-version is for stored workflows"],
  [["validate", "lab/gray"], "Only a definition in a file can be validated."],
  [["validate", "empty.json"], 'has no list "steps"'],
])("%j is refused before anything is sent", async (args, message) => {
  const { code, stderr } = await infer(...args);
  expect([code, received]).toEqual([2, []]);
  expect(stderr).toContain(message);
});
