import type { InferenceConfigurationInput, TaskType } from "@inference-ts/sdk/node";
import { InvalidParameterError } from "@inference-ts/sdk/node";
import { type Command, Option } from "commander";
import { addConnectionOptions, type ConnectionOptions } from "../connection.ts";
import { PRESET_NAMES } from "../drawing/drawing-plan.ts";
import { confidence, fraction, names, wholeNumber } from "../option-values.ts";
import { FORMAT_NAMES, type FormatName, isText } from "../output/formats.ts";
import { isLabelFormat } from "../output/label-files.ts";
import type { ProgressKind } from "../progress/create-progress.ts";
import type { Terminal } from "../terminal.ts";

/** Requests at once where `--concurrency` is not given. */
const DEFAULT_CONCURRENCY = 8;

/** A table, so that the compiler asks for a new task here too. */
const TASKS: Readonly<Record<TaskType, true>> = {
  "object-detection": true,
  "instance-segmentation": true,
  "keypoint-detection": true,
  classification: true,
  "multi-label-classification": true,
  "semantic-segmentation": true,
};

/** The options of `infer run` as commander gives them. */
export interface RunOptions extends ConnectionOptions {
  readonly model: string;
  readonly task?: TaskType;
  readonly confidence?: number | "best" | "default";
  readonly iou?: number;
  readonly class?: readonly string[];
  readonly downsize?: boolean;
  readonly recursive?: boolean;
  readonly concurrency: number;
  readonly batch: number;
  readonly failFast?: boolean;
  readonly format?: FormatName;
  readonly output?: string;
  readonly out?: string;
  /** `true` = as usual; else a preset or a file of options. */
  readonly draw?: boolean | string;
  readonly report?: string;
  readonly quiet?: boolean;
}

/** Adds {@link RunOptions} to a command. */
export function addRunOptions(command: Command): Command {
  command
    .requiredOption("-m, --model <id>", "model id (project/version) or public alias")
    .addOption(
      new Option("--task <task>", "fail where the model is of another task").choices(Object.keys(TASKS)),
    )
    .option("--confidence <threshold>", 'least confidence, 0..1, or "best" or "default"', confidence)
    .option("--iou <threshold>", "overlap at which the weaker of two boxes is dropped, 0..1", fraction)
    .option(
      "--class <names>",
      "classes to keep, separated by commas or given again; filtered here, and by servers that can (masks of semantic " +
        "segmentation stay whole)",
      names,
    )
    .option("--downsize", "shrink pictures to the model's input size before sending")
    .option("--recursive", "look into folders inside folders")
    .option("--concurrency <count>", "requests at once", wholeNumber(1), DEFAULT_CONCURRENCY)
    .option("--batch <count>", "pictures in one request (API v1)", wholeNumber(1), 1)
    .option("--fail-fast", "stop at the first picture that fails")
    .addOption(
      new Option(
        "--format <format>",
        "results on stdout (default: json; none when --out is given and stdout is a terminal); yolo and voc: label files in " +
          "the folder of --out",
      ).choices(FORMAT_NAMES),
    )
    .option("--output <file>", "write the results to this file instead of stdout")
    .option("--out <folder>", "write one JSON file for each picture into this folder")
    .option(
      "--draw [what]",
      `with --out or --report: each picture with its results drawn on it; a preset (${PRESET_NAMES.join(", ")}) or a ` +
        "file of options (JSON, or the YAML of Python's command line)",
    )
    .option("--report <file>", "write an HTML page with all pictures, counts, times and failures")
    .option("--quiet", "neither progress nor summary; failed pictures are still named");
  return addConnectionOptions(command);
}

/** @throws InvalidParameterError for options that contradict each other. */
export function checkRunOptions(options: RunOptions): void {
  if (options.draw && options.out === undefined && options.report === undefined) {
    throw new InvalidParameterError(
      "--draw needs --out <folder>, where the drawn pictures go, or --report <file>, which shows them.",
    );
  }
  const { format } = options;
  if (format === undefined || isText(format)) return;
  if (isLabelFormat(format) && options.out === undefined) {
    throw new InvalidParameterError(
      `--format ${format} needs --out <folder>, where the label files of the pictures go.`,
    );
  }
  if (options.output !== undefined) {
    throw new InvalidParameterError(`--output has nothing to write with --format ${format}.`);
  }
}

/** The client's settings behind the options. */
export function configurationOf(options: RunOptions): InferenceConfigurationInput {
  return {
    confidenceThreshold: options.confidence,
    iouThreshold: options.iou,
    classFilter: options.class,
    clientDownsizingDisabled: options.downsize === true ? false : undefined,
    maxConcurrentRequests: options.concurrency,
    maxBatchSize: options.batch,
  };
}

/** Where nobody asks for a format: JSON, except in the face of somebody who gets the files of `--out`. */
export function formatOf(options: RunOptions, { stdout }: Pick<Terminal, "stdout">): FormatName {
  if (options.format !== undefined) return options.format;
  const isShown = options.output === undefined && stdout.isTTY === true;
  return options.out !== undefined && isShown ? "none" : "json";
}

/** A bar only where nothing else is written to the same screen. */
export function progressKindOf(
  options: RunOptions,
  format: FormatName,
  { stdout, stderr }: Pick<Terminal, "stdout" | "stderr">,
): ProgressKind {
  if (options.quiet) return "silent";
  const resultsOnScreen = options.output === undefined && isText(format) && stdout.isTTY === true;
  return stderr.isTTY === true && !resultsOnScreen && !options.verbose ? "bar" : "lines";
}
