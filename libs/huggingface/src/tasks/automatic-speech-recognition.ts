import type { ImageSource } from "@inference-ts/images";
import { readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { oneObject } from "../call/one-object.ts";
import type { TaskOptions } from "../client-options.ts";
import { wireParameters } from "../request/parameters.ts";
import { sendMedia } from "../request/run-task.ts";
import type { AutomaticSpeechRecognitionOutput } from "../results.ts";

/** The words of a sound. */
export async function automaticSpeechRecognition(
  scope: CallScope,
  source: ImageSource,
  options: TaskOptions,
): Promise<AutomaticSpeechRecognitionOutput> {
  const answer = await sendMedia(scope, "automatic-speech-recognition", source, wireParameters(options));
  return oneObject<AutomaticSpeechRecognitionOutput>(
    await readJson(answer, scope.operation),
    scope.operation,
  );
}
