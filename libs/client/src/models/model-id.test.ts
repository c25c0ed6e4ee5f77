import { InvalidModelIdentifierError, ModelNotSelectedError } from "@inference-ts/errors";
import { expect, test } from "vitest";
import { MODEL_ALIASES } from "./aliases.ts";
import { chooseModelId, splitModelId } from "./model-id.ts";

test("the named model wins, an empty name counts as none, aliases are resolved", async () => {
  expect(await chooseModelId("a/1", "b/2")).toBe("a/1");
  expect(await chooseModelId("", "b/2")).toBe("b/2");
  expect(await chooseModelId(undefined, "yolov8n-640")).toBe("coco/3");
  await expect(chooseModelId(undefined, null)).rejects.toBeInstanceOf(ModelNotSelectedError);
});

test("there are 152 aliases for 112 ids of two parts, and no alias holds a slash", () => {
  expect(MODEL_ALIASES.size).toBe(152);
  expect(new Set(MODEL_ALIASES.values()).size).toBe(112);
  expect([...MODEL_ALIASES.keys()].filter((name) => name.includes("/"))).toEqual([]);
  for (const id of MODEL_ALIASES.values()) expect(() => splitModelId(id)).not.toThrow();
});

test.each(["a", "a/", "/1", "/", "a/b/c", "../x", "a/..", "./1", "", "\ud800/1", "a/\udfff"])(
  "refuses %j",
  (id) => {
    expect(() => splitModelId(id)).toThrow(InvalidModelIdentifierError);
  },
);
