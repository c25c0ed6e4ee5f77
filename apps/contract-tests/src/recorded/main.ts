import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { createFieldCheck } from "./answer-schema.ts";
import { checkRecording } from "./check-recording.ts";
import { findRecordings } from "./recording.ts";

const OWN = resolve(import.meta.dirname, "../../fixtures/golden-server");
const USAGE = `Feeds recorded answers of real servers through this package.

  npm run golden:server -- [--cases <dir>] [--only <part of a name>] [--verbose]

<dir> holds recordings, in folders of any depth. Default: the copy in this project.`;

const { values } = parseArgs({
  options: {
    cases: { type: "string" },
    only: { type: "string" },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(USAGE);
else process.exitCode = await main();

async function main(): Promise<number> {
  // npm runs scripts in the root of the workspace; the folder is meant from where the command was given.
  const from = process.env.INIT_CWD ?? process.cwd();
  const folder = values.cases === undefined ? OWN : resolve(from, values.cases);
  const checkFields = createFieldCheck();
  const skipped = new Map<string, number>();
  let [passed, failed] = [0, 0];
  for (const file of findRecordings(folder)) {
    const name = file.kind === "recording" ? file.recording.name : file.name;
    if (values.only !== undefined && !name.includes(values.only)) continue;
    if (file.kind === "apart") {
      skipped.set(file.reason, (skipped.get(file.reason) ?? 0) + 1);
      continue;
    }
    const problems = await checkRecording(file.recording, checkFields);
    if (problems.length === 0) passed += 1;
    else failed += 1;
    const label = `${file.recording.version}/${name}`;
    if (problems.length > 0) console.log(`FAILED ${label}\n   ${problems.join("\n   ")}`);
    else if (values.verbose) console.log(`passed ${label}`);
  }
  for (const [reason, count] of [...skipped].sort()) console.log(`skipped ${count}: ${reason}`);
  const skippedCount = [...skipped.values()].reduce((sum, count) => sum + count, 0);
  if (passed + failed + skippedCount === 0) console.error(`No recording was found in ${folder}.`);
  console.log(`${passed} passed, ${failed} failed, ${skippedCount} skipped`);
  return failed === 0 && passed + skippedCount > 0 ? 0 : 1;
}
