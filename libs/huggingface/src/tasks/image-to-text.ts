import type { ImageSource } from "@inference-ts/images";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { askMedia } from "../request/run-task.ts";
import type { ImageToTextOutput } from "../results.ts";
import { firstOf } from "./first-of.ts";

/** Text made from a picture. */
export async function imageToText(
  scope: CallScope,
  source: ImageSource,
  options: TaskOptions,
): Promise<ImageToTextOutput> {
  return firstOf<ImageToTextOutput>(await askMedia(scope, "image-to-text", source, options), scope.operation);
}
