import type { ImageSource } from "@inference-ts/images";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { askMedia } from "../request/run-task.ts";
import type { DepthEstimationOutput } from "../results.ts";
import { firstOf } from "./first-of.ts";
import { readMask } from "./read-mask.ts";

/** How far away everything in a picture is. */
export async function depthEstimation(
  scope: CallScope,
  source: ImageSource,
  options: TaskOptions,
): Promise<DepthEstimationOutput> {
  const { operation } = scope;
  const output = firstOf(await askMedia(scope, "depth-estimation", source, options), operation);
  return { ...output, depth: await readMask(output.depth, "depth", operation) };
}
