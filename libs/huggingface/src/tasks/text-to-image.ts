import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-arguments.ts";
import { parametersField, wireParameters } from "../request/parameters.ts";
import { sendJson } from "../request/run-task.ts";
import { readPicture } from "./picture-answer.ts";

/** Options of `textToImage`. */
export interface TextToImageOptions extends TaskOptions {
  /** What is not wanted in the picture. */
  readonly negativePrompt?: string | readonly string[] | null | undefined;
  /** How closely the prompt is followed. */
  readonly guidanceScale?: number | null | undefined;
  readonly numInferenceSteps?: number | null | undefined;
  /** Size of the picture in pixels. */
  readonly targetSize?: { readonly width: number; readonly height: number } | null | undefined;
  /** Size of the picture in pixels. */
  readonly height?: number | null | undefined;
  readonly width?: number | null | undefined;
  readonly scheduler?: string | null | undefined;
  readonly seed?: number | null | undefined;
}

/** A picture made from text. */
export async function textToImage(
  scope: CallScope,
  prompt: string,
  options: TextToImageOptions,
): Promise<Blob> {
  checkText("prompt", prompt);
  const body = { inputs: prompt, ...parametersField(wireParameters(options)) };
  return readPicture(await sendJson(scope, "text-to-image", body), scope.operation);
}
