import { type Command, Option } from "commander";
import { names, wholeNumber } from "../../option-values.ts";
import { type Parameters, parameter } from "../workflows/named-values.ts";

/** Tasks of the models that live video runs. */
export const LIVE_TASKS = [
  "object-detection",
  "instance-segmentation",
  "keypoint-detection",
  "classification",
  "multi-label-classification",
  "semantic-segmentation",
] as const;

/** The options of `infer video` that belong to `--webrtc`. */
export interface LiveOptions {
  readonly webrtc?: boolean;
  readonly workflow?: string;
  readonly task?: (typeof LIVE_TASKS)[number];
  readonly imageInput?: string;
  readonly param?: Parameters;
  readonly streamOutput?: readonly string[];
  readonly dataOutput?: readonly string[];
  readonly realtime?: boolean;
  readonly relay?: boolean;
  readonly processingTimeout?: number;
  readonly save?: string;
}

/** Adds {@link LiveOptions} to `infer video`. */
export function addLiveOptions(command: Command): Command {
  return command
    .option("--webrtc", "live: one connection to a worker of the server instead of a request for each frame")
    .option("--workflow <file|workspace/id>", "with --webrtc: run this workflow instead of a model")
    .addOption(
      new Option("--task <task>", "with --webrtc: task of the model (default: asked for)").choices(
        LIVE_TASKS,
      ),
    )
    .option("--image-input <name>", "with --webrtc: image input of the workflow (default: image)")
    .option(
      "--param <name=value>",
      "with --webrtc: parameter of the workflow, JSON where it is JSON; may be repeated",
      parameter,
    )
    .option("--stream-output <name>", "with --webrtc: output whose pictures come back", names)
    .option(
      "--data-output <names>",
      'with --webrtc: outputs in the lines, "*" for all without pictures',
      names,
    )
    .option("--realtime", "with --webrtc: the worker skips frames it has no time for (default for cameras)")
    .option("--no-realtime", "with --webrtc: the worker works on every frame (default for files)")
    .option(
      "--relay",
      "with --webrtc: this machine reads the rtsp:// stream and sends it on, for cameras the server cannot reach",
    )
    .option(
      "--processing-timeout <seconds>",
      "with --webrtc: when the worker stops by itself (default: the server's, an hour)",
      wholeNumber(1),
    )
    .option(
      "--save <folder|file.avi>",
      "with --webrtc: write the pictures that come back, results drawn on them, as JPEGs or as a video",
    );
}

/** What only makes sense for requests frame by frame, and what a live session does instead. */
const NOT_LIVE: Readonly<Record<string, string>> = {
  stride: "the worker sees every frame; --max-fps limits the lines",
  confidence: "set it in a workflow: --workflow",
  iou: "set it in a workflow: --workflow",
  downsize: "the worker gets the video as it is",
};

/** What only makes sense with `--webrtc`. */
const ONLY_LIVE: readonly (keyof LiveOptions)[] = [
  "workflow",
  "task",
  "imageInput",
  "param",
  "streamOutput",
  "dataOutput",
  "realtime",
  "relay",
  "processingTimeout",
  "save",
];

const flagOf = (name: string): string =>
  `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Why these options do not go together, as a sentence; undefined when they do. */
export function clashOf(options: LiveOptions & Readonly<Record<string, unknown>>): string | undefined {
  if (options.webrtc !== true) {
    const live = ONLY_LIVE.find((name) => options[name] !== undefined);
    if (live !== undefined) return `${flagOf(live)} needs --webrtc.`;
    return options.model === undefined ? "Name a model with --model." : undefined;
  }
  const other = Object.entries(NOT_LIVE).find(([name]) => options[name] !== undefined);
  if (other !== undefined) return `${flagOf(other[0])} does not go with --webrtc: ${other[1]}.`;
  if ((options.model === undefined) === (options.workflow === undefined)) {
    return "Give either --model or --workflow with --webrtc.";
  }
  if (options.workflow !== undefined && options.task !== undefined)
    return "--task goes with --model, not with --workflow.";
  if (options.model !== undefined && options.param !== undefined)
    return "--param goes with --workflow, not with --model.";
  return undefined;
}
