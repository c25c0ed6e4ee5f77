import { describe, expect, test } from "vitest";
import { operationsOf, schemasOf } from "./document.ts";
import { mergePart, nearestProfile, profileOf, readProfile } from "./profiles.ts";
import { sampleSpec } from "./testing/sample-spec.ts";

const profile = (...operations: string[]) => ({ serverVersion: "1.0.0", operations });

describe("the nearest profile", () => {
  const profiles = {
    default: profile("GET /a", "GET /b"),
    all: profile("GET /a", "GET /b", "GET /c", "GET /d"),
    hosted: profile("GET /a"),
  };

  test.each([
    ["default", { "GET /a": {}, "GET /b": {} }],
    ["all", { "GET /a": {}, "GET /b": {}, "GET /c": {}, "GET /d": {}, "GET /e": {} }],
    ["hosted", { "GET /a": {} }],
    ["all", { "GET /x": {} }],
  ])("is %s for %j", (expected, operations) => {
    expect(nearestProfile(sampleSpec(operations), profiles)).toBe(expected);
  });

  test("is all when none is known", () => {
    expect(nearestProfile(sampleSpec({ "GET /a": {} }), {})).toBe("all");
  });
});

describe("a document of one kind of server", () => {
  const all = sampleSpec(
    { "GET /a": "A", "POST /a": "A", "GET /switched": "S", "GET /dropped": "D" },
    { A: { type: "string" }, S: { type: "string" }, D: { type: "string" }, Unused: {} },
  );
  const before = ["GET /a", "POST /a", "GET /dropped"];
  const part = sampleSpec(
    { "GET /a": "A", "POST /a": "A", "GET /fresh": "F" },
    { A: { type: "number" }, F: {} },
    "2.0.0",
  );

  test("replaces, adds and removes its own routes and keeps those of others", () => {
    const merged = mergePart(all, part, { before, complete: false });
    expect([...operationsOf(merged).keys()].sort()).toEqual([
      "GET /a",
      "GET /fresh",
      "GET /switched",
      "POST /a",
    ]);
    expect(schemasOf(merged).get("A")).toEqual({ type: "number" });
    expect([...schemasOf(merged).keys()]).toEqual(["A", "F", "S", "Unused"]);
    expect(merged.info.version).toBe("2.0.0");
  });

  test("with every switch on takes unused schemas along", () => {
    expect([...schemasOf(mergePart(all, part, { before, complete: true })).keys()]).toEqual(["A", "F", "S"]);
  });

  test("merged into itself changes nothing", () => {
    expect(mergePart(all, all, { before: profileOf(all).operations, complete: true })).toEqual(all);
  });
});

test("a profile file without its fields is refused", () => {
  expect(() => readProfile({ operations: [] }, "hosted")).toThrow("openapi/profiles/hosted.json needs");
  expect(readProfile({ serverVersion: "1", operations: ["GET /a"] }, "all").operations).toEqual(["GET /a"]);
});
