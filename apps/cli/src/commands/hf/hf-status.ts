import type { InferenceClient } from "@inference-ts/sdk/huggingface/node";
import { HTTPCallError, isInferenceError } from "@inference-ts/sdk/node";
import { EXIT, exitCodeOf } from "../../exit-codes.ts";
import type { Interruption } from "../../interruption.ts";
import type { Terminal } from "../../terminal.ts";
import { visiblePart, writeShown } from "../../visible-text.ts";
import { createHfClient } from "./hf-client.ts";
import { complainHf } from "./hf-errors.ts";
import type { HfConnectionOptions } from "./hf-options.ts";

/** Options of `infer hf status`. */
export interface HfStatusOptions extends HfConnectionOptions {
  readonly json?: boolean;
}

/** `infer hf status <url|id>`: how an endpoint is and what it tells about itself, or how a model stands. Returns the exit code. */
export async function hfStatus(
  model: string,
  options: HfStatusOptions,
  terminal: Terminal,
  { signal }: Interruption,
): Promise<number> {
  try {
    return await tellStatus(model, options, terminal, signal);
  } catch (error) {
    if (signal.aborted || !isInferenceError(error)) throw error;
    complainHf(error, options, terminal);
    return exitCodeOf(error);
  }
}

async function tellStatus(
  model: string,
  options: HfStatusOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  await using client = createHfClient(options, model, terminal);
  const isEndpoint = /^https?:\/\//i.test(model);
  const status = isEndpoint
    ? await endpointStatus(client, signal)
    : { ...(await client.getModelStatus({ signal })) };
  const ok = !("healthy" in status) || status.healthy === true;
  writeShown(terminal.stdout, options.json === true ? `${JSON.stringify(status)}\n` : linesOf(status));
  return ok ? EXIT.ok : EXIT.failed;
}

/** The default container of Inference Endpoints tells nothing about itself. */
async function endpointStatus(
  client: InferenceClient,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const healthy = await client.healthCheck({ signal });
  try {
    return { healthy, ...(await client.getEndpointInfo({ signal })) };
  } catch (error) {
    if (error instanceof HTTPCallError) return { healthy };
    throw error;
  }
}

function linesOf(status: Readonly<Record<string, unknown>>): string {
  const width = Math.max(...Object.keys(status).map((name) => name.length));
  return Object.entries(status)
    .map(
      ([name, value]) =>
        `${visiblePart(name).padEnd(width)}  ${visiblePart(typeof value === "string" ? value : (JSON.stringify(value) ?? ""))}\n`,
    )
    .join("");
}
