import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";

export interface ProcessGroupOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** File descriptor for standard error (and standard output, unless it is piped). */
  readonly logFd: number;
  /** Hand standard output to us instead of to the log. */
  readonly pipeOutput?: boolean;
}

/** Groups that still run; ended when this process exits in whatever orderly way. */
const running = new Set<number>();
let exitHookSet = false;

/**
 * A program started as the leader of its own process group, so that its children end with it. It holds our pipe as its
 * standard input and ends itself when that closes: it also goes away when this process is killed.
 */
export class ProcessGroup {
  readonly #child: ChildProcess;
  readonly #pid: number;
  /** Resolves when the leader has ended, with what ended it. */
  readonly ended: Promise<string>;
  #hasEnded = false;

  private constructor(child: ChildProcess, pid: number) {
    this.#child = child;
    this.#pid = pid;
    running.add(pid);
    this.ended = new Promise((resolve) => {
      child.once("exit", (code, signal) => {
        this.#hasEnded = true;
        resolve(signal ? `signal ${signal}` : `exit code ${code}`);
      });
    });
  }

  static start(
    program: string,
    args: readonly string[],
    options: ProcessGroupOptions,
  ): Promise<ProcessGroup> {
    const child = spawn(program, [...args], {
      cwd: options.cwd,
      env: { ...options.env, REAL_SERVER_END_WITH_PARENT: "1" },
      stdio: ["pipe", options.pipeOutput ? "pipe" : options.logFd, options.logFd],
      detached: true,
    });
    if (!exitHookSet) {
      exitHookSet = true;
      process.once("exit", () => {
        for (const pid of running) killGroup(pid);
      });
    }
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("spawn", () => {
        if (child.pid !== undefined) resolve(new ProcessGroup(child, child.pid));
      });
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get output(): Readable | null {
    return this.#child.stdout;
  }

  /** Asks the leader to end, then ends whatever is left of the group. */
  async stop(graceMs = 5_000): Promise<void> {
    if (!this.#hasEnded) {
      this.#child.kill("SIGTERM");
      const timer = new AbortController();
      const patience = delay(graceMs, undefined, { signal: timer.signal }).catch(() => undefined);
      await Promise.race([this.ended, patience]);
      timer.abort();
    }
    killGroup(this.#pid);
    await this.ended;
    running.delete(this.#pid);
    this.#child.stdin?.destroy();
    this.#child.stdout?.destroy();
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // No process of the group is left.
  }
}

/** Whether a process of this id exists. */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
