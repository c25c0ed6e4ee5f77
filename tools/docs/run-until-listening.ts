import { spawn } from "node:child_process";
import type { CommandResult } from "../process/run-command.ts";

const LISTENING = /http:\/\/[\w.]+:\d+/;
const LIMIT_MS = 30_000;

/**
 * Runs a command that serves until it is interrupted: waits until it prints an address, interrupts it, and gives its result.
 * Exit code 130 (interrupted) counts as 0. The port is always a free one.
 */
export function runUntilListening(
  command: string,
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<CommandResult> {
  const text = `exec ${command.replace(/\s*&\s*$/, "").replace(/\s+--port[ =]\d+/, "")} --port 0`;
  const startedAt = performance.now();
  return new Promise((resolve) => {
    let output = "";
    let wasListening = false;
    const child = spawn("bash", ["-c", text], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (wasListening || !LISTENING.test(output)) return;
      wasListening = true;
      child.kill("SIGINT");
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("close", (code) => {
      clearTimeout(timer);
      const stopped = code === 0 || code === 130;
      resolve({
        exitCode: wasListening && stopped ? 0 : (code ?? 1) || 1,
        stdout: output,
        output: wasListening ? output : `${output}\n${command}: printed no address\n`,
        durationMs: performance.now() - startedAt,
      });
    });
  });
}
