import { expect, test } from "vitest";
import { countsOf } from "./suite-run.ts";

const report = (...files: { status: string; tests: string[] }[]) =>
  JSON.stringify({
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((test) => ({ status: test })),
    })),
  });

test("counts tests by how they ended", () => {
  const text = report(
    { status: "passed", tests: ["passed", "passed", "skipped"] },
    { status: "failed", tests: ["failed", "passed", "todo", "pending"] },
  );
  expect(countsOf(text, false)).toEqual({ passed: 3, failed: 1, skipped: 3 });
});

test("a file that fails outside its tests is a failure", () => {
  const text = report({ status: "failed", tests: [] }, { status: "failed", tests: ["passed", "skipped"] });
  expect(countsOf(text, false)).toEqual({ passed: 1, failed: 2, skipped: 1 });
});

test.each([
  ["no report", ""],
  ["a report without a failed test", report({ status: "passed", tests: ["passed"] })],
])("a run that failed with %s is one failure", (_, text) => {
  expect(countsOf(text, false).failed).toBe(1);
});

test("a report of another form is a failure, never silence", () => {
  expect(countsOf(JSON.stringify({ ok: true }), true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
