/** What the commands that run a contract suite on a real server have in common. */

/** Waits for Ctrl-C. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // The listener alone does not keep the process alive.
    const keepAlive = setInterval(() => {}, 60_000);
    const end = () => {
      clearInterval(keepAlive);
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

export interface ContractCommand<Options> {
  /** What messages begin with, such as `contract:real`. */
  readonly name: string;
  readonly usage: string;
  /** Throws an `Error` that says what is wrong with the arguments. */
  parse(args: readonly string[]): Options;
  /** Returns the exit code. */
  run(options: Options, signal: AbortSignal): Promise<number>;
}

/** Runs the command line of this process: 2 for wrong usage, 130 after an interruption, 1 when something failed. */
export async function runContractCommand<Options>(command: ContractCommand<Options>): Promise<number> {
  let options: Options;
  try {
    options = command.parse(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${command.usage}\n`);
    return 2;
  }
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new Error("interrupted"));
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt).on("SIGHUP", interrupt);
  try {
    return await command.run(options, interruption.signal);
  } catch (error) {
    if (interruption.signal.aborted) return 130;
    process.stderr.write(`${command.name}: ${error instanceof Error ? error.message : error}\n`);
    return 1;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt).off("SIGHUP", interrupt);
  }
}
