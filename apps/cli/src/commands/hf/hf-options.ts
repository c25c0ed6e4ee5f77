import { type Command, Option } from "commander";
import { names, secondsAsMs, wholeNumber } from "../../option-values.ts";
import type { Terminal } from "../../terminal.ts";
import { type Parameters, parameter } from "../workflows/named-values.ts";
import type { HfTask } from "./hf-task.ts";

/** Options of every command that talks to a Hugging Face system. */
export interface HfConnectionOptions {
  /** A token, or `false` for none; left out: that of the machine, to Hugging Face's own hosts alone. */
  readonly token?: string | false;
  /** Milliseconds; `null` = none. */
  readonly timeout?: number | null;
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

/** Requests at once where `--concurrency` is not given: a container works on one at a time. */
const DEFAULT_CONCURRENCY = 2;

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

const ARGUMENTS = {
  pictures: ["<inputs...>", "files, folders, patterns, URLs, or -"],
  media: ["<inputs...>", "files, URLs, or -"],
  texts: ["<texts...>", "texts, each in quotes, or - for standard input"],
} as const;

/** What a task may need beside its input. */
const EXTRA: Readonly<Record<string, (command: Command) => Command>> = {
  label: (command) =>
    command.requiredOption("--label <names>", "labels to choose from, separated by commas", names),
  question: (command) => command.requiredOption("--question <text>", "what is asked about the picture"),
  system: (command) => command.option("--system <text>", "what the model is told before the first message"),
  maxTokens: (command) => command.option("--max-tokens <count>", "most tokens of the answer", wholeNumber(1)),
};

/** Gives a command the arguments and options of a task. */
export function addHfTask(command: Command, task: HfTask): Command {
  const [inputs, help] = ARGUMENTS[task.takes];
  command.description(task.summary).argument(inputs, help);
  command
    .option(
      "-m, --model <id|url>",
      "model id, or address of an endpoint (default: what the hub recommends for the task)",
    )
    .option(
      "--param <name=value>",
      "parameter of the model with its name on the wire, such as threshold=0.5; may be repeated",
      parameter,
    );
  for (const name of task.needs ?? []) EXTRA[name]?.(command);
  const formats = task.writesText ? ["text", "json", "jsonl"] : ["json", "jsonl"];
  command.addOption(
    new Option("--format <format>", "form of the results").choices(formats).default(formats[0]),
  );
  if (task.takes === "pictures") command.option("--recursive", "look into folders inside folders");
  if (task.takes !== "texts") {
    command
      .option("--concurrency <count>", "requests at once", wholeNumber(1), DEFAULT_CONCURRENCY)
      .option("--fail-fast", "stop at the first input that fails");
  }
  if (task.draws) command.option("--draw", "draw the boxes on copies of the pictures; needs --out");
  if (task.draws || task.writesFiles)
    command.option("-o, --out <folder>", "folder for what becomes files: drawn pictures, masks");
  command
    .option("--output <file>", "write the results to this file instead of stdout")
    .option("--quiet", "neither progress nor summary; failed inputs are still named");
  return addHfConnectionOptions(command);
}
