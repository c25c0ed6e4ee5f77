import { describe, expect, test } from "vitest";
import { coverageProblems, readCoverage, touchedMethods } from "./coverage.ts";
import { diffSpecs } from "./diff.ts";
import { sampleSpec } from "./testing/sample-spec.ts";

const coverage = readCoverage({
  "GET /a": { status: "wrapped", by: ["readA", "describeA"] },
  "POST /b": { status: "planned", by: ["makeB"], reason: "Later." },
  "GET /page": { status: "skipped", reason: "A page." },
});

describe("the ledger", () => {
  test.each([
    {},
    { status: "wrapped" },
    { status: "wrapped", by: [] },
    { status: "planned", by: ["x"] },
    { status: "skipped", reason: "" },
    { status: "done", by: ["x"] },
  ])("refuses an entry that says neither who nor why: %j", (entry) => {
    expect(() => readCoverage({ "GET /x": entry })).toThrow('"GET /x" must be');
  });

  test("names operations without an entry and entries without an operation", () => {
    expect(coverageProblems(coverage, ["GET /a", "POST /b", "GET /page"])).toEqual([]);
    expect(coverageProblems(coverage, ["GET /a", "POST /b", "GET /new"])).toEqual([
      "GET /new is not in coverage.json: say which method wraps it, or why none does.",
      "GET /page is in coverage.json but not in the document: remove the entry.",
    ]);
  });

  test("tells which methods a new document touches, also through a schema", () => {
    const operations = { "GET /a": "A", "POST /b": "B", "GET /page": "A" };
    const before = sampleSpec(operations, { A: { type: "string" }, B: { type: "string" } });
    const after = sampleSpec(
      { "GET /a": "A", "GET /page": "A" },
      { A: { type: "number" }, B: { type: "string" } },
    );
    expect(touchedMethods(diffSpecs(before, after), coverage)).toEqual([
      { method: "describeA", status: "wrapped", operations: ["GET /a"] },
      { method: "readA", status: "wrapped", operations: ["GET /a"] },
      { method: "makeB", status: "planned", operations: ["POST /b"] },
    ]);
  });
});
