import { once } from "node:events";
import { isInferenceError } from "@inference-ts/sdk/node";
import { SANDBOX_KEY, type SandboxLogEntry, startSandbox } from "@inference-ts/sdk/testing";
import { describeError } from "../describe-error.ts";
import { EXIT, exitCodeOf } from "../exit-codes.ts";
import type { Interruption } from "../interruption.ts";
import type { Terminal } from "../terminal.ts";
import { visiblePart } from "../visible-text.ts";

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
  const starting = startSandbox({
    port,
    latencyMs: latency,
    ...(host === undefined ? {} : { host }),
    ...(quiet ? {} : { logger: (entry) => void terminal.stderr.write(`${visiblePart(logLine(entry))}\n`) }),
  });
  const failure = await starting.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (isInferenceError(failure)) {
    // Without the advice of commands that look for a server.
    terminal.stderr.write(`infer: ${describeError(failure, { wayOut: {} })}\n`);
    return exitCodeOf(failure);
  }
  await using server = await starting;
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
