import { createInterface } from "node:readline";
import { InvalidParameterError } from "@inference-ts/sdk/node";
import type { Terminal } from "../terminal.ts";

/**
 * Asks a person whether to go on. Without a terminal to ask on, nobody can answer, and that is a no.
 *
 * @throws InvalidParameterError for a no.
 */
export async function confirm(
  question: string,
  { stdin, stderr }: Pick<Terminal, "stdin" | "stderr">,
  signal: AbortSignal,
): Promise<void> {
  const canAsk = stderr.isTTY === true && "isTTY" in stdin && stdin.isTTY === true;
  if (!canAsk) throw new InvalidParameterError(`${question} Give --yes to say so without being asked.`);
  const answer = await ask(`${question} Go on? [y/N] `, { stdin, stderr }, signal);
  signal.throwIfAborted();
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new InvalidParameterError("Nothing was sent.");
}

/** The line that is typed; empty when there is none. */
async function ask(
  prompt: string,
  { stdin, stderr }: Pick<Terminal, "stdin" | "stderr">,
  signal: AbortSignal,
): Promise<string> {
  // No output of its own and no raw mode: Ctrl-C stays a signal of the process.
  const lines = createInterface({ input: stdin, terminal: false });
  try {
    return await new Promise<string>((resolve) => {
      lines.once("line", resolve);
      lines.once("close", () => resolve(""));
      signal.addEventListener("abort", () => resolve(""), { once: true });
      stderr.write(prompt);
    });
  } finally {
    lines.close();
    stdin.pause();
  }
}
