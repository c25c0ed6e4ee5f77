import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffSpecs, isEmptyDiff, type PartDiff } from "./diff.ts";
import { schemasOf } from "./document.ts";
import { normalise } from "./normalise.ts";
import { diffLines } from "./report.ts";
import { anyDocument } from "./testing/arbitrary-spec.ts";
import { sampleSpec } from "./testing/sample-spec.ts";

const namesOf = ({ added, removed, changed }: PartDiff) => ({
  added,
  removed,
  changed: changed.map(({ name }) => name),
});

describe("a diff", () => {
  test("of a document with itself is empty", () => {
    fc.assert(
      fc.property(anyDocument, (value) => {
        expect(isEmptyDiff(diffSpecs(normalise(value), normalise(value)))).toBe(true);
      }),
    );
  });

  test("of a document with one thing more shows that thing alone", () => {
    fc.assert(
      fc.property(anyDocument, (value) => {
        const before = normalise(value);
        const schemas = { ...Object.fromEntries(schemasOf(before)), Fresh: { type: "string" } };
        const paths = { ...before.paths, "/fresh": { put: { operationId: "fresh" } } };
        const diff = diffSpecs(before, normalise({ ...before, paths, components: { schemas } }));
        expect(diff.operations).toEqual({ added: ["PUT /fresh"], removed: [], changed: [] });
        expect(diff.schemas).toEqual({ added: ["Fresh"], removed: [], changed: [] });
        expect(isEmptyDiff(diff)).toBe(false);
      }),
    );
  });

  test("read backwards swaps added and removed", () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, (left, right) => {
        const [a, b] = [normalise(left), normalise(right)];
        const there = diffSpecs(a, b);
        const back = diffSpecs(b, a);
        for (const part of ["operations", "schemas"] as const) {
          expect([...back[part].added].sort()).toEqual([...there[part].removed].sort());
          expect(namesOf(back[part]).changed.toSorted()).toEqual(namesOf(there[part]).changed.toSorted());
        }
      }),
    );
  });

  const query = (name: string, schema: Record<string, string>) => ({ in: "query", name, schema });
  const before = sampleSpec(
    { "POST /a": { parameters: [query("x", { type: "string" })] }, "POST /b": "Outer", "GET /old": {} },
    {
      Outer: { properties: { inner: { $ref: "#/components/schemas/Inner" } } },
      Inner: { required: ["p"], enum: ["a", "b"], default: { deep: 1 } },
    },
  );
  const after = sampleSpec(
    {
      "POST /a": { parameters: [query("x", { type: "number" }), query("y", { type: "string" })] },
      "POST /b": "Outer",
      "GET /new": {},
    },
    {
      Outer: { properties: { inner: { $ref: "#/components/schemas/Inner" } } },
      Inner: { required: ["p", "q"], enum: ["b", "a"], default: { deep: 2 } },
    },
    "1.1.0",
  );
  const diff = diffSpecs(before, after);

  test("names what is added, removed and changed, and where", () => {
    expect(namesOf(diff.operations)).toEqual({
      added: ["GET /new"],
      removed: ["GET /old"],
      changed: ["POST /a"],
    });
    expect(diff.operations.changed[0]?.changes).toEqual([
      { kind: "changed", at: "/parameters/query x/schema/type", before: "string", after: "number" },
      { kind: "added", at: "/parameters/query y", after: query("y", { type: "string" }) },
    ]);
    expect(diff.schemas.changed).toEqual([
      {
        name: "Inner",
        changes: [
          { kind: "changed", at: "/default", before: { deep: 1 }, after: { deep: 2 } },
          { kind: "added", at: "/required", after: "q" },
        ],
      },
    ]);
  });

  test("names operations that change through a schema, however deep", () => {
    expect(diff.affected).toEqual([{ operation: "POST /b", schemas: ["Inner"] }]);
  });

  test("shows another order of a union, which the server tries in order", () => {
    const union = (first: string, second: string) =>
      sampleSpec({}, { Answer: { anyOf: [{ type: first }, { type: second }] } });
    expect(diffSpecs(union("a", "b"), union("b", "a")).schemas.changed[0]?.changes).toEqual([
      {
        kind: "changed",
        at: "/anyOf",
        before: [{ type: "a" }, { type: "b" }],
        after: [{ type: "b" }, { type: "a" }],
      },
    ]);
  });

  test("reads as lines", () => {
    expect(diffLines(diff)).toEqual([
      "1.0.0 -> 1.1.0",
      "Operations: 1 added, 1 removed, 1 changed",
      "  + GET /new",
      "  - GET /old",
      "  ~ POST /a",
      '      ~ /parameters/query x/schema/type  "string" -> "number"',
      '      + /parameters/query y  {"in":"query","name":"y","schema":{"type":"string"}}',
      "Schemas: 0 added, 0 removed, 1 changed",
      "  ~ Inner",
      '      ~ /default  {"deep":1} -> {"deep":2}',
      '      + /required  "q"',
      "Operations changed through a schema: 1",
      "  ~ POST /b  (Inner)",
    ]);
    expect(diffLines(diffSpecs(before, before))).toEqual(["1.0.0 -> 1.0.0: no difference"]);
  });
});
