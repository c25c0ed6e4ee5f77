import type { ImageSource } from "@inference-ts/images";
import { readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { wireParameters } from "../request/parameters.ts";
import { sendMedia } from "../request/run-task.ts";
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
  const answer = await sendMedia(scope, "depth-estimation", source, wireParameters(options));
  const output = firstOf(await readJson(answer, operation), operation);
  return { ...output, depth: readMask(output.depth, "depth", operation) };
}
