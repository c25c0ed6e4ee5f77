import { isWorkflowDetections, isWorkflowImage, type WorkflowImage } from "@inference-ts/sdk/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DIFFERENCES } from "./differences.ts";
import { MODELS } from "./models.ts";
import { asPng, ONLY_BLUE, RED_AND_BLUE } from "./pictures.ts";
import { failureOf } from "./results.ts";
import { openTarget, type Target } from "./target.ts";

const IMAGE = { type: "WorkflowImage", name: "image" };
const GRAY = { type: "roboflow_core/convert_grayscale@v1", name: "gray", image: "$inputs.image" };
const MODEL = {
  type: "roboflow_core/roboflow_object_detection_model@v2",
  name: "model",
  images: "$inputs.image",
  model_id: MODELS["object-detection"],
};
const CROP = {
  type: "roboflow_core/dynamic_crop@v1",
  name: "crop",
  images: "$inputs.image",
  predictions: "$steps.model.predictions",
};
const property = (name: string, data: string, operation: object) => ({
  type: "roboflow_core/property_definition@v1",
  name,
  data,
  operations: [operation],
});
const output = (name: string, selector: string) => ({ type: "JsonField", name, selector });
const workflow = (
  steps: readonly object[],
  outputs: readonly object[],
  inputs: readonly object[] = [IMAGE],
) => ({
  specification: { version: "1.4.0", inputs, steps, outputs },
});

let target: Target;
let both: Uint8Array;
let blue: Uint8Array;
beforeAll(async () => {
  target = await openTarget();
  [both, blue] = await Promise.all([asPng(RED_AND_BLUE), asPng(ONLY_BLUE)]);
});
afterAll(() => target.close());

function picture(value: unknown): WorkflowImage {
  if (isWorkflowImage(value)) return value;
  throw new Error(`Expected a picture, got ${JSON.stringify(value)}.`);
}

function classesOf(value: unknown): string[] {
  if (!isWorkflowDetections(value)) throw new Error("Expected detections.");
  return value.predictions.map((box) => box.class).sort();
}

test("a picture that no step changed comes back as it was sent, a changed one as JPEG", async () => {
  const outputs = [output("same", "$inputs.image"), output("gray", "$steps.gray.image")];
  const result = await target.client().runWorkflow(workflow([GRAY], outputs), { images: { image: both } });
  expect(result.outputs).toHaveLength(1);
  expect(Buffer.from(picture(result.outputs[0]?.same).value).equals(both)).toBe(true);
  expect(picture(result.outputs[0]?.gray)).toMatchObject({ format: "jpeg", width: 512, height: 512 });
});

test("a batch gives one object per picture, in order; a parameter reaches its step", async () => {
  const steps = [
    { ...MODEL, confidence: "$inputs.confidence" },
    property("count", "$steps.model.predictions", { type: "SequenceLength" }),
  ];
  const inputs = [IMAGE, { type: "WorkflowParameter", name: "confidence", default_value: 0.4 }];
  const counted = workflow(
    steps,
    [output("count", "$steps.count.output"), output("p", "$steps.model.predictions")],
    inputs,
  );
  const client = target.client();
  const { outputs } = await client.runWorkflow(counted, { images: { image: [both, blue] } });
  expect(outputs.map(({ count }) => count)).toEqual([2, 1]);
  expect(outputs.map(({ p }) => classesOf(p))).toEqual([["blue", "red"], ["blue"]]);
  const none = await client.runWorkflow(counted, {
    images: { image: both },
    parameters: { confidence: 0.99 },
    excludedFields: ["p"],
  });
  expect(none.outputs).toEqual([{ count: 0 }]);
});

