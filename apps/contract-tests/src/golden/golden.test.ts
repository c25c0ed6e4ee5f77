import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { DEVIATION_RULES } from "./deviation-rules.ts";
import { deviationsPage } from "./deviations-page.ts";
import { findCases, readCase } from "./read-case.ts";
import { runCase } from "./run-case.ts";
import type { SuiteReport } from "./suite-command.ts";

const FIXTURES = resolve(import.meta.dirname, "../../fixtures/golden");
const found = findCases(FIXTURES, resolve(FIXTURES, "inputs"));
/** Cases for rules that no other case concerns. */
const further = findCases(resolve(FIXTURES, "../golden-further"), found.inputs);

/** Groups with the number of their cases. */
const GROUPS: Readonly<Record<string, number>> = {
  "infer-v0": 33,
  "infer-v1": 80,
  "core-models": 141,
  embeddings: 59,
  models: 39,
  config: 135,
  inputs: 59,
  batching: 36,
  modes: 31,
  auth: 40,
  errors: 105,
  retry: 51,
  misc: 29,
  video: 25,
  workflows: 48,
  stream: 10,
  pipelines: 51,
  webrtc: 99,
};

const reports = new Map<string, readonly SuiteReport[]>();
const furtherReports: SuiteReport[] = [];

beforeAll(async () => {
  for (const { name, files } of found.groups) {
    const group: SuiteReport[] = [];
    for (const file of files) group.push(await runCase(readCase(file), found.inputs));
    reports.set(name, group);
  }
  for (const file of further.groups.flatMap(({ files }) => files)) {
    furtherReports.push(await runCase(readCase(file), found.inputs));
  }
}, 120_000);

test.each(Object.entries(GROUPS))(
  "recorded calls of group %s: same requests, same outcomes",
  (name, replayed) => {
    const group = reports.get(name) ?? [];
    expect(group.filter(({ status }) => status === "failed")).toEqual([]);
    expect(group.filter(({ status }) => status === "passed")).toHaveLength(replayed);
  },
);

test("further recorded calls: same requests, same outcomes", () => {
  expect(furtherReports.filter(({ status }) => status !== "passed")).toEqual([]);
  expect(furtherReports.length).toBeGreaterThan(20);
});

test("the published table of differences is the table that is checked", () => {
  const page = readFileSync(resolve(import.meta.dirname, "../../../../docs/deviations.md"), "utf8");
  expect(page).toBe(deviationsPage());
});

test("every rule concerns a recorded case; those that wait for one are known", () => {
  const applied = new Set([...reports.values(), furtherReports].flat().flatMap(({ rules }) => rules));
  const idle = DEVIATION_RULES.filter(({ name }) => !applied.has(name)).map(({ name }) => name);
  expect(idle).toEqual(["unknown regions", "outputs that are no pictures"]);
});
