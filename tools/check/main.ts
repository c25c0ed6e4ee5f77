/** `npm run check`: the gates of the whole workspace. `--only a,b` runs some of them. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../process/run-command.ts";
import { GATES, type Gate } from "./gates.ts";
import { type GateResult, runGates, selectGates } from "./run-gates.ts";

const root = join(import.meta.dirname, "..", "..");
const MAX_CONCURRENT = 2;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log("npm run check [-- --only <gate>,<gate>]\n");
  for (const gate of GATES) console.log(`  ${gate.name.padEnd(22)} ${gate.about}`);
} else {
  process.exitCode = await check(selectGates(GATES, values.only));
}

async function check(gates: readonly Gate[]): Promise<number> {
  const results = await runGates(gates, { run, maxConcurrent: MAX_CONCURRENT, onResult: printLine });
  const failed = results.filter((result) => !result.passed);
  for (const { gate, output } of failed) {
    console.log(`\n--- ${gate.name}: ${gate.about} ---\n${output.trim()}`);
  }
  console.log(`\n${results.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

async function run({ args }: Gate): Promise<Omit<GateResult, "gate">> {
  const { exitCode, durationMs, output } = await runCommand(process.execPath, args, { cwd: root });
  return { passed: exitCode === 0, durationMs, output };
}

function printLine({ gate, passed, durationMs, output }: GateResult): void {
  const seconds = `${(durationMs / 1000).toFixed(1)} s`.padStart(8);
  const skipped = output.match(/^skip .*$/gm) ?? [];
  console.log(`${passed ? "ok  " : "FAIL"} ${gate.name.padEnd(22)} ${seconds}`);
  for (const line of skipped) console.log(`       ${line}`);
}
