import fc from "fast-check";
import { expect, test } from "vitest";
import { byVersion, historyOf } from "./history.ts";
import { sampleSpec } from "./testing/sample-spec.ts";

test("versions are ordered by number", () => {
  expect(["1.10.0", "1.2.0", "0.51.10", "1.2", "0.51.9"].sort(byVersion)).toEqual([
    "0.51.9",
    "0.51.10",
    "1.2",
    "1.2.0",
    "1.10.0",
  ]);
  const part = fc.nat({ max: 20 });
  const version = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("."));
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(Math.sign(byVersion(a, b)) + Math.sign(byVersion(b, a))).toBe(0);
      expect(byVersion(a, b) === 0).toBe(a === b);
    }),
  );
});

test("the first version that has a thing is kept, in whatever order the documents come", () => {
  const query = (name: string) => ({ in: "query", name });
  const old = sampleSpec(
    { "GET /a": { parameters: [query("x")] }, "GET /gone": {} },
    { S: { properties: { p: {} } } },
    "0.9.0",
  );
  const fresh = sampleSpec(
    { "GET /a": { parameters: [query("x"), query("y")] }, "GET /b": {} },
    { S: { properties: { p: {}, q: {} } }, T: {} },
    "0.10.0",
  );
  const expected = {
    versions: ["0.9.0", "0.10.0"],
    operations: {
      "GET /a": { since: "0.9.0", parameters: { "query y": "0.10.0" } },
      "GET /b": { since: "0.10.0" },
      "GET /gone": { since: "0.9.0", until: "0.9.0" },
    },
    schemas: { S: { since: "0.9.0", properties: { q: "0.10.0" } }, T: { since: "0.10.0" } },
  };
  expect(historyOf([old, fresh])).toEqual(expected);
  expect(historyOf([fresh, old])).toEqual(expected);
});
