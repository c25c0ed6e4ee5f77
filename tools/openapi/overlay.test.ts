import { InvalidParameterError } from "@inference-ts/errors";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical, toPointer } from "./json.ts";
import { normalise } from "./normalise.ts";
import { applyOverlay, type Correction, readOverlay } from "./overlay.ts";
import { anyDocument } from "./testing/arbitrary-spec.ts";
import { sampleSpec } from "./testing/sample-spec.ts";

const spec = sampleSpec(
  { "POST /infer/a": "Answer", "GET /{id}/b": "Answer" },
  {
    Answer: { anyOf: [{ type: "string" }, {}] },
    OneRequest: { required: ["id", "image"] },
    TwoRequest: { required: ["id"] },
    PlainRequest: { required: ["image"] },
    GraphNode: { required: ["id"] },
  },
  "1.8.3",
);

const correction = (rest: Partial<Correction>): Correction => ({
  reason: "Because.",
  target: "/components/schemas/*Request/required",
  action: "removeItem",
  value: "id",
  ...rest,
});

describe("corrections", () => {
  test("no correction changes nothing", () => {
    fc.assert(
      fc.property(anyDocument, (value) => {
        const normal = normalise(value);
        expect(canonical(applyOverlay(normal, []))).toBe(canonical(normal));
      }),
    );
  });

  test("what is added is there, and the given document is as it was", () => {
    fc.assert(
      fc.property(anyDocument, fc.string({ minLength: 1 }), (value, name) => {
        const normal = normalise(value);
        const key = `x-${name.replaceAll("*", "")}`;
        const before = canonical(normal);
        const after = applyOverlay(normal, [
          correction({ target: toPointer(["info", key]), action: "add", value: 1 }),
        ]);
        expect(after.info[key]).toBe(1);
        expect(canonical(normal)).toBe(before);
      }),
    );
  });

  test("a star stands for any text of a name; places without the item stay", () => {
    expect(applyOverlay(spec, [correction({})]).components).toMatchObject({
      schemas: {
        OneRequest: { required: ["image"] },
        TwoRequest: { required: [] },
        PlainRequest: { required: ["image"] },
        GraphNode: { required: ["id"] },
      },
    });
  });

  test("an item is appended to and removed from an array by value", () => {
    const target = "/components/schemas/Answer/anyOf";
    const after = applyOverlay(spec, [
      correction({ target, action: "removeItem", value: {} }),
      correction({ target, action: "append", value: { type: "null" } }),
    ]);
    expect(after.components).toMatchObject({
      schemas: { Answer: { anyOf: [{ type: "string" }, { type: "null" }] } },
    });
  });

  test("a key is removed by its name", () => {
    const target = "/components/schemas/Answer";
    const after = applyOverlay(spec, [correction({ target, action: "removeKey", value: "anyOf" })]);
    expect(after.components).toHaveProperty(["schemas", "Answer"]);
    expect(after.components).not.toHaveProperty(["schemas", "Answer", "anyOf"]);
  });

  test.each<[string, Partial<Correction>]>([
    ["the key is gone", { target: "/components/schemas/Answer", action: "removeKey", value: "oneOf" }],
    ["the schema is gone", { target: "/components/schemas/Gone/required" }],
    ["no name matches", { target: "/components/schemas/*Question/required" }],
    ["the item is no longer there", { value: "uuid" }],
    ["the route is gone", { target: "/paths/~1infer~1z/post/requestBody", action: "add" }],
    ["the server declares it now", { target: "/paths/~1infer~1a/post/responses", action: "add" }],
    ["the union has it now", { target: "/components/schemas/Answer/anyOf", action: "append", value: {} }],
    ["it is no array", { target: "/components/schemas/Answer", action: "append" }],
  ])("fails with target, version and reason when %s", (_, rest) => {
    const entry = correction(rest);
    const apply = () => applyOverlay(spec, [entry]);
    expect(apply).toThrow(InvalidParameterError);
    expect(apply).toThrow(`at "${entry.target}" no longer applies to server 1.8.3`);
    expect(apply).toThrow("Because.");
  });
});

describe("the overlay file", () => {
  test("is read as it is", () => {
    expect(readOverlay({ corrections: [{ ...correction({}) }] })).toEqual([correction({})]);
  });

  test.each([
    [{ ...correction({}), reason: "" }],
    [{ ...correction({}), action: "replace" }],
    [{ reason: "Because.", target: "/a", action: "add" }],
    [null],
  ])("refuses an entry without reason, known action or value: %j", (entry) => {
    expect(() => readOverlay({ corrections: [entry] })).toThrow("corrections[0] of the overlay needs");
  });

  test("refuses a file without the list", () => {
    expect(() => readOverlay({})).toThrow('no array "corrections"');
  });
});
