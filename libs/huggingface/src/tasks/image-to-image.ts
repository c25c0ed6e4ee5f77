import type { ImageSource } from "@inference-ts/images";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { wireParameters } from "../request/parameters.ts";
import { sendMedia } from "../request/run-task.ts";
import { readPicture } from "./picture-answer.ts";

/** Options of `imageToImage`. */
export interface ImageToImageOptions extends TaskOptions {
  /** What the picture is to become. */
  readonly prompt?: string | null | undefined;
  /** What is not wanted in the picture. */
  readonly negativePrompt?: string | readonly string[] | null | undefined;
  /** How closely the prompt is followed. */
  readonly guidanceScale?: number | null | undefined;
  readonly numInferenceSteps?: number | null | undefined;
  /** Size of the picture in pixels. */
  readonly targetSize?: { readonly width: number; readonly height: number } | null | undefined;
}

/** A picture made from a picture. */
export async function imageToImage(
  scope: CallScope,
  source: ImageSource,
  options: ImageToImageOptions,
): Promise<Blob> {
  const answer = await sendMedia(scope, "image-to-image", source, wireParameters(options));
  return readPicture(answer, scope.operation);
}
