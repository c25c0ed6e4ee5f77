import { type Command, Option } from "commander";
import { addConnectionOptions, type ConnectionOptions } from "../../connection.ts";
import { wholeNumber } from "../../option-values.ts";
import type { CoreTask, Takes } from "./core-task.ts";
import { commanderOption } from "./option-kinds.ts";
import type { ResultFormat } from "./result-writer.ts";

/** Requests at once where `--concurrency` is not given. */
const DEFAULT_CONCURRENCY = 8;

/** Options of every task, beside its own, which commander adds to the same object. */
export interface TaskOptions extends ConnectionOptions {
  readonly recursive?: boolean;
  readonly concurrency?: number;
  readonly failFast?: boolean;
  readonly format: ResultFormat;
  readonly output?: string;
  readonly out?: string;
  readonly quiet?: boolean;
}

const ARGUMENTS: Readonly<Record<Takes, readonly [name: string, help: string]>> = {
  pictures: ["<inputs...>", "files, folders, patterns, URLs, or -"],
  texts: ["<texts...>", "texts, each in quotes"],
  clips: ["<clips...>", "video files or URLs; the server fetches URLs itself"],
};

/** Gives a command the arguments and options of a task. */
export function addTask(command: Command, task: CoreTask, formats: readonly ResultFormat[]): Command {
  command.description(task.summary).argument(...ARGUMENTS[task.takes]);
  for (const [name, row] of Object.entries(task.options)) command.addOption(commanderOption(name, row));
  if (task.takes === "pictures") command.option("--recursive", "look into folders inside folders");
  if (task.takes !== "texts") {
    command
      .option("--concurrency <count>", "requests at once", wholeNumber(1), DEFAULT_CONCURRENCY)
      .option("--fail-fast", "stop at the first input that fails");
  }
  if (task.writesFiles)
    command.option("--out <folder>", "write the large parts of results as files into this folder");
  command
    .addOption(new Option("--format <format>", "form of the results").choices(formats).default("json"))
    .option("--output <file>", "write the results to this file instead of stdout")
    .option("--quiet", "neither progress nor summary; failed inputs are still named");
  return addConnectionOptions(command);
}
