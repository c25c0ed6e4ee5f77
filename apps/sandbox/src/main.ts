import { isInferenceError } from "@inference-ts/sdk";
import { type SandboxLogEntry, startSandbox } from "@inference-ts/testing";
import { parseCommand, USAGE } from "./arguments.ts";

const EXIT_USAGE = 2;
const EXIT_NETWORK = 4;

function logRequest(entry: SandboxLogEntry): void {
  const status = entry.status ?? "---";
  console.error(`${status} ${entry.method} ${entry.path} ${entry.durationMs.toFixed(1)} ms`);
}

async function main(args: readonly string[]): Promise<number> {
  const command = parseCommand(args);
  if (command.help) {
    console.log(USAGE);
    return 0;
  }
  const stopped = new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  const sandbox = await startSandbox(
    command.quiet ? command.options : { ...command.options, logger: logRequest },
  );
  console.log(`Sandbox listening on ${sandbox.url} (not a real server: it finds red, green and blue shapes)`);
  await stopped;
  await sandbox.close();
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!isInferenceError(error)) throw error;
    console.error(error.message);
    process.exitCode = error.code === "CONNECTION_FAILED" ? EXIT_NETWORK : EXIT_USAGE;
  },
);
