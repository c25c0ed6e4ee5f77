import { InvalidModelIdentifierError, ModelNotSelectedError } from "@inference-ts/errors";
import { expect, test } from "vitest";
import { MODEL_ALIASES } from "./aliases.ts";
import { chooseModelId, splitModelId } from "./model-id.ts";

test("the named model wins, an empty name counts as none, aliases are resolved", () => {
  expect(chooseModelId("a/1", "b/2")).toBe("a/1");
  expect(chooseModelId("", "b/2")).toBe("b/2");
  expect(chooseModelId(undefined, "yolov8n-640")).toBe("coco/3");
  expect(() => chooseModelId(undefined, null)).toThrow(ModelNotSelectedError);
});

test("there are 152 aliases for 112 ids, all of two parts", () => {
  expect(MODEL_ALIASES.size).toBe(152);
  expect(new Set(MODEL_ALIASES.values()).size).toBe(112);
  for (const id of MODEL_ALIASES.values()) expect(() => splitModelId(id)).not.toThrow();
});

test.each(["a", "a/", "/1", "/", "a/b/c", "../x", "a/..", "./1", ""])("refuses %j", (id) => {
  expect(() => splitModelId(id)).toThrow(InvalidModelIdentifierError);
});
