import { basename, dirname, resolve } from "node:path";
import { runSuiteCommand, type SuiteCase, type SuiteReport } from "../golden/suite-command.ts";
import { findCases, readCase } from "./case.ts";
import { huggingFaceDeviationsPage } from "./deviations-page.ts";
import { runCase } from "./run-case.ts";

const OWN_CASES = resolve(import.meta.dirname, "../../fixtures/golden-hf");

await runSuiteCommand({
  about: "Replays recorded calls of the Python package huggingface_hub through this package.",
  script: "golden:hf",
  folder: "cases/<group>/<id>.json and inputs/, or the groups themselves",
  ownCases: OWN_CASES,
  page: { name: "deviations-huggingface.md", text: huggingFaceDeviationsPage },
  read: (folder) => {
    const { groups, inputs } = findCases(folder, resolve(OWN_CASES, "inputs"));
    return new Map(groups.map(({ name, files }) => [name, casesOf(files, inputs)]));
  },
});

function* casesOf(files: readonly string[], inputs: string): Generator<SuiteCase> {
  for (const file of files) {
    const id = basename(file, ".json");
    // A case that cannot be read or replayed is one failure, not the end of the run.
    const run = async (): Promise<SuiteReport> => {
      try {
        return await runCase(readCase(file), inputs);
      } catch (error) {
        const group = basename(dirname(file));
        return { id, group, status: "failed", problems: [`cannot be replayed: ${error}`], rules: [] };
      }
    };
    yield { id, run };
  }
}
