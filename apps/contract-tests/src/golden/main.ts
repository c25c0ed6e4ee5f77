import { resolve } from "node:path";
import { deviationsPage } from "./deviations-page.ts";
import { findCases, readCase } from "./read-case.ts";
import { runCase } from "./run-case.ts";
import { runSuiteCommand, type SuiteCase } from "./suite-command.ts";

const OWN_CASES = resolve(import.meta.dirname, "../../fixtures/golden");

await runSuiteCommand({
  about: "Replays recorded calls of the Python client through this package.",
  script: "golden",
  folder: "cases/<group>/<id>.json and inputs/, or the groups themselves",
  ownCases: OWN_CASES,
  page: { name: "deviations.md", text: deviationsPage },
  read: (folder) => {
    const { groups, inputs } = findCases(folder, resolve(OWN_CASES, "inputs"));
    return new Map(groups.map(({ name, files }) => [name, casesOf(files, inputs)]));
  },
});

function* casesOf(files: readonly string[], inputs: string): Generator<SuiteCase> {
  for (const file of files) {
    const golden = readCase(file);
    yield { id: golden.id, run: () => runCase(golden, inputs) };
  }
}
