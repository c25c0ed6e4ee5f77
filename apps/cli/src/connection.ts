import {
  type ClientMode,
  type InferenceConfigurationInput,
  InferenceHTTPClient,
  type InferenceHTTPClientOptions,
} from "@inference-ts/sdk/node";
import { type Command, Option } from "commander";
import { eventLine } from "./event-line.ts";
import { limitOf, secondsAsMs, wholeNumber } from "./option-values.ts";
import type { Terminal } from "./terminal.ts";
import { visiblePart } from "./visible-text.ts";

const DEFAULT_API_URL = "http://localhost:9001";

/** Options of every command that talks to a server. */
export interface ConnectionOptions {
  readonly apiUrl?: string;
  readonly apiKey?: string;
  readonly apiMode?: ClientMode;
  /** Milliseconds; `Infinity` = none. */
  readonly timeout?: number;
  readonly retries?: number;
  readonly verbose?: boolean;
}

/** Adds {@link ConnectionOptions} to a command. */
export function addConnectionOptions(command: Command): Command {
  return command
    .option(
      "--api-url <url>",
      `address of the server (environment: INFERENCE_API_URL; default: ${DEFAULT_API_URL})`,
    )
    .option(
      "--api-key <key>",
      "API key; safer in the environment (INFERENCE_API_KEY or ROBOFLOW_API_KEY), where other users cannot read it",
    )
    .addOption(
      new Option("--api-mode <mode>", "generation of the API (default: by the address)").choices([
        "v0",
        "v1",
      ]),
    )
    .option(
      "--timeout <seconds>",
      'limit of one request, retries included; "none" = no limit (default: 120, or 600 where a model is loaded)',
      secondsAsMs,
    )
    .option("--retries <count>", "how often a failed request is repeated (default: 2)", wholeNumber(0))
    .option("--verbose", "every step of every request on stderr, and stacks of errors");
}

/** The API key: from the option, else the environment; an empty variable counts as not set. */
function apiKeyOf(options: ConnectionOptions, env: Terminal["env"]): string | undefined {
  return options.apiKey ?? (env.INFERENCE_API_KEY || env.ROBOFLOW_API_KEY || undefined);
}

/** What must never be shown. */
export function secretsOf(options: ConnectionOptions, env: Terminal["env"]): readonly string[] {
  const key = apiKeyOf(options, env);
  return key === undefined || key === "" ? [] : [key];
}

/**
 * Makes the client that a command's options ask for. Nothing is sent.
 *
 * @throws InvalidParameterError for a setting that is not allowed.
 */
export function createClient(
  options: ConnectionOptions,
  terminal: Terminal,
  more: { readonly modelId?: string; readonly configuration?: InferenceConfigurationInput } = {},
): InferenceHTTPClient {
  const { apiMode, timeout, retries, verbose } = options;
  const settings: InferenceHTTPClientOptions = {
    ...more,
    apiUrl: options.apiUrl ?? (terminal.env.INFERENCE_API_URL || DEFAULT_API_URL),
    apiKey: apiKeyOf(options, terminal.env),
    apiMode,
    timeoutMs: limitOf(timeout),
    retry: retries === undefined ? undefined : { maxAttempts: retries + 1 },
    onEvent: verbose
      ? (event) => void terminal.stderr.write(`${visiblePart(eventLine(event))}\n`)
      : undefined,
  };
  return new InferenceHTTPClient(settings);
}
