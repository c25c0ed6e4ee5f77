/**
 * Runs live video sessions in one process, a third of them ended at random moments, and holds what is left against the start:
 * `node --expose-gc --conditions=source apps/contract-tests/src/webrtc/many/main.ts [--sessions 200] [--seed 1] [--most-mb 30]`.
 */
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { writeNumberedFile } from "../scene.ts";
import { holdings, resources } from "./holdings.ts";
import { runSessions } from "./run-sessions.ts";
import { startSandboxProcess } from "./sandbox-process.ts";

const { values } = parseArgs({
  options: {
    sessions: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    "most-mb": { type: "string", default: "30" },
  },
});
const sessions = Number(values.sessions);
const LONGEST_WAIT_S = 60;
const MOST_HEAP_MB = 5;
/** Code is loaded and pools are filled by then. */
const warmUp = Math.max(1, Math.floor(sessions / 4));

const folder = await mkdtemp(join(tmpdir(), "many-sessions-"));
const video = await readFile(await writeNumberedFile(folder, 8));
// Files that the sessions and the sandbox make come here, and nobody else's.
const made = join(folder, "made");
await mkdir(made);
process.env.TMPDIR = made;
await using sandbox = await startSandboxProcess();
const resourcesBefore = resources();

let atWarmUp = holdings();
let sandboxAtWarmUp = await sandbox.ask();
const outcomes = await runSessions(
  sandbox.url,
  { sessions, seed: Number(values.seed), video },
  async (done) => {
    if (done === warmUp) {
      atWarmUp = holdings();
      sandboxAtWarmUp = await sandbox.ask();
    }
    if (done % 20 === 0) {
      const { descriptors, rssMb, heapMb } = holdings();
      const other = await sandbox.ask();
      console.error(
        `${done}: ${descriptors} open, ${rssMb.toFixed(0)} MB, heap ${heapMb.toFixed(1)} MB; ` +
          `sandbox ${other.descriptors} open, ${other.rssMb.toFixed(0)} MB, heap ${other.heapMb.toFixed(1)} MB`,
      );
    }
  },
);
// Sockets are closed in the next turns of the loop; a worker whose caller left before it was reached takes longer to see that.
for (let waits = 0; waits < LONGEST_WAIT_S * 10; waits++) {
  await pause(100);
  if ((await sandbox.ask()).liveSessions === 0) break;
}
const end = holdings();
const sandboxEnd = await sandbox.ask();
const problems = [
  ...Object.keys(outcomes).filter((outcome) => !/^(?:ended early|complete with 8)/.test(outcome)),
  ...differing("resources", JSON.stringify(resourcesBefore), JSON.stringify(resources())),
  ...above("open descriptors", end.descriptors - atWarmUp.descriptors, 0),
  ...above("open descriptors of the sandbox", sandboxEnd.descriptors - sandboxAtWarmUp.descriptors, 0),
  ...differing("sessions of the sandbox", 0, sandboxEnd.liveSessions),
  ...differing("files", 0, (await readdir(made)).length),
  ...above("memory in MB", end.rssMb - atWarmUp.rssMb, Number(values["most-mb"])),
  ...above("heap in MB", end.heapMb - atWarmUp.heapMb, MOST_HEAP_MB),
];

function differing(what: string, before: string | number, after: string | number): string[] {
  return before === after ? [] : [`${what}: ${before} before, ${after} after`];
}

function above(what: string, grown: number, most: number): string[] {
  return grown <= most ? [] : [`${what} grew by ${grown.toFixed(1)}, at most ${most}`];
}

console.log(
  JSON.stringify({
    outcomes,
    grownMb: end.rssMb - atWarmUp.rssMb,
    grownHeapMb: end.heapMb - atWarmUp.heapMb,
    sandboxGrownMb: sandboxEnd.rssMb - sandboxAtWarmUp.rssMb,
    sandboxGrownHeapMb: sandboxEnd.heapMb - sandboxAtWarmUp.heapMb,
    problems,
  }),
);
await rm(folder, { recursive: true });
process.exitCode = problems.length === 0 ? 0 : 1;
