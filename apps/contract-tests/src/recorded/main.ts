import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { createFieldCheck } from "./answer-schema.ts";
import { checkRecording } from "./check-recording.ts";
import { checkTranscript } from "./check-transcript.ts";
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
  let [passed, failed] = [0, 0];
  for (const file of findRecordings(folder)) {
    const { name, version } =
      file.kind === "recording" ? file.recording : { ...file.transcript, version: "transcript" };
    if (values.only !== undefined && !name.includes(values.only)) continue;
    const problems =
      file.kind === "recording"
        ? await checkRecording(file.recording, checkFields)
        : await checkTranscript(file.transcript);
    if (problems.length === 0) passed += 1;
    else failed += 1;
    const label = `${version}/${name}`;
    if (problems.length > 0) console.log(`FAILED ${label}\n   ${problems.join("\n   ")}`);
    else if (values.verbose) console.log(`passed ${label}`);
  }
  if (passed + failed === 0) console.error(`No recording was found in ${folder}.`);
  console.log(`${passed} passed, ${failed} failed, 0 skipped`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
