import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.close());

const IMAGE = { type: "WorkflowImage", name: "image" };
const MODEL = {
  type: "roboflow_core/roboflow_object_detection_model@v2",
  name: "model",
  images: "$inputs.image",
  model_id: "colours/1",
};
const query = (operations: readonly object[], data = "$steps.model.predictions") => ({
  type: "roboflow_core/property_definition@v1",
  name: "query",
  data,
  operations,
});
const field = (name: string, selector: string) => ({ type: "JsonField", name, selector });
/** One black pixel. */
const PICTURE =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC";

async function post(path: string, body: string) {
  const response = await fetch(new URL(path, sandbox.url), {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer test-key" },
    body,
  });
  return { status: response.status, body: await response.json() };
}

function run(parts: { inputs?: readonly object[]; steps: readonly object[]; outputs: readonly object[] }) {
  const specification = { version: "1.4.0", inputs: [IMAGE], ...parts };
  const inputs = { image: { type: "base64", value: PICTURE } };
  return post("/workflows/run", JSON.stringify({ specification, inputs }));
}

// Every object of JavaScript has these names, and no specification means them.
test.each(["constructor", "toString", "valueOf"])(
  "an output that is called %s is not there",
  async (name) => {
    const { status, body } = await run({ steps: [MODEL], outputs: [field("found", `$steps.model.${name}`)] });
    expect([status, body.error_type]).toEqual([400, "InvalidReferenceTargetError"]);
  },
);

test("an input of a step that is called so is not there", async () => {
  const steps = [MODEL, query([{ type: "SequenceLength" }], "$steps.model.constructor")];
  const { status, body } = await run({ steps, outputs: [] });
  expect([status, body.error_type]).toEqual([400, "ExecutionGraphStructureError"]);
});

test("a property of detections that is called so is not there", async () => {
  const steps = [MODEL, query([{ type: "DetectionsPropertyExtract", property_name: "constructor" }])];
  const { status, body } = await run({ steps, outputs: [field("found", "$steps.query.output")] });
  expect([status, body.error_type]).toEqual([500, "StepExecutionError"]);
});

test("an input that is called so and is not given has its default, a picture is missing", async () => {
  const parameter = { type: "WorkflowParameter", name: "constructor", default_value: 7 };
  const outputs = [field("found", "$inputs.constructor")];
  expect(await run({ inputs: [IMAGE, parameter], steps: [MODEL], outputs })).toMatchObject({
    status: 200,
    body: { outputs: [{ found: 7 }] },
  });
  const picture = { type: "WorkflowImage", name: "toString" };
  const { status, body } = await run({ inputs: [IMAGE, picture], steps: [MODEL], outputs: [] });
  expect([status, body.message]).toEqual([400, expect.stringContaining("not provided")]);
});

test("an output may have any name", async () => {
  const { status, body } = await run({
    steps: [MODEL],
    outputs: [field("__proto__", "$steps.model.model_id")],
  });
  expect(status).toBe(200);
  expect(Object.entries(body.outputs[0])).toEqual([["__proto__", "colours/1"]]);
});

test("a kind that is called so stands for anything", async () => {
  const input = { type: "WorkflowParameter", name: "a", kind: ["constructor"] };
  const specification = { version: "1.4.0", inputs: [input], steps: [], outputs: [field("a", "$inputs.a")] };
  const { body } = await post(
    "/workflows/describe_interface",
    JSON.stringify({ specification, api_key: "k" }),
  );
  expect(body.typing_hints).toMatchObject({ constructor: "Any" });
});

test.each(["/workflows/validate", "/workflows/blocks/dynamic_outputs", "/workflows/run"])(
  "%s refuses text that is no JSON",
  async (path) => {
    const { status, body } = await post(path, "{ nothing");
    expect([status, body.detail?.[0]?.type]).toEqual([422, "json_invalid"]);
  },
);
