/**
 * Sums up a run of suites: `summary.ts <folder>`, where each suite left `<n>-<name>.log`, `.code` (exit code) and `.seconds`. Ends
 * with the line `N passed, N failed`; exit code 0 only when nothing failed.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { countResults } from "./count-results.ts";

const folder = process.argv[2] ?? ".";
const suites = readdirSync(folder)
  .filter((name) => name.endsWith(".code"))
  .map((name) => name.slice(0, -".code".length))
  .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
const read = (suite: string, part: string) => readFileSync(join(folder, `${suite}.${part}`), "utf8");

const sum = { passed: 0, failed: suites.length === 0 ? 1 : 0 };
console.log("\n");
for (const suite of suites) {
  const exitCode = Number(read(suite, "code"));
  const { passed, failed, skipped } = countResults(read(suite, "log"), exitCode);
  sum.passed += passed;
  sum.failed += failed;
  const verdict = failed > 0 ? "FAIL" : skipped === undefined ? "ok" : "skip";
  const timedOut = exitCode === 124 || exitCode === 137 ? ", ended by its time limit" : "";
  const detail = skipped ?? `${passed} passed, ${failed} failed${timedOut}`;
  const seconds = `${read(suite, "seconds").trim()} s`;
  console.log(
    `${verdict.padEnd(5)}${suite.replace(/^\d+-/, "").padEnd(24)}${seconds.padStart(7)}  ${detail}`,
  );
}
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 ? 0 : 1;
