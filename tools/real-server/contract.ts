/** Runs the contract suite on the real server: installs it when needed, starts it, tests, stops it. */
import { type ContractArguments, contractArguments, USAGE } from "./contract-arguments.ts";
import { runContractCommand, untilAborted } from "./contract-command.ts";
import { CONTRACT_FLAGS } from "./contract-flags.ts";
import { installRealServer, probe, startRealServer } from "./real-server.ts";
import { runContractSuite } from "./suite-run.ts";

const say = (line: string) => process.stderr.write(`contract:real: ${line}\n`);

async function run(options: ContractArguments, signal: AbortSignal): Promise<number> {
  const version = options.server;
  const possible = await probe({ packages: version, signal });
  if (!possible.ok) {
    process.stdout.write(`contract:real skipped: ${possible.reason}\n`);
    return options.required ? 1 : 0;
  }
  await installRealServer({ packages: version, signal, log: say });
  say(`starting the server ${version}`);
  await using server = await startRealServer({ version, flags: CONTRACT_FLAGS, signal, log: say });
  const { passed, failed, skipped } = await runContractSuite(
    {
      folders: ["apps/contract-tests/src/suite/", "apps/contract-tests/src/webrtc/worker/"],
      env: {
        INFERENCE_CONTRACT_URL: server.url,
        INFERENCE_CONTRACT_KEY: server.apiKey,
        INFERENCE_CONTRACT_VERSION: server.version,
      },
    },
    signal,
  );
  if (options.keep) {
    say(`the server keeps running: ${server.url}, key ${server.apiKey} (Ctrl-C ends it)`);
    await untilAborted(signal);
  }
  await server.stop();
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

process.exitCode = await runContractCommand({
  name: "contract:real",
  usage: USAGE,
  parse: contractArguments,
  run,
});
