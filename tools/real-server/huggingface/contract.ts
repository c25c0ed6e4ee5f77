/** Runs the Hugging Face suite on the real server of that system: installs it when needed, starts it, tests, stops it. */
import { parseArgs } from "node:util";
import { runContractCommand, untilAborted } from "../contract-command.ts";
import { installRealServer } from "../install.ts";
import { probe } from "../probe.ts";
import { runContractSuite } from "../suite-run.ts";
import { startHuggingFaceServer } from "./start.ts";

const USAGE = `usage: npm run contract:hf -- [--keep] [--required]
  --keep      leave the server running after the suite, until Ctrl-C
  --required  exit 1 instead of 0 where the server cannot run on this machine`;

interface Options {
  readonly keep: boolean;
  readonly required: boolean;
}

const say = (line: string) => process.stderr.write(`contract:hf: ${line}\n`);

function parse(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      keep: { type: "boolean", default: false },
      required: { type: "boolean", default: false },
    },
  });
  return values;
}

async function run({ keep, required }: Options, signal: AbortSignal): Promise<number> {
  const possible = await probe({ packages: "huggingface", signal });
  if (!possible.ok) {
    process.stdout.write(`contract:hf skipped: ${possible.reason}\n`);
    return required ? 1 : 0;
  }
  await installRealServer({ packages: "huggingface", signal, log: say });
  await using server = await startHuggingFaceServer({ signal, log: say });
  const { passed, failed, skipped } = await runContractSuite(
    { folders: ["apps/contract-tests/src/huggingface/"], env: { INFERENCE_CONTRACT_HF_URL: server.url } },
    signal,
  );
  if (keep) {
    say(`the server keeps running: ${server.url} (Ctrl-C ends it)`);
    await untilAborted(signal);
  }
  await server.stop();
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

process.exitCode = await runContractCommand({ name: "contract:hf", usage: USAGE, parse, run });
