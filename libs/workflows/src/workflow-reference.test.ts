import { InvalidParameterError } from "@inference-ts/errors";
import { expect, test } from "vitest";
import { checkReference, workflowLabel } from "./workflow-reference.ts";

const specification = { version: "1.0", inputs: [], steps: [], outputs: [] };

test("a stored workflow by its names, with or without a version", () => {
  const named = { workspaceName: "lab", workflowId: "count" };
  expect(checkReference(named)).toEqual({ kind: "named", ...named, workflowVersionId: undefined });
  expect(checkReference({ ...named, workflowVersionId: "7" })).toMatchObject({ workflowVersionId: "7" });
  expect(workflowLabel(checkReference(named))).toBe("lab/count");
});

test("a definition; half a name beside it is passed over", () => {
  expect(checkReference({ specification })).toEqual({ kind: "inline", specification });
  expect(checkReference({ specification, workspaceName: "lab" })).toEqual({ kind: "inline", specification });
});

test.each([
  ["nothing", {}, "neither named nor defined"],
  ["half a name", { workflowId: "count" }, "neither named nor defined"],
  ["both", { workspaceName: "lab", workflowId: "count", specification }, "at once"],
  ["an empty name", { workspaceName: "", workflowId: "count" }, "workspaceName"],
  ["blanks", { workspaceName: "lab", workflowId: "  " }, "workflowId"],
  ["a dot segment", { workspaceName: "..", workflowId: "count" }, "workspaceName"],
  ["half of a surrogate pair", { workspaceName: "a", workflowId: "\ud800" }, "workflowId"],
  ["a version beside a definition", { specification, workflowVersionId: "7" }, "workflowVersionId"],
  ["a list", { specification: [] }, "a list"],
])("%s is refused", (_what, reference, text) => {
  expect(() => checkReference(reference)).toThrow(InvalidParameterError);
  expect(() => checkReference(reference)).toThrow(text);
});

test("JSON text is refused with what to do", () => {
  expect(() => Reflect.apply(checkReference, undefined, [{ specification: "{}" }])).toThrow("Parse its JSON");
  expect(() => Reflect.apply(checkReference, undefined, ["lab/count"])).toThrow("must be an object");
});
