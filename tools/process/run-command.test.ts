import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { isAlive } from "../real-server/process-group.ts";
import { runCommand } from "./run-command.ts";

const cwd = import.meta.dirname;
const node = (script: string, options: { timeoutMs?: number; input?: string } = {}) =>
  runCommand(process.execPath, ["-e", script], { cwd, ...options });

test("keeps output, standard output alone, and the exit code", async () => {
  const result = await node("console.log('out'); console.error('err'); process.exitCode = 3");
  expect(result.exitCode).toBe(3);
  expect(result.stdout).toBe("out\n");
  expect(result.output).toContain("err\n");
});

test("passes text to standard input", async () => {
  expect((await node("process.stdin.pipe(process.stdout)", { input: "hello" })).stdout).toBe("hello");
});

test("ends a command, and what it started, after the time-out", async () => {
  // The inner process holds the output open: without its end the command would never be finished.
  const script =
    "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e3)'], { stdio: 'inherit' });" +
    "setInterval(() => {}, 1e3)";
  const result = await node(script, { timeoutMs: 500 });
  expect(result.exitCode).toBe(124);
  expect(result.output).toContain("ended after 0.5 s");
});

test("a program that does not exist is a result, not an exception", async () => {
  const result = await runCommand("no-such-program-here", [], { cwd });
  expect(result.exitCode).toBe(127);
  expect(result.output).toContain("no-such-program-here");
});

test.each(["SIGINT", "SIGTERM"] as const)("%s to the caller ends the command too", async (signal) => {
  const folder = await mkdtemp(join(tmpdir(), "run-command-"));
  const pidFile = join(folder, "pid");
  const command = `require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1e3)`;
  const module = JSON.stringify(new URL("./run-command.ts", import.meta.url).href);
  const caller = spawn(process.execPath, [
    "--input-type=module",
    "-e",
    `const { runCommand } = await import(${module}); await runCommand(process.execPath, ["-e", ${JSON.stringify(command)}], { cwd: "." });`,
  ]);
  let pid: number | undefined;
  try {
    pid = await vi.waitFor(async () => Number(await readFile(pidFile, "utf8")) || Promise.reject(), 10_000);
    caller.kill(signal);
    const [code, endedBy] = await once(caller, "exit");
    expect([code, endedBy]).toEqual([null, signal]);
    await vi.waitFor(() => expect(isAlive(Number(pid))).toBe(false), 5_000);
  } finally {
    caller.kill("SIGKILL");
    if (pid !== undefined && isAlive(pid)) process.kill(pid, "SIGKILL");
    await rm(folder, { recursive: true });
  }
});
