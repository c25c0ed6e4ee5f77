import { spawn } from "node:child_process";

/** What a finished command left behind. */
export interface CommandResult {
  /** Exit code; 124 when it was ended because of `timeoutMs`, 127 when it could not be started. */
  readonly exitCode: number;
  /** Standard output alone, for commands whose answer is parsed. */
  readonly stdout: string;
  /** Standard output and standard error in the order in which they came. */
  readonly output: string;
  readonly durationMs: number;
}

export interface RunCommandOptions {
  readonly cwd: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Text for the command's standard input; without it the input is empty. */
  readonly input?: string;
  /** Default: 10 minutes. */
  readonly timeoutMs?: number;
}

/** Groups of commands that run. They are not in our group: what ends us from a terminal does not reach them by itself. */
const running = new Set<number>();
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const TEN_MINUTES_MS = 600_000;

/** Runs a program without a shell and collects what it prints. Never rejects because of the exit code. */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env = {}, input = "", timeoutMs = TEN_MINUTES_MS }: RunCommandOptions,
): Promise<CommandResult> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const out: Buffer[] = [];
    const all: Buffer[] = [];
    let timedOut = false;
    // A group of its own, so that a time-out also ends what the command started.
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, ...env },
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
    });
    const leaveRunning = endWithUs(child.pid);
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child.pid);
    }, timeoutMs);
    const finish = (exitCode: number, note = "") => {
      clearTimeout(timer);
      leaveRunning();
      resolve({
        exitCode,
        stdout: Buffer.concat(out).toString("utf8"),
        output: Buffer.concat(all).toString("utf8") + note,
        durationMs: performance.now() - startedAt,
      });
    };
    child.stdout.on("data", (chunk: Buffer) => {
      out.push(chunk);
      all.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => all.push(chunk));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    child.once("error", (error) => finish(127, `\n${command}: ${error.message}\n`));
    child.once("close", (code) =>
      timedOut
        ? finish(124, `\n${command}: ended after ${timeoutMs / 1000} s\n`)
        : finish(code ?? 1, code === null ? `\n${command}: ended by a signal\n` : ""),
    );
  });
}

/** Ends a group with this process, until the returned function is called. */
function endWithUs(pid: number | undefined): () => void {
  if (pid === undefined) return () => undefined;
  if (running.size === 0) {
    process.on("exit", endAll);
    for (const signal of SIGNALS) process.on(signal, endAllAndUs);
  }
  running.add(pid);
  return () => {
    if (running.delete(pid) && running.size === 0) stopListening();
  };
}

function stopListening(): void {
  process.off("exit", endAll);
  for (const signal of SIGNALS) process.off(signal, endAllAndUs);
}

function endAll(): void {
  for (const pid of running) endGroup(pid);
  running.clear();
}

function endAllAndUs(signal: NodeJS.Signals): void {
  endAll();
  stopListening();
  // Whoever else listens decides what the signal means for this process.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Already gone.
  }
}
