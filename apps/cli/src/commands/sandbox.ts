import { once } from "node:events";
import { SANDBOX_KEY, type SandboxLogEntry, startSandbox } from "@inference-ts/sdk/testing";
import { EXIT } from "../exit-codes.ts";
import type { Interruption } from "../interruption.ts";
import type { Terminal } from "../terminal.ts";

export interface SandboxCommandOptions {
  readonly port: number;
  readonly host?: string;
  /** Milliseconds. */
  readonly latency: number;
  readonly quiet?: boolean;
}

/** `infer sandbox`: a stand-in server until the process is told to stop. */
export async function sandbox(
  options: SandboxCommandOptions,
  terminal: Terminal,
  { signal }: Interruption,
): Promise<number> {
  const { port, host, latency, quiet } = options;
  await using server = await startSandbox({
    port,
    latencyMs: latency,
    ...(host === undefined ? {} : { host }),
    ...(quiet ? {} : { logger: (entry) => void terminal.stderr.write(`${logLine(entry)}\n`) }),
  });
  terminal.stdout.write(
    `Sandbox listening on ${server.url} (not a real server: it finds red, green and blue shapes). ` +
      `Its key is ${SANDBOX_KEY}. Ctrl-C ends it.\n`,
  );
  if (!signal.aborted) await once(signal, "abort");
  return EXIT.ok;
}

function logLine({ status, method, path, durationMs }: SandboxLogEntry): string {
  return `${status ?? "---"} ${method} ${path} ${durationMs.toFixed(1)} ms`;
}
