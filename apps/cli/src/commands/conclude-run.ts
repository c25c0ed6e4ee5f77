import { EXIT, exitCodeOf, exitCodeOfRun } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";
import type { RunTally } from "./run-tally.ts";

/** What ended a run before its last input was done. */
export interface RunFailure {
  readonly error: unknown;
}

/** How a run came to its end. */
export interface RunEnding {
  readonly failure: RunFailure | undefined;
  /** Exit code of an interruption; `null` = there was none. */
  readonly interrupted: number | null;
  /** Tells an error on stderr. */
  readonly complain: (error: unknown) => void;
  /** One line about the run, for people; left out, nothing is said. */
  readonly summary?: string | undefined;
  readonly stderr: Terminal["stderr"];
}

/** Says on stderr how a run over many inputs went. Returns its exit code. */
export function concludeRun(
  tally: RunTally,
  { failure, interrupted, complain, summary, stderr }: RunEnding,
): number {
  if (interrupted !== null) {
    stderr.write(`infer: interrupted; ${tally.done} of ${tally.total} were done.\n`);
    return interrupted;
  }
  if (failure !== undefined) complain(failure.error);
  if (summary !== undefined) stderr.write(`${summary}\n`);
  if (failure === undefined) return exitCodeOfRun(tally.succeeded, tally.failures);
  return tally.succeeded > 0 ? EXIT.failed : exitCodeOf(failure.error);
}
