import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { describedInputs, outputDepth } from "./described-io.ts";
import { generateWorkflowModule } from "./generate-module.ts";
import { nestedType, typeOfKinds } from "./kind-types.ts";
import { inComment, literal, propertyName } from "./source-text.ts";

const EMPTY = { inputs: {}, outputs: {}, typing_hints: {}, kinds_schemas: {} };
const read = (expression: string): unknown => new Function(`return ${expression};`)();

describe("types of kinds", () => {
  test.each([
    [["image"], "WorkflowImageForms[Form]"],
    [["object_detection_prediction", "keypoint_detection_prediction"], "WorkflowDetections"],
    [["string", "integer", "float"], "number | string"],
    [["string", "*"], "unknown"],
    [["string", "kind_of_tomorrow"], "unknown"],
    [["constructor"], "unknown"],
    [[], "unknown"],
  ])("%j is %s", (kinds, type) => expect(typeOfKinds(kinds)).toBe(type));

  test.each([
    ["string", 0, "string | null"],
    ["string", 1, "string | null"],
    ["string", 2, "readonly (string | null)[] | null"],
    ["unknown", 2, "readonly unknown[] | null"],
    ["string", 3, "readonly (readonly (string | null)[] | null)[] | null"],
    ["string", undefined, "WorkflowNested<string>"],
    ["unknown", undefined, "unknown"],
  ])("%s at depth %s is %s", (type, depth, text) => expect(nestedType(type, depth)).toBe(text));
});

describe("inputs", () => {
  test("a definition tells images, defaults and batches", () => {
    const specification = {
      inputs: [
        { type: "InferenceImage", name: "unused" },
        { type: "WorkflowParameter", name: "limit", default_value: null },
        { type: "WorkflowParameter", name: "word" },
        { type: "WorkflowBatchInput", name: "boxes" },
        { type: "WorkflowVideoMetadata", name: "frame" },
        "no input",
      ],
    };
    const inputs = {
      unused: ["*"],
      limit: ["integer"],
      word: ["string"],
      boxes: ["object_detection_prediction"],
    };
    expect(
      describedInputs({ ...EMPTY, inputs }, specification).map(({ name, group, optional, isBatch }) => [
        name,
        group,
        optional,
        isBatch,
      ]),
    ).toEqual([
      ["unused", "image", false, false],
      ["limit", "parameter", true, false],
      ["word", "parameter", false, false],
      ["boxes", "parameter", false, true],
      ["frame", "parameter", false, false],
    ]);
  });

  test("without one, kinds tell images and no parameter is required", () => {
    const inputs = { image: ["image"], word: ["string"] };
    expect(describedInputs({ ...EMPTY, inputs }, undefined)).toMatchObject([
      { name: "image", group: "image", optional: false },
      { name: "word", group: "parameter", optional: true },
    ]);
  });
});

test("the depth of an output is that of the step it selects", () => {
  const graph = {
    edges: [
      { source: "$steps.crop", target: "$outputs.crops", kind: "data" },
      { source: "$inputs.image", target: "$outputs.image" },
    ],
    steps: [{ node_id: "$steps.crop", output_dimensionality: 2 }],
  };
  expect(["crops", "image", "other"].map((name) => outputDepth(name, graph))).toEqual([
    2,
    undefined,
    undefined,
  ]);
});

describe("the text cannot be broken out of", () => {
  property.prop([fc.jsonValue()])("a literal reads as its value", (value) => {
    expect(JSON.stringify(read(literal(value)))).toBe(JSON.stringify(value));
  });

  test("the name __proto__ is a name like others", () => {
    const value: unknown = JSON.parse('{"__proto__":{"a":1}}');
    expect(JSON.stringify(read(literal(value)))).toBe('{"__proto__":{"a":1}}');
  });

  property.prop([fc.string({ unit: "binary" })])("a property has its name", (name) => {
    fc.pre(name !== "__proto__");
    expect(Object.keys(Object(read(`({ ${propertyName(name)}: 1 })`)))).toEqual([name]);
  });

  property.prop([fc.string({ unit: fc.constantFrom("*", "/", "\n", "\u2028", "a") })])(
    "a comment ends where it should",
    (text) => {
      expect(read(`/** ${inComment(text)} */ 1`)).toBe(1);
    },
  );

  test("names of a server stay names", () => {
    const evil = '*/ } declare const x: any; /* "';
    const text = generateWorkflowModule({
      workflow: { workspaceName: "a", workflowId: "b" },
      interface: { ...EMPTY, inputs: { [evil]: [evil] }, outputs: { [evil]: [evil] } },
    });
    expect(text).toContain(`readonly ${JSON.stringify(evil)}?: unknown;`);
    expect(text.replaceAll(JSON.stringify(evil), "")).not.toContain(evil);
  });
});

test("what is not used is not imported", () => {
  const text = generateWorkflowModule({
    workflow: { specification: { inputs: [], steps: ["WorkflowDetections"] } },
    interface: { ...EMPTY, outputs: { seen: ["string"] } },
    entry: "@inference-ts/sdk",
  });
  const imports = text.slice(0, text.indexOf("from"));
  expect(imports).not.toContain("WorkflowDetections");
  expect(imports).toContain("  RunWorkflowOptions,\n");
  expect(text).toContain('from "@inference-ts/sdk";');
});

test("a workflow without a name or definition is refused", () => {
  const workflow = Object({});
  expect(() => generateWorkflowModule({ workflow, interface: EMPTY })).toThrow("neither defined nor named");
});
