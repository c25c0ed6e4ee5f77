import { InvalidParameterError } from "@inference-ts/errors";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isArray, isObject, type Json, toFileText } from "./json.ts";
import { normalise } from "./normalise.ts";
import { anyDocument } from "./testing/arbitrary-spec.ts";

function shuffled(value: Json): Json {
  if (isArray(value)) return value.map(shuffled);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, child]) => [key, shuffled(child)]),
  );
}

const document = (rest: Record<string, Json>): Json => ({
  openapi: "3.1.0",
  info: { title: "Server", version: "1.0.0", description: "long text", contact: { email: "a@b.c" } },
  paths: {},
  ...rest,
});

describe("normal form", () => {
  test("doing it twice changes nothing", () => {
    fc.assert(
      fc.property(anyDocument, (value) => {
        const once = normalise(value);
        expect(toFileText(normalise(once))).toBe(toFileText(once));
      }),
    );
  });

  test("the order of keys does not matter", () => {
    fc.assert(
      fc.property(anyDocument, (value) => {
        expect(toFileText(normalise(shuffled(value)))).toBe(toFileText(normalise(value)));
      }),
    );
  });

  test("text for people goes, facts stay", () => {
    const field = {
      type: "number",
      format: "float",
      minimum: 0,
      default: 0.4,
      enum: ["b", "a"],
      title: "Confidence",
      description: "How sure",
      examples: [0.5],
    };
    const { components } = normalise(document({ components: { schemas: { Field: field } } }));
    expect(components).toEqual({
      schemas: { Field: { default: 0.4, enum: ["b", "a"], format: "float", minimum: 0, type: "number" } },
    });
  });

  test("a property, a path, a schema or a default that is named like a keyword stays", () => {
    const value = normalise(
      document({
        paths: { "/a": { post: { summary: "S", responses: { 200: { description: "OK" } } } } },
        components: {
          schemas: {
            title: { type: "object", properties: { description: { type: "string", title: "Description" } } },
            Other: { default: { title: "kept", description: "kept" }, const: { summary: "kept" } },
          },
        },
      }),
    );
    expect(value.components).toEqual({
      schemas: {
        title: { type: "object", properties: { description: { type: "string" } } },
        Other: { default: { title: "kept", description: "kept" }, const: { summary: "kept" } },
      },
    });
    expect(value.paths).toEqual({ "/a": { post: { responses: { 200: { description: "" } } } } });
  });

  test("required names and parameters are sets and are sorted", () => {
    const query = (name: string) => ({ in: "query", name, schema: {} });
    const one = normalise(
      document({
        paths: { "/a": { get: { parameters: [query("b"), query("a")] } } },
        components: { schemas: { S: { required: ["y", "x"], anyOf: [{ type: "b" }, { type: "a" }] } } },
      }),
    );
    expect(one.paths).toEqual({ "/a": { get: { parameters: [query("a"), query("b")] } } });
    expect(one.components).toEqual({
      schemas: { S: { anyOf: [{ type: "b" }, { type: "a" }], required: ["x", "y"] } },
    });
  });

  test("only title and version stay of the information block", () => {
    expect(normalise(document({})).info).toEqual({ title: "Server", version: "1.0.0" });
  });

  test.each([
    null,
    [],
    "text",
    {},
    { swagger: "2.0", info: { version: "1" }, paths: {} },
    { openapi: "3.1.0", paths: {} },
    { openapi: "3.1.0", info: { version: "1" } },
  ])("%j is refused", (value) => {
    expect(() => normalise(value as Json, "x.json")).toThrow(InvalidParameterError);
    expect(() => normalise(value as Json, "x.json")).toThrow("x.json is not an OpenAPI 3 document");
  });
});
