import { expect, test } from "vitest";
import { figure } from "./figure.ts";
import { type Gate, judge, parseGates, readGates, scenarioOf } from "./gates.ts";
import { SCENARIOS } from "./scenarios/scenarios.ts";

const GATES: readonly Gate[] = [
  { figure: "sequential.times-fetch", atLeast: 1.8 },
  { figure: "memory.growth", atMost: 15 },
];

test("bounds themselves are kept, what is beyond fails, what was not measured is skipped", () => {
  const outcomes = (...values: readonly [string, number][]) =>
    judge(
      GATES,
      values.map(([name, value]) => figure(name, "x", [value])),
    ).map(({ outcome }) => outcome);
  expect(outcomes(["sequential.times-fetch", 1.8], ["memory.growth", 15])).toEqual(["passed", "passed"]);
  expect(outcomes(["sequential.times-fetch", 1.79], ["memory.growth", 15.1])).toEqual(["failed", "failed"]);
  expect(outcomes(["sequential.times-fetch", Number.NaN])).toEqual(["failed", "skipped"]);
});

test("every gate of the file belongs to a scenario", () => {
  const names = SCENARIOS.map(({ name }) => name);
  expect(readGates().length).toBeGreaterThan(5);
  for (const gate of readGates()) expect(names).toContain(scenarioOf(gate));
});

test.each([
  [{}],
  [[{ figure: "a" }]],
  [[{ figure: "a", atLeast: 1, atMost: 2 }]],
  [[{ figure: "a", atLeast: "1" }]],
])("%j are no gates", (value) => {
  expect(() => parseGates(value)).toThrow(/gate/i);
});
