import type { ImageSource } from "@inference-ts/images";
import { readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { wireParameters } from "../request/parameters.ts";
import { sendMedia } from "../request/run-task.ts";
import type { ImageToTextOutput } from "../results.ts";
import { firstOf } from "./first-of.ts";

/** Text made from a picture. */
export async function imageToText(
  scope: CallScope,
  source: ImageSource,
  options: TaskOptions,
): Promise<ImageToTextOutput> {
  const answer = await sendMedia(scope, "image-to-text", source, wireParameters(options));
  return firstOf<ImageToTextOutput>(await readJson(answer, scope.operation), scope.operation);
}
