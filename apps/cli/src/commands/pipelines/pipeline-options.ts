import { type Command, Option } from "commander";
import { addConnectionOptions, type ConnectionOptions } from "../../connection.ts";
import { names, positive, secondsAsMs, wholeNumber } from "../../option-values.ts";
import { type Parameters, parameter } from "../workflows/named-values.ts";

/** Options of the commands about one pipeline. */
export interface PipelineOptions extends ConnectionOptions {
  readonly json?: boolean;
}

/** Options of `infer pipelines watch`. */
export interface WatchOptions extends ConnectionOptions {
  readonly exclude?: readonly string[];
  /** Milliseconds; `Infinity` = none. */
  readonly idle?: number;
  readonly limit?: number;
}

/** Options of `infer pipelines start`. */
export interface StartOptions extends WatchOptions {
  /** File with a workflow's definition, or `workspace/id`. */
  readonly workflow: string;
  readonly workflowVersion?: string;
  readonly imageName?: string;
  readonly param?: Parameters;
  readonly maxFps?: number;
  /** For files: waits for every frame and reads little ahead. */
  readonly everyFrame?: boolean;
  readonly filling?: "WAIT" | "DROP_OLDEST" | "ADAPTIVE_DROP_OLDEST" | "DROP_LATEST" | "ADAPTIVE_DROP_LATEST";
  readonly consumption?: "LAZY" | "EAGER";
  readonly bufferSize?: number;
  /** Milliseconds; `Infinity` = the server's. */
  readonly consumptionTimeout?: number;
  readonly sinks: boolean;
  readonly watch?: boolean;
}

/** Adds {@link StartOptions} to a command. */
export function addStartOptions(command: Command): Command {
  return addWatching(addConnectionOptions(command))
    .requiredOption(
      "-w, --workflow <what>",
      "file with a workflow's definition, or workspace/id of a stored one",
    )
    .option("--workflow-version <id>", "version of a stored workflow (default: the newest)")
    .option("--image-name <name>", 'input of the workflow that gets the frames (default: "image")')
    .option("--param <name=value>", "value of another input, as JSON or text; repeatable", parameter)
    .option("--max-fps <number>", "most frames per second", positive)
    .option(
      "--every-frame",
      "for files: work on every frame (--filling WAIT --consumption LAZY, and little is read ahead)",
    )
    .addOption(
      new Option(
        "--filling <strategy>",
        "what happens to frames that come too fast (default: DROP_OLDEST)",
      ).choices(["WAIT", "DROP_OLDEST", "ADAPTIVE_DROP_OLDEST", "DROP_LATEST", "ADAPTIVE_DROP_LATEST"]),
    )
    .addOption(
      new Option("--consumption <strategy>", "every frame in turn, or the newest (default: EAGER)").choices([
        "LAZY",
        "EAGER",
      ]),
    )
    .option(
      "--buffer-size <count>",
      "results that the server keeps until they are taken (default: 64)",
      wholeNumber(1),
    )
    .option(
      "--consumption-timeout <seconds>",
      'the server ends a pipeline whose results nobody takes for so long; "none" = its own limit',
      secondsAsMs,
    )
    .option("--no-sinks", "leave out the blocks that send or store something")
    .option("--watch", "print the results, and end the pipeline with this command");
}

/** Adds {@link WatchOptions} to a command. */
export function addWatchOptions(command: Command): Command {
  return addWatching(addConnectionOptions(command));
}

/** Adds {@link PipelineOptions} to a command. */
export function addPipelineOptions(command: Command): Command {
  return addConnectionOptions(command).option("--json", "as JSON");
}

function addWatching(command: Command): Command {
  return command
    .option("--exclude <names>", "outputs that the server leaves out, such as images", names)
    .option(
      "--idle <seconds>",
      'give up after so long without a result; "none" = never (default: 120)',
      secondsAsMs,
    )
    .option("--limit <count>", "stop after so many results", wholeNumber(1));
}
