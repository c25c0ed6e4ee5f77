import fc from "fast-check";
import { expect, test } from "vitest";
import { KNOWN_VERSIONS, ROUTE_HISTORY } from "./generated/route-history.ts";
import { compareVersions, hasRoute, isVersion, versionBefore } from "./server-version.ts";

const facts = (since: string, until?: string) => ({
  since,
  ...(until === undefined ? {} : { until }),
  servers: [],
  key: [],
  methods: [],
});

test("versions are compared by number", () => {
  const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30));
  fc.assert(
    fc.property(version, version, (a, b) => {
      const order =
        a.map((part, index) => part - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
      expect(Math.sign(compareVersions(a.join("."), b.join(".")))).toBe(Math.sign(order));
    }),
  );
  expect(compareVersions("1.8.3rc1", "1.8.3")).toBe(0);
  expect([..."abc"].filter(isVersion)).toEqual([]);
});

test.each([
  ["1.8.3", "1.7.4", undefined, true],
  ["1.7.4", "1.7.4", undefined, true],
  ["1.5.0", "1.7.4", undefined, false],
  ["1.6.0", "1.7.4", undefined, null],
  ["0.9.0", "0.51.10", undefined, false],
  ["0.52.0", "0.51.10", undefined, true],
  ["9.0.0", "0.51.10", undefined, true],
  ["1.8.3", "0.51.10", "1.5.0", false],
  ["1.5.0", "0.51.10", "1.5.0", true],
] as const)("server %s, route since %s until %s: %s", (version, since, until, expected) => {
  expect(hasRoute(version, facts(since, until))).toBe(expected);
});

test("the table names known versions only", () => {
  for (const { since, until } of Object.values(ROUTE_HISTORY)) {
    expect(KNOWN_VERSIONS).toContain(since);
    if (until !== undefined) expect(KNOWN_VERSIONS).toContain(until);
  }
  expect(versionBefore(KNOWN_VERSIONS[0] ?? "")).toBeUndefined();
  expect(versionBefore("1.8.3")).toBe("1.7.4");
});
