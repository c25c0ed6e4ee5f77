import { execFile } from "node:child_process";

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
}

/** A program ended with an error, could not be started, or took too long. */
class CommandError extends Error {
  override readonly name = "CommandError";
  /** The last lines of what it said on standard error (or standard output when that is empty). */
  readonly lastLines: string;

  constructor(program: string, reason: string, lastLines: string) {
    super(`${program} ${reason}${lastLines ? `:\n${lastLines}` : ""}`);
    this.lastLines = lastLines;
  }
}

/** The last `count` lines that are not empty. */
export function lastLinesOf(text: string, count = 15): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter(Boolean)
    .slice(-count)
    .join("\n");
}

/** Runs a program to its end and returns its standard output. Throws `CommandError`, or the signal's reason when aborted. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...args],
      {
        env: options.env ?? process.env,
        signal: options.signal,
        timeout: options.timeoutMs ?? 0,
        maxBuffer: 64 * 2 ** 20,
        encoding: "utf8",
      },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout);
        if (options.signal?.aborted) return reject(options.signal.reason);
        const reason = error.killed ? `took longer than ${options.timeoutMs} ms` : `failed (${error.code})`;
        reject(new CommandError(program, reason, lastLinesOf(stderr || stdout)));
      },
    );
  });
}
