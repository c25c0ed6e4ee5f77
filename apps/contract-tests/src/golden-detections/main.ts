import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { shown } from "../golden/json.ts";
import { checkVector, type VectorReport } from "./check-vector.ts";
import { detectionDeviationsPage } from "./deviations-page.ts";
import { readVectors } from "./vector.ts";

const OWN_CASES = resolve(import.meta.dirname, "../../fixtures/golden-detections");
const DEVIATIONS_PAGE = resolve(import.meta.dirname, "../../../../docs/detections-deviations.md");
const USAGE = `Checks detections, masks, files and slices against vectors made by the Python packages.

  npm run golden:detections -- --write-deviations   writes docs/detections-deviations.md from the rules
  npm run golden:detections -- [--cases <dir>] [--groups a,b] [--only <part of an id>] [--json <file>] [--verbose]

<dir> holds the vectors' JSON files. Default: the copy in this project.`;

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
  writeFileSync(DEVIATIONS_PAGE, detectionDeviationsPage());
  console.log(`Written: ${DEVIATIONS_PAGE}`);
} else {
  process.exitCode = await main();
}

async function main(): Promise<number> {
  // npm runs scripts in the root of the workspace; the folder is meant from where the command was given.
  const from = process.env.INIT_CWD ?? process.cwd();
  const folder = values.cases === undefined ? OWN_CASES : resolve(from, values.cases);
  const vectors = readVectors(folder);
  const wanted = values.groups?.split(",").map((name) => name.trim());
  const missing = wanted?.filter((name) => !vectors.some(({ group }) => group === name)) ?? [];
  if (missing.length > 0) {
    console.error(`No such group: ${missing.join(", ")}.`);
    return 2;
  }
  const reports: VectorReport[] = [];
  for (const vector of vectors) {
    if (wanted !== undefined && !wanted.includes(vector.group)) continue;
    if (values.only !== undefined && !vector.id.includes(values.only)) continue;
    const report = await checkVector(vector);
    reports.push(report);
    print(report);
  }
  if (values.json !== undefined)
    writeFileSync(resolve(from, values.json), `${JSON.stringify(reports, null, 2)}\n`);
  printSkipped(reports);
  const count = (status: VectorReport["status"]) =>
    reports.filter((report) => report.status === status).length;
  console.log(`${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`);
  if (reports.length === 0) {
    console.error(`No vector was found in ${folder}.`);
    return 2;
  }
  return count("failed") === 0 ? 0 : 1;
}

function print({ status, group, id, problems, rules }: VectorReport): void {
  const named = rules.length > 0 ? ` (${rules.join("; ")})` : "";
  if (status === "failed") {
    console.log(`FAILED ${group}/${id}${named}`);
    for (const problem of problems.slice(0, 5)) console.log(`   ${shown(problem, 1500)}`);
  } else if (values.verbose) {
    console.log(`${status} ${group}/${id}${named}`);
  }
}

function printSkipped(reports: readonly VectorReport[]): void {
  const counts = new Map<string, number>();
  for (const { status, group, problems } of reports) {
    if (status !== "skipped") continue;
    const reason = `${group}: ${problems.join(", ")}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  for (const [reason, count] of counts) console.log(`skipped ${String(count).padStart(4)}  ${reason}`);
}
