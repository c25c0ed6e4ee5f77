import type { Command } from "commander";
import { addConnectionOptions, type ConnectionOptions } from "../connection.ts";
import { confidence, fraction, names, positive, wholeNumber } from "../option-values.ts";
import { addLiveOptions, type LiveOptions } from "./live/live-options.ts";

/** Frames under way at once where `--concurrency` is not given: a frame is pixels. */
const DEFAULT_CONCURRENCY = 4;

/** The options of `infer video` as commander gives them. */
export interface VideoOptions extends ConnectionOptions, LiveOptions {
  readonly model?: string;
  readonly stride?: number;
  readonly maxFps?: number;
  readonly maxFrames?: number;
  readonly confidence?: number | "best" | "default";
  readonly iou?: number;
  readonly class?: readonly string[];
  readonly downsize?: boolean;
  readonly concurrency: number;
  readonly failFast?: boolean;
  readonly output?: string;
  readonly quiet?: boolean;
}

/** Adds {@link VideoOptions} to a command. */
export function addVideoOptions(command: Command): Command {
  command
    .option("-m, --model <id>", "model id (project/version) or public alias")
    .option("--stride <count>", "every how-manyeth frame", wholeNumber(1))
    .option("--max-fps <rate>", "most frames a second, by the video's own time", positive)
    .option("--max-frames <count>", "stop after this many frames", wholeNumber(1))
    .option("--confidence <threshold>", 'least confidence, 0..1, or "best" or "default"', confidence)
    .option("--iou <threshold>", "overlap at which the weaker of two boxes is dropped, 0..1", fraction)
    .option("--class <names>", "classes to keep, separated by commas or given again", names)
    .option("--downsize", "shrink frames to the model's input size before sending")
    .option("--concurrency <count>", "requests at once", wholeNumber(1), DEFAULT_CONCURRENCY)
    .option("--fail-fast", "stop at the first frame that fails")
    .option("-o, --output <file>", "write the lines to this file instead of stdout")
    .option("--quiet", "neither progress nor summary; failed frames are still named");
  return addConnectionOptions(addLiveOptions(command));
}
