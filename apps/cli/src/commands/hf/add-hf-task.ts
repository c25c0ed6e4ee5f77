import { type Command, Option } from "commander";
import { names, wholeNumber } from "../../option-values.ts";
import { parameter } from "../workflows/named-values.ts";
import { addHfConnectionOptions } from "./hf-options.ts";
import type { HfTask } from "./hf-task.ts";

/** Requests at once where `--concurrency` is not given: a container works on one at a time. */
const DEFAULT_CONCURRENCY = 2;

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