test("a crop per detection has its size and its place", async () => {
  const outputs = [output("crops", "$steps.crop.crops"), output("boxes", "$steps.model.predictions")];
  const result = await target
    .client()
    .runWorkflow(workflow([MODEL, CROP], outputs), { images: { image: both } });
  const { crops, boxes } = result.outputs[0] ?? {};
  if (!Array.isArray(crops) || !isWorkflowDetections(boxes)) throw new Error("Expected crops and boxes.");
  expect(crops).toHaveLength(2);
  for (const [index, box] of boxes.predictions.entries()) {
    expect(picture(crops[index])).toMatchObject({
      width: box.width,
      height: box.height,
      parent_id: box.detection_id,
      parent_origin: { offset_x: box.x - box.width / 2, offset_y: box.y - box.height / 2, width: 512 },
      root_parent_id: "image",
    });
  }
});

test("a static crop and properties of its picture", async () => {
  const crop = {
    type: "roboflow_core/relative_statoic_crop@v1",
    name: "crop",
    images: "$inputs.image",
    ...{ x_center: 0.5, y_center: 0.5, width: 0.5, height: 0.25 },
  };
  const size = property("size", "$steps.crop.crops", { type: "ExtractImageProperty", property_name: "size" });
  const whole = workflow([crop, size], [output("size", "$steps.size.output")]);
  const { outputs } = await target.client().runWorkflow(whole, { images: { image: both } });
  expect(outputs).toEqual([{ size: 256 * 128 }]);
});

test("a saved workflow runs by its names", async () => {
  const saved = { workspaceName: "colour-lab", workflowId: "detect-colours" };
  const { outputs } = await target.client().runWorkflow(saved, { images: { image: both } });
  expect(outputs[0]?.count).toBe(2);
  const unknown = { ...saved, workflowId: "never-saved" };
  const error = await failureOf(target.client().runWorkflow(unknown, { images: { image: both } }));
  expect(error).toMatchObject({ code: "HTTP_ERROR", status: 404 });
});

test.each([
  {
    name: "a block that nobody knows",
    workflow: workflow([{ type: "roboflow_core/no_such_block@v1", name: "a" }], []),
    error: { errorType: "WorkflowSyntaxError", blockErrors: [{ blockId: "a" }] },
  },
  {
    name: "a selector that points nowhere",
    workflow: workflow([{ ...GRAY, image: "$steps.ghost.image" }], []),
    error: {
      errorType: "InvalidReferenceTargetError",
      blockErrors: [{ blockId: "gray", propertyName: "image" }],
    },
  },
  {
    name: "a value of the wrong type",
    workflow: workflow([{ ...MODEL, confidence: 2 }], []),
    error: { innerErrorType: "ValidationError", blockErrors: [{ propertyName: "confidence" }] },
  },
])("$name is refused with the name of the block", async ({ workflow: broken, error }) => {
  const failure = await failureOf(target.client().runWorkflow(broken, { images: { image: blue } }));
  expect(failure).toMatchObject({ code: "HTTP_ERROR", status: 400, ...error });
});

test("an input that is missing is refused by name", async () => {
  const gray = workflow([GRAY], [output("gray", "$steps.gray.image")]);
  expect(await failureOf(target.client().runWorkflow(gray, {}))).toMatchObject({
    code: "HTTP_ERROR",
    status: 400,
    errorType: "RuntimeInputError",
    serverMessage: expect.stringContaining("`image`"),
  });
});

test("a workflow is described, and validated", async () => {
  const client = target.client();
  const described = workflow(
    [MODEL, CROP],
    [output("crops", "$steps.crop.crops"), output("all", "$steps.model.*")],
  );
  expect(await client.describeWorkflowInterface(described)).toMatchObject({
    inputs: { image: ["image"] },
    outputs: { crops: ["image"], all: { predictions: ["object_detection_prediction"] } },
  });
  expect(await client.validateWorkflow(described.specification)).toEqual({ status: "ok" });
  if (DIFFERENCES.workload.of(target)) {
    const workload = await client.describeWorkload(described);
    expect(workload.summary).toMatchObject({
      max_dimensionality: 2,
      models: { items: [{ model_id: MODELS["object-detection"] }], complete: true },
    });
  }
});
