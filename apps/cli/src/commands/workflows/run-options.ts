import { type Command, Option } from "commander";
import { addConnectionOptions, type ConnectionOptions } from "../../connection.ts";
import { names, wholeNumber } from "../../option-values.ts";
import { type NamedValues, namedInput, type Parameters, parameter } from "./named-values.ts";

/** Runs at once where `--concurrency` is not given: the pictures of a run's outputs are in memory. */
const DEFAULT_CONCURRENCY = 4;

/** Options of `infer workflows run`. */
export interface WorkflowRunOptions extends ConnectionOptions {
  readonly image?: NamedValues<string>;
  readonly param?: Parameters;
  readonly exclude?: readonly string[];
  readonly workflowVersion?: string;
  readonly disableSinks?: boolean;
  readonly recursive?: boolean;
  readonly concurrency: number;
  readonly failFast?: boolean;
  readonly format: "json" | "jsonl";
  readonly output?: string;
  readonly out?: string;
  readonly quiet?: boolean;
}

/** Adds the options of `infer workflows run`. */
export function addWorkflowRunOptions(command: Command): Command {
  return addConnectionOptions(command)
    .argument("<workflow>", "file with the definition, or workspace/id of a stored workflow")
    .option(
      "--image <name=input>",
      "picture of an image input: a file, URL or -; a folder, a pattern or a repeated name gives a run for each",
      namedInput,
    )
    .option("--param <name=value>", "parameter: JSON where it is JSON, else text; may be repeated", parameter)
    .option("--exclude <names>", "outputs that the server leaves out, separated by commas", names)
    .option("--workflow-version <id>", "version of a stored workflow (default: the newest)")
    .option("--disable-sinks", "neither write to sinks nor notify")
    .option("--recursive", "look into folders inside folders")
    .option("--concurrency <count>", "runs at once", wholeNumber(1), DEFAULT_CONCURRENCY)
    .option("--fail-fast", "stop at the first picture that fails")
    .option("-o, --out <folder>", "write outputs as JSON and their pictures as files into this folder")
    .addOption(
      new Option("--format <format>", "form of the results").choices(["json", "jsonl"]).default("json"),
    )
    .option("--output <file>", "write the results to this file instead of stdout")
    .option("--quiet", "neither progress nor summary; failed pictures are still named");
}
