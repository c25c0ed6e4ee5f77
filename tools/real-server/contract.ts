/** Runs the contract suite on the real server: installs it when needed, starts it, tests, stops it. */
import { type ContractArguments, contractArguments, USAGE } from "./contract-arguments.ts";
import { CONTRACT_FLAGS } from "./contract-flags.ts";
import { installRealServer, probe, startRealServer } from "./real-server.ts";
import { runContractSuite } from "./suite-run.ts";

const say = (line: string) => process.stderr.write(`contract:real: ${line}\n`);

async function run(options: ContractArguments, signal: AbortSignal): Promise<number> {
  const version = options.server;
  const possible = await probe({ version, signal });
  if (!possible.ok) {
    process.stdout.write(`contract:real skipped: ${possible.reason}\n`);
    return options.required ? 1 : 0;
  }
  await installRealServer({ version, signal, log: say });
  say(`starting the server ${version}`);
  await using server = await startRealServer({ version, flags: CONTRACT_FLAGS, signal, log: say });
  const { passed, failed, skipped } = await runContractSuite(server, signal);
  if (options.keep) {
    say(`the server keeps running: ${server.url}, key ${server.apiKey} (Ctrl-C ends it)`);
    await untilAborted(signal);
  }
  await server.stop();
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

function untilAborted(signal: AbortSignal): Promise<void> {
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

async function main(): Promise<number> {
  let options: ContractArguments;
  try {
    options = contractArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}\n`);
    return 2;
  }
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new Error("interrupted"));
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt).on("SIGHUP", interrupt);
  try {
    return await run(options, interruption.signal);
  } catch (error) {
    if (interruption.signal.aborted) return 130;
    say(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt).off("SIGHUP", interrupt);
  }
}

process.exitCode = await main();
