import { parseArgs } from "node:util";
import { InvalidParameterError } from "@inference-ts/sdk";
import type { SandboxOptions } from "@inference-ts/testing";

/** How the command is used. */
export const USAGE = `Usage: node --conditions=source apps/sandbox/src/main.ts [options]

  --port <number>      port to listen on (default 9001; 0 takes a free one)
  --host <address>     address to listen on (default 127.0.0.1)
  --api-key <key>      refuse requests without this key (default: a key is only needed to load a model)
  --latency <ms>       time that every answer takes at least, in milliseconds (default 0)
  --quiet              no line for each request
  --help               this text`;

/** What the command line asks for. */
export interface SandboxCommand {
  readonly help: boolean;
  readonly quiet: boolean;
  readonly options: SandboxOptions;
}

const DEFAULT_PORT = 9001;

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0) {
    throw new InvalidParameterError(`${name} is "${text}"; it must be a whole number of 0 or more.`);
  }
  return value;
}

/**
 * Reads the command line.
 *
 * @throws InvalidParameterError for an unknown option or a value that is not allowed.
 */
export function parseCommand(args: readonly string[]): SandboxCommand {
  const values = readOptions(args);
  const apiKey = values["api-key"];
  return {
    help: values.help ?? false,
    quiet: values.quiet ?? false,
    options: {
      port: values.port === undefined ? DEFAULT_PORT : wholeNumber("--port", values.port),
      latencyMs: values.latency === undefined ? 0 : wholeNumber("--latency", values.latency),
      ...(values.host === undefined ? {} : { host: values.host }),
      ...(apiKey === undefined ? {} : { apiKey }),
    },
  };
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        host: { type: "string" },
        "api-key": { type: "string" },
        latency: { type: "string" },
        quiet: { type: "boolean" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : "The command line cannot be read.";
    throw new InvalidParameterError(message, { hint: "Run it with --help." });
  }
}
