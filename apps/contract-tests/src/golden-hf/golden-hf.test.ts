import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { findCases, type GoldenCase, readCase } from "./case.ts";
import { huggingFaceDeviationsPage } from "./deviations-page.ts";
import { runCase } from "./run-case.ts";

const FOLDER = resolve(import.meta.dirname, "../../fixtures/golden-hf");
const { groups, inputs } = findCases(FOLDER, join(FOLDER, "inputs"));
const caseOf = (group: string, id: string): GoldenCase =>
  readCase(join(FOLDER, "cases", group, `${id}.json`));

/** Rarer calls: inputs, settings and answers for which the others have no example. */
const further = findCases(resolve(FOLDER, "../golden-hf-further"), inputs);

describe.each([
  ["recorded calls", groups],
  ["further recorded calls", further.groups],
])("%s", (_title, found) => {
  test.each(found.map(({ name, files }) => [name, files] as const))(
    "%s",
    async (_name, files) => {
      for (const file of files) {
        const { problems } = await runCase(readCase(file), inputs);
        expect(problems, file).toEqual([]);
      }
    },
    60_000,
  );
});

test("numbers that JSON has not are read", () => {
  const file = join(mkdtempSync(join(tmpdir(), "golden-hf-")), "a.json");
  writeFileSync(file, '{"id": "a NaN", "call": {"method": "x"}, "outcome": {"result": [NaN, -Infinity, 1]}}');
  expect(readCase(file)).toMatchObject({ id: "a NaN", outcome: { result: [null, null, 1] } });
  rmSync(dirname(file), { recursive: true });
});

describe("the replay finds", () => {
  const good = caseOf("vision", "object-detection-all-parameters");
  const change = (part: Partial<GoldenCase>): Promise<readonly string[]> =>
    runCase({ ...good, ...part }, inputs).then(({ problems }) => problems);
  const [request] = good.requests;
  if (request === undefined) throw new Error("The case has no request.");

  test.each<readonly [what: string, part: Partial<GoldenCase>, problem: RegExp]>([
    ["another path", { requests: [{ ...request, path: "/other" }] }, /path/],
    [
      "another header",
      { requests: [{ ...request, headers: { ...request.headers, accept: "image/png" } }] },
      /accept/,
    ],
    [
      "a missing parameter",
      { requests: [{ ...request, body: { kind: "json", value: { inputs: "a" } } }] },
      /body/,
    ],
    ["a request too few", { requests: [request, request] }, /sent 1 requests/],
    ["another result", { outcome: { result: [] } }, /has 2 items/],
    ["an error that does not come", { outcome: { error: { class: "ValueError" } } }, /came to result/],
    ["a code that no rule knows", { codes: ["H-unheard-of"] }, /no rule knows/],
  ])("%s", async (_what, part, problem) => {
    expect((await change(part)).join("\n")).toMatch(problem);
  });

  test("a wrong status, a missing word and another class of error", async () => {
    const failing = caseOf("errors", "error-400-list");
    const { problems } = await runCase(
      {
        ...failing,
        outcome: { error: { class: "HfHubHTTPError", status_code: 401, server_message: "else" } },
      },
      inputs,
    );
    expect(problems.join("\n")).toMatch(/status is 400.*\n.*words else are missing/);
    const other = await runCase(
      { ...failing, outcome: { error: { class: "InferenceTimeoutError" } } },
      inputs,
    );
    expect(other.problems.join("\n")).toMatch(/HTTPCallError/);
  });
});

test("docs/deviations-huggingface.md is the page of the rules", () => {
  const page = readFileSync(
    resolve(import.meta.dirname, "../../../../docs/deviations-huggingface.md"),
    "utf8",
  );
  expect(page).toBe(huggingFaceDeviationsPage());
});
