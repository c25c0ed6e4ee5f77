import { readFileSync } from "node:fs";
import { generateWorkflowModule, workflowKindDrift } from "@inference-ts/sdk/node";
import { expect, test } from "vitest";
import { declaredKinds, KEPT_MODULES, keptModule, moduleOf, moduleOfEveryKind, recorded } from "./modules.ts";

test.each(KEPT_MODULES)("the kept module %s is what is written today", (name) => {
  expect(moduleOf(name)).toBe(readFileSync(keptModule(name), "utf8"));
});

test("the kinds are those that the server declares", () => {
  const declared = declaredKinds();
  expect(declared).toHaveLength(45);
  expect(workflowKindDrift(declared)).toEqual({ added: [], missing: [], changed: [] });
});

test("a kind that is new, gone or of another form is drift", () => {
  const declared = declaredKinds()
    .filter(({ name }) => name !== "zone")
    .map((kind) => (kind.name === "image" ? { ...kind, serialised_data_type: "str" } : kind));
  expect(workflowKindDrift([...declared, { name: "point_cloud", serialised_data_type: "list" }])).toEqual({
    added: ["point_cloud"],
    missing: ["zone"],
    changed: [{ name: "image", known: "dict", declared: "str" }],
  });
});

test("the types of all kinds are exported", () => {
  expect(moduleOfEveryKind()).toBe(readFileSync(keptModule("every-kind"), "utf8"));
});

test("without the workload the depth of outputs is open", () => {
  const { specification, interface: described } = recorded("dynamic-crop");
  const text = generateWorkflowModule({ workflow: { specification }, interface: described });
  expect(text).toContain("readonly crops: WorkflowNested<WorkflowImageForms[Form]>;");
});
