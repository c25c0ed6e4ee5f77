import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { shown } from "../golden/json.ts";
import { findCases, readCase } from "./case.ts";
import { huggingFaceDeviationsPage } from "./deviations-page.ts";
import { type CaseReport, runCase } from "./run-case.ts";

const OWN_CASES = resolve(import.meta.dirname, "../../fixtures/golden-hf");
const DEVIATIONS_PAGE = resolve(import.meta.dirname, "../../../../docs/deviations-huggingface.md");
const USAGE = `Replays recorded calls of the Python package huggingface_hub through this package.

  npm run golden:hf -- --write-deviations   writes docs/deviations-huggingface.md from the rules
  npm run golden:hf -- [--cases <dir>] [--groups a,b] [--only <part of an id>] [--json <file>] [--verbose]

<dir> holds cases/<group>/<id>.json and inputs/, or the groups themselves. Default: the copy in this project.`;

const { values } = parseArgs({
  options: {
    cases: { type: "string" },
    groups: { type: "string" },
    only: { type: "string" },
    json: { type: "string" },
    "write-deviations": { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(USAGE);
} else if (values["write-deviations"]) {
  writeFileSync(DEVIATIONS_PAGE, huggingFaceDeviationsPage());
  console.log(`Written: ${DEVIATIONS_PAGE}`);
} else {
  process.exitCode = await main();
}

async function main(): Promise<number> {
  // npm runs scripts in the root of the workspace; the folder is meant from where the command was given.
  const from = process.env.INIT_CWD ?? process.cwd();
  const folder = values.cases === undefined ? OWN_CASES : resolve(from, values.cases);
  const found = findCases(folder, resolve(OWN_CASES, "inputs"));
  const wanted = values.groups?.split(",").map((name) => name.trim());
  const missing = wanted?.filter((name) => !found.groups.some((group) => group.name === name)) ?? [];
  if (missing.length > 0) {
    console.error(
      `No such group: ${missing.join(", ")}. Groups: ${found.groups.map(({ name }) => name).join(", ")}`,
    );
    return 2;
  }
  const reports: CaseReport[] = [];
  for (const group of found.groups.filter(({ name }) => wanted === undefined || wanted.includes(name))) {
    for (const file of group.files) {
      const golden = readCase(file);
      if (values.only !== undefined && !golden.id.includes(values.only)) continue;
      const report = await runCase(golden, found.inputs);
      reports.push(report);
      print(report);
    }
  }
  if (values.json !== undefined)
    writeFileSync(resolve(from, values.json), `${JSON.stringify(reports, null, 2)}\n`);
  const count = (status: CaseReport["status"]) => reports.filter((report) => report.status === status).length;
  console.log(`${count("passed")} passed, ${count("failed")} failed, 0 skipped`);
  if (reports.length === 0) {
    console.error(`No case was found in ${folder}.`);
    return 2;
  }
  return count("failed") === 0 ? 0 : 1;
}

function print({ status, group, id, problems, rules }: CaseReport): void {
  if (status === "failed") {
    console.log(`FAILED ${group}/${id}`);
    for (const problem of problems) console.log(`   ${shown(problem, 1500)}`);
    if (rules.length > 0) console.log(`   rules: ${rules.join("; ")}`);
  } else if (values.verbose) {
    console.log(`${status} ${group}/${id}${rules.length > 0 ? ` (${rules.join("; ")})` : ""}`);
  }
}
