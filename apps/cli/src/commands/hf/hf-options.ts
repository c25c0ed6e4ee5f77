import type { Command } from "commander";
import { secondsAsMs } from "../../option-values.ts";
import type { Terminal } from "../../terminal.ts";
import type { Parameters } from "../workflows/named-values.ts";

/** Options of every command that talks to a Hugging Face system. */
export interface HfConnectionOptions {
  /** A token, or `false` for none; left out: that of the machine, to Hugging Face's own hosts alone. */
  readonly token?: string | false;
  /** Milliseconds; `Infinity` = none. */
  readonly timeout?: number;
  readonly verbose?: boolean;
}

/** Options of `infer hf <task>`; which of them a command has depends on the task. */
export interface HfTaskOptions extends HfConnectionOptions {
  readonly model?: string;
  readonly param?: Parameters;
  readonly label?: readonly string[];
  readonly question?: string;
  readonly system?: string;
  readonly maxTokens?: number;
  readonly recursive?: boolean;
  readonly concurrency?: number;
  readonly failFast?: boolean;
  readonly format: "text" | "json" | "jsonl";
  readonly output?: string;
  readonly out?: string;
  readonly draw?: boolean;
  readonly quiet?: boolean;
}

/** Adds {@link HfConnectionOptions} to a command. */
export function addHfConnectionOptions(command: Command): Command {
  return command
    .option(
      "--token <token>",
      "Hugging Face token; safer in the environment (HF_TOKEN), where other users cannot read it",
    )
    .option("--no-token", "send no token, also where this machine has one")
    .option(
      "--timeout <seconds>",
      'limit of one call, waiting for the model included; "none" = no limit (default: 600)',
      secondsAsMs,
    )
    .option("--verbose", "stacks of errors");
}

/** What must never be shown. */
export function hfSecretsOf({ token }: HfConnectionOptions, env: Terminal["env"]): readonly string[] {
  return [token, env.HF_TOKEN, env.HUGGING_FACE_HUB_TOKEN].filter(
    (secret): secret is string => typeof secret === "string" && secret !== "",
  );
}
