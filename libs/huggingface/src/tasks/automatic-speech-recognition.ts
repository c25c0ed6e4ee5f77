import type { ImageSource } from "@inference-ts/images";
import { oneObject } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { askMedia } from "../request/run-task.ts";
import type { AutomaticSpeechRecognitionOutput } from "../results.ts";

/** The words of a sound. */
export async function automaticSpeechRecognition(
  scope: CallScope,
  source: ImageSource,
  options: TaskOptions,
): Promise<AutomaticSpeechRecognitionOutput> {
  return oneObject<AutomaticSpeechRecognitionOutput>(
    await askMedia(scope, "automatic-speech-recognition", source, options),
    scope.operation,
  );
}
