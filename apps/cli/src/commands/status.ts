import type { RegisteredModels, ServerInfo } from "@inference-ts/sdk/node";
import { type ConnectionOptions, createClient, secretsOf } from "../connection.ts";
import { describeError } from "../describe-error.ts";
import { EXIT } from "../exit-codes.ts";
import type { Interruption } from "../interruption.ts";
import type { Terminal } from "../terminal.ts";
import { visiblePart, visibleText, writeShown } from "../visible-text.ts";
import { modelRows } from "./model-rows.ts";

/** Calls whose median is shown; the first one of all opens the connection and does not count. */
const PINGS = 5;

export interface StatusOptions extends ConnectionOptions {
  readonly json?: boolean;
}

/** `infer status`: what answers at the address, how fast, and which models are loaded. */
export async function status(
  options: StatusOptions,
  terminal: Terminal,
  { signal }: Interruption,
): Promise<number> {
  await using client = createClient(options, terminal);
  const info = await client.getServerInfo({ signal });
  const latencyMs = await medianOf(PINGS, async () => {
    const { meta } = await client.getServerInfo({ signal }).withMeta();
    return meta.durationMs;
  });
  const { apiUrl, clientMode } = client;
  let models: RegisteredModels | null = null;
  let modelsProblem = "not listed in API mode v0";
  if (clientMode === "v1") {
    try {
      models = await client.listLoadedModels({ signal });
    } catch (error) {
      if (signal.aborted) throw error;
      modelsProblem = describeError(error, { secrets: secretsOf(options, terminal.env) });
    }
  }
  const text = options.json
    ? `${JSON.stringify({ api_url: apiUrl, mode: clientMode, latency_ms: latencyMs, server: info, models: models?.models ?? null })}\n`
    : statusText({ apiUrl, clientMode, info, latencyMs, models, modelsProblem });
  writeShown(terminal.stdout, text);
  return EXIT.ok;
}

interface Findings {
  readonly apiUrl: string;
  readonly clientMode: string;
  readonly info: ServerInfo;
  readonly latencyMs: number;
  readonly models: RegisteredModels | null;
  readonly modelsProblem: string;
}

function statusText({ apiUrl, clientMode, info, latencyMs, models, modelsProblem }: Findings): string {
  const lines = [
    `server   ${visiblePart(`${info.name} ${info.version} (${info.uuid})`)}`,
    `address  ${apiUrl}`,
    `API      ${clientMode}`,
    `latency  ${latencyMs.toFixed(1)} ms (median of ${PINGS})`,
    models === null ? `models   ${visibleText(modelsProblem)}` : `models   ${models.models.length} loaded`,
    ...modelRows(models?.models ?? []).map((row) => `         ${row}`),
  ];
  return `${lines.join("\n")}\n`;
}

async function medianOf(count: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let index = 0; index < count; index++) values.push(await measure());
  values.sort((a, b) => a - b);
  return values[Math.floor(count / 2)] ?? 0;
}
