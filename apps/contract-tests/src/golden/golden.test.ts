import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { beforeAll, expect, test } from "vitest";
import { METHODS } from "./arguments.ts";
import { DEVIATION_RULES } from "./deviation-rules.ts";
import { deviationsPage } from "./deviations-page.ts";
import { LATER_METHODS } from "./later-methods.ts";
import { PURE_FUNCTIONS } from "./pure-functions.ts";
import { findCases, readCase } from "./read-case.ts";
import { type CaseReport, runCase } from "./run-case.ts";

const FIXTURES = resolve(import.meta.dirname, "../../fixtures/golden");
const found = findCases(FIXTURES, resolve(FIXTURES, "inputs"));

/** Groups whose methods are built, with the number of their cases that are replayed. */
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

const reports = new Map<string, readonly CaseReport[]>();

beforeAll(async () => {
  for (const { name, files } of found.groups) {
    if (GROUPS[name] === undefined) continue;
    const group: CaseReport[] = [];
    for (const file of files) group.push(await runCase(readCase(file), found.inputs));
    reports.set(name, group);
  }
}, 120_000);

test.each(Object.entries(GROUPS))(
  "recorded calls of group %s: same requests, same outcomes",
  (name, replayed) => {
    const group = reports.get(name) ?? [];
    expect(group.filter(({ status }) => status === "failed")).toEqual([]);
    expect(group.filter(({ status }) => status === "passed")).toHaveLength(replayed);
    const skippedFor = group.filter(({ status }) => status === "skipped").flatMap(({ problems }) => problems);
    expect(skippedFor.filter((method) => !LATER_METHODS.has(method))).toEqual([]);
  },
);

test("no method is skipped that the client has", () => {
  const camelCase = (name: string) =>
    name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const built = [...LATER_METHODS].filter((name) => camelCase(name) in InferenceHTTPClient.prototype);
  expect(built).toEqual([]);
  const twice = [...LATER_METHODS].filter((name) => name in METHODS || name in PURE_FUNCTIONS);
  expect(twice).toEqual([]);
});

test("the published table of differences is the table that is checked", () => {
  const page = readFileSync(resolve(import.meta.dirname, "../../../../docs/deviations.md"), "utf8");
  expect(page).toBe(deviationsPage());
});

test("every rule concerns a recorded case; those that wait for one are known", () => {
  const applied = new Set([...reports.values()].flat().flatMap(({ rules }) => rules));
  const idle = DEVIATION_RULES.filter(({ name }) => !applied.has(name)).map(({ name }) => name);
  expect(idle).toEqual([
    "the configuration counts for clips",
    "the key of SAM 3",
    "unknown regions",
    "data URLs are decoded",
  ]);
});
