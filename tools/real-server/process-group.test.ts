import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findPython } from "./probe.ts";
import { isAlive, ProcessGroup } from "./process-group.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "inference-group-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Prints its child's id; the child ignores everything but SIGKILL, as does the parent when `stubborn`. */
const program = (stubborn: boolean) => `
  const child = require("node:child_process").spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('ready')"]);
  child.stdout.once("data", () => console.log(child.pid));
  ${stubborn ? "process.on('SIGTERM', () => {});" : ""}
  setInterval(() => {}, 1000);
`;

async function startWithChild(stubborn: boolean) {
  const log = await open(join(folder, "log"), "a");
  const options = { cwd: folder, env: process.env, logFd: log.fd, pipeOutput: true };
  const group = await ProcessGroup.start(process.execPath, ["-e", program(stubborn)], options);
  await log.close();
  if (group.output === null) throw new Error("no output");
  const [line] = await once(createInterface({ input: group.output }), "line");
  return { group, childPid: Number(line) };
}

/** The system takes a moment to end a process; where nobody reaps orphans, a dead one stays listed as a zombie. */
async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid) && !(await isZombie(pid))) await delay(10);
}

async function isZombie(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
}

describe.skipIf(process.platform === "win32")("ProcessGroup", () => {
  test("stop ends the leader and the children it left behind", async () => {
    const { group, childPid } = await startWithChild(false);
    expect(isAlive(childPid)).toBe(true);
    await group.stop();
    expect(group.hasEnded).toBe(true);
    expect(await group.ended).toBe("signal SIGTERM");
    await untilGone(childPid);
    await group.stop();
  });

  test("a leader that does not end when asked is killed", async () => {
    const { group, childPid } = await startWithChild(true);
    await group.stop(50);
    expect(await group.ended).toBe("signal SIGKILL");
    await untilGone(childPid);
  });

  test("a program that does not exist is an error", async () => {
    const log = await open(join(folder, "log"), "a");
    const start = ProcessGroup.start(join(folder, "missing"), [], { cwd: folder, env: {}, logFd: log.fd });
    await expect(start).rejects.toThrow("ENOENT");
    await log.close();
  });
});

test("the Python programs end with the driver that started them", async ({ skip }) => {
  const python = await findPython();
  if (python === undefined) return skip("no CPython 3.11");
  const script =
    "import end_with_parent, time; end_with_parent.watch(); print('up', flush=True); time.sleep(600)";
  const child = spawn(python, ["-c", script], {
    cwd: join(import.meta.dirname, "python"),
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, REAL_SERVER_END_WITH_PARENT: "1" },
  });
  const exited = once(child, "exit");
  await once(child.stdout, "data");
  child.stdin.end();
  expect((await exited)[1]).toBe("SIGKILL");
});
