import { expect, test } from "vitest";
import { generateTypes } from "./generate.ts";
import { sampleSpec } from "./testing/sample-spec.ts";

const spec = sampleSpec(
  { "POST /a": "Answer" },
  {
    Answer: {
      type: "object",
      required: ["x"],
      properties: { x: { type: "number" }, y: { type: "integer", default: 3 }, z: { type: "object" } },
    },
  },
);

test("a field with a default may be left out, and a bare object is a record of unknown", async () => {
  const types = await generateTypes(spec);
  expect(types).toMatch(/x: number;/);
  expect(types).toMatch(/y\?: number;/);
  expect(types).toMatch(/z\?: Record<string, unknown>;/);
  expect(
    types.startsWith("// Generated from openapi/inference.json and openapi/overlay.json. Do not edit.\n"),
  ).toBe(true);
});

test("the same document gives the same text", async () => {
  expect(await generateTypes(spec)).toBe(await generateTypes(spec));
});

test("a document that refers to nothing is refused with the place", async () => {
  await expect(generateTypes(sampleSpec({ "POST /a": "Missing" }, {}, "7.0.0"))).rejects.toThrow(
    /No types can be generated from the document of server 7\.0\.0: .*paths.*~1a/,
  );
});
