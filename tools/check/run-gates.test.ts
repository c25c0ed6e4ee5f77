import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GATES, type Gate } from "./gates.ts";
import { type GateResult, runGates, selectGates } from "./run-gates.ts";

const gate = (name: string, ...after: string[]): Gate => ({ name, about: "", args: [], after });

async function play(gates: readonly Gate[], failing: readonly string[] = [], maxConcurrent = 2) {
  const started: string[] = [];
  const results: GateResult[] = [];
  let running = 0;
  let most = 0;
  await runGates(gates, {
    maxConcurrent,
    onResult: (result) => results.push(result),
    run: async ({ name }) => {
      started.push(name);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return { passed: !failing.includes(name), durationMs: 1, output: "" };
    },
  });
  return {
    started,
    most,
    passed: results.filter((result) => result.passed).map((result) => result.gate.name),
  };
}

test("never more than two at a time, and all of them", async () => {
  const gates = ["a", "b", "c", "d", "e"].map((name) => gate(name));
  const { most, started } = await play(gates);
  expect(most).toBe(2);
  expect(started).toEqual(["a", "b", "c", "d", "e"]);
});

test("a gate waits for those it comes after", async () => {
  const { started } = await play([gate("report", "build"), gate("build"), gate("lint")]);
  expect(started).toEqual(["build", "lint", "report"]);
});

test("a gate after a failed one is not run and counts as failed", async () => {
  const { started, passed } = await play([gate("build"), gate("report", "build"), gate("lint")], ["build"]);
  expect(started).toEqual(["build", "lint"]);
  expect(passed).toEqual(["lint"]);
});

test("a failure is passed on to the end of a chain", async () => {
  const { started, passed } = await play([gate("c", "b"), gate("b", "a"), gate("a")], ["a"]);
  expect([started, passed]).toEqual([["a"], []]);
});

test("a gate that was asked for alone does not wait", async () => {
  expect((await play(selectGates([gate("build"), gate("report", "build")], "report"))).passed).toEqual([
    "report",
  ]);
});

test("gates that wait for each other are refused", async () => {
  await expect(play([gate("a", "b"), gate("b", "a")])).rejects.toThrow("wait for each other: a, b");
});

test("an unknown gate is refused with the list of known ones", () => {
  expect(() => selectGates(GATES, "biome,nonsense")).toThrow(
    'No gate is named "nonsense". Gates: biome, typecheck',
  );
});

test("every gate runs a file that exists and comes after gates that exist", () => {
  const root = join(import.meta.dirname, "..", "..");
  const names = GATES.map(({ name }) => name);
  for (const { args, after = [] } of GATES) {
    const script = args.find((argument) => !argument.startsWith("-")) ?? "";
    expect(existsSync(join(root, script)), script).toBe(true);
    expect(names).toEqual(expect.arrayContaining([...after]));
  }
});
