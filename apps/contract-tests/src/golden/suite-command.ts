import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { shown } from "./json.ts";

/** How one recorded case went. */
export interface SuiteReport {
  readonly group: string;
  readonly id: string;
  readonly status: "passed" | "failed" | "skipped";
  /** What is wrong; why it is skipped. */
  readonly problems: readonly string[];
  /** Names of the rules that changed what is expected. */
  readonly rules: readonly string[];
}

/** A case that was read, and what checks it. */
export interface SuiteCase {
  readonly id: string;
  run(): Promise<SuiteReport>;
}

/** The cases of a folder by group; those of a group are read when their turn comes. */
export type SuiteGroups = ReadonlyMap<string, Iterable<SuiteCase>>;

/** A suite of recorded cases as a command. */
export interface SuiteCommand {
  /** What it does, in one sentence. */
  readonly about: string;
  /** Name of the script of the workspace. */
  readonly script: string;
  /** What `--cases` names. */
  readonly folder: string;
  /** The cases of this project. */
  readonly ownCases: string;
  /** The page in `docs` that `--write-deviations` writes. */
  readonly page: { readonly name: string; readonly text: () => string };
  readonly read: (folder: string) => SuiteGroups;
}

const DOCS = resolve(import.meta.dirname, "../../../../docs");
/** Differences of one case that are printed; the rest is in the file of `--json`. */
const MOST_PROBLEMS = 20;

/** Runs the command of the process and sets its exit code: 1 after a failed case, 2 where there is nothing to run. */
export async function runSuiteCommand(suite: SuiteCommand): Promise<void> {
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
    console.log(usage(suite));
  } else if (values["write-deviations"]) {
    const page = resolve(DOCS, suite.page.name);
    writeFileSync(page, suite.page.text());
    console.log(`Written: ${page}`);
  } else {
    process.exitCode = await runCases(suite, values);
  }
}

const usage = ({ about, script, folder, page }: SuiteCommand) => `${about}

  npm run ${script} -- --write-deviations   writes docs/${page.name} from the rules
  npm run ${script} -- [--cases <dir>] [--groups a,b] [--only <part of an id>] [--json <file>] [--verbose]

<dir> holds ${folder}. Default: the copy in this project.`;

interface Choice {
  readonly cases?: string | undefined;
  readonly groups?: string | undefined;
  readonly only?: string | undefined;
  readonly json?: string | undefined;
  readonly verbose: boolean;
}

async function runCases(suite: SuiteCommand, choice: Choice): Promise<number> {
  // npm runs scripts in the root of the workspace; the folder is meant from where the command was given.
  const from = process.env.INIT_CWD ?? process.cwd();
  const folder = choice.cases === undefined ? suite.ownCases : resolve(from, choice.cases);
  const groups = suite.read(folder);
  const wanted = choice.groups?.split(",").map((name) => name.trim()) ?? [...groups.keys()];
  const missing = wanted.filter((name) => !groups.has(name));
  if (missing.length > 0) {
    console.error(`No such group: ${missing.join(", ")}. Groups: ${[...groups.keys()].join(", ")}`);
    return 2;
  }
  const reports: SuiteReport[] = [];
  for (const [name, cases] of groups) {
    if (!wanted.includes(name)) continue;
    for (const recorded of cases) {
      if (choice.only !== undefined && !recorded.id.includes(choice.only)) continue;
      const report = await recorded.run();
      reports.push(report);
      print(report, choice.verbose);
    }
  }
  if (choice.json !== undefined)
    writeFileSync(resolve(from, choice.json), `${JSON.stringify(reports, null, 2)}\n`);
  printSkipped(reports);
  const count = (status: SuiteReport["status"]) =>
    reports.filter((report) => report.status === status).length;
  console.log(`${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`);
  if (reports.length === 0) {
    console.error(`No case was found in ${folder}.`);
    return 2;
  }
  return count("failed") === 0 ? 0 : 1;
}

function print({ status, group, id, problems, rules }: SuiteReport, isVerbose: boolean): void {
  if (status === "failed") {
    console.log(`FAILED ${group}/${id}`);
    for (const problem of problems.slice(0, MOST_PROBLEMS)) console.log(`   ${shown(problem, 1500)}`);
    if (rules.length > 0) console.log(`   rules: ${rules.join("; ")}`);
  } else if (isVerbose) {
    console.log(`${status} ${group}/${id}${rules.length > 0 ? ` (${rules.join("; ")})` : ""}`);
  }
}

function printSkipped(reports: readonly SuiteReport[]): void {
  const counts = new Map<string, number>();
  for (const { status, group, problems } of reports) {
    if (status !== "skipped") continue;
    const reason = `${group}: ${problems.join(", ")}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  for (const [reason, count] of counts) console.log(`skipped ${String(count).padStart(4)}  ${reason}`);
}
