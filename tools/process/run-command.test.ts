import { expect, test } from "vitest";
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
