import { EXIT } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";

/**
 * Follows stdout and stderr, whose readers may go away and whose disk may be full: neither ends the process half-way.
 *
 * A reader of stdout that has left, as `head` does, got what was asked for. What else keeps results from being written makes the command
 * fail. What cannot be said on stderr is left out.
 *
 * @returns Waits until everything has left this process; gives the exit code with which a command then ends.
 */
export function watchOutput({
  stdout,
  stderr,
}: Pick<Terminal, "stdout" | "stderr">): (exitCode: number) => Promise<number> {
  let failure: NodeJS.ErrnoException | undefined;
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") failure ??= error;
  });
  stderr.on("error", () => undefined);
  return async (exitCode) => {
    await new Promise<void>((resolve) => stdout.write("", () => resolve()));
    if (failure === undefined || exitCode !== EXIT.ok) return exitCode;
    stderr.write(`infer: The results cannot be written to stdout: ${failure.message}.\n`);
    return EXIT.failed;
  };
}
