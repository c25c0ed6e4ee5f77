/**
 * Runs a folder with faults through the client:
 * `node --conditions=source apps/contract-tests/src/directories/main.ts [--pictures 10000] [--window 16] [--most-mb 15]`.
 */
import { parseArgs } from "node:util";
import { averageGrowth, growth, measureFolder } from "./measure-folder.ts";

const { values } = parseArgs({
  options: {
    pictures: { type: "string", default: "10000" },
    window: { type: "string", default: "16" },
    "most-mb": { type: "string", default: "15" },
  },
});
const MB = 1024 * 1024;
const WARM_UP = 1_000;
const SPAN = 1_000;
const most = Number(values["most-mb"]);
const run = await measureFolder({
  pictures: Number(values.pictures),
  window: Number(values.window),
  timeoutMs: 600,
});
const live = growth(run.memory, ({ liveBytes }) => liveBytes, WARM_UP, SPAN) / MB;
// The process takes memory from the system in steps, so that one step says little: its growth is judged over the whole run.
const rss = averageGrowth(run.memory, ({ rssBytes }) => rssBytes, WARM_UP, SPAN) / MB;
const faults = Object.entries(run.faults).map(([kind, count]) => `${count} x ${kind}`);

console.log(`injected: ${faults.join(", ")}`);
console.log(
  `${run.results} results and ${run.errors} errors in ${run.seconds.toFixed(1)} s; at most ${run.peakRequests} requests open, ` +
    `${run.lookAhead} pictures taken ahead`,
);
const atThousands = run.memory.filter(({ after }) => after % SPAN === 0);
const inMb = (bytes: readonly number[]): string => bytes.map((each) => (each / MB).toFixed(1)).join(" ");
console.log(`MB of live memory after each ${SPAN}: ${inMb(atThousands.map(({ liveBytes }) => liveBytes))}`);
console.log(`MB of the process after each ${SPAN}: ${inMb(atThousands.map(({ rssBytes }) => rssBytes))}`);
const checks: readonly (readonly [isGood: boolean, what: string])[] = [
  [run.problems.length === 0, `every picture once and in order, as result or error (${values.pictures})`],
  [run.peakRequests <= Number(values.window), `at most ${values.window} requests at once`],
  [live <= most, `live memory grows by ${live.toFixed(1)} MB over ${SPAN} pictures (at most ${most})`],
  [rss <= most, `the process grows by ${rss.toFixed(1)} MB per ${SPAN} pictures (at most ${most})`],
];
for (const [isGood, what] of checks) console.log(`${isGood ? "ok" : "FAILED"} ${what}`);
for (const problem of run.problems.slice(0, 10)) console.log(`   ${problem}`);
const failed = checks.filter(([isGood]) => !isGood).length;
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
