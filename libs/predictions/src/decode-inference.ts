import { decodeResult } from "./decode-result.ts";
import { type FinishOptions, finishResult } from "./finish-result.ts";
import type { InferenceResult } from "./results.ts";
import type { TaskType } from "./task-types.ts";

/** What is known about an answer beside its body. */
export interface DecodeOptions extends FinishOptions {
  /** The task that was asked for; without it the form of the answer decides. */
  readonly task?: TaskType | undefined;
}

/**
 * Turns the body of one answer into a result: checks the form, adds `task`, brings coordinates back to the caller's
 * picture. The body is not changed; fields that are not known here are kept.
 *
 * @param body parsed JSON of **one** picture's answer (an element of the list for a batch)
 * @throws InvalidResponseError when the body has not the form of any answer; its `path` names the place
 * @throws EncodingError when `visualisation` is `bytes` and the server's picture is not one
 */
export function decodeInferenceResult(body: unknown, options: DecodeOptions = {}): InferenceResult {
  return finishResult(decodeResult(body, options.task), options);
}
