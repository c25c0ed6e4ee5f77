import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-arguments.ts";
import { parametersField, wireParameters } from "../request/parameters.ts";
import { sendJson } from "../request/run-task.ts";
import { readSound } from "./picture-answer.ts";

/** Options of `textToSpeech`: how the sound is generated. */
export interface TextToSpeechOptions extends TaskOptions {
  readonly doSample?: boolean | null | undefined;
  readonly earlyStopping?: boolean | "never" | null | undefined;
  readonly epsilonCutoff?: number | null | undefined;
  readonly etaCutoff?: number | null | undefined;
  readonly maxLength?: number | null | undefined;
  readonly maxNewTokens?: number | null | undefined;
  readonly minLength?: number | null | undefined;
  readonly minNewTokens?: number | null | undefined;
  readonly numBeamGroups?: number | null | undefined;
  readonly numBeams?: number | null | undefined;
  readonly penaltyAlpha?: number | null | undefined;
  readonly temperature?: number | null | undefined;
  readonly topK?: number | null | undefined;
  readonly topP?: number | null | undefined;
  readonly typicalP?: number | null | undefined;
  readonly useCache?: boolean | null | undefined;
}

/** Speech made from text. */
export async function textToSpeech(
  scope: CallScope,
  text: string,
  options: TextToSpeechOptions,
): Promise<Blob> {
  checkText("text", text);
  const body = { inputs: text, ...parametersField(wireParameters(options)) };
  return readSound(await sendJson(scope, "text-to-speech", body), scope.operation);
}
