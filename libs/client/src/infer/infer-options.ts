import type { InferenceError } from "@inference-ts/errors";
import type { ImageSource } from "@inference-ts/images";
import type { InferenceResult, TaskType } from "@inference-ts/predictions";
import type { CallOptions } from "../client-options.ts";
import type { InferenceConfigurationInput } from "../configuration/configuration.ts";

/** What an inference takes beside its images. */
export interface InferOptions<Task extends TaskType = TaskType> extends CallOptions {
  /** Model id or public alias. Default: the client's selected model. */
  readonly modelId?: string | undefined;
  /** Types the result: a result of another task is an error. Default: whatever the model gives. */
  readonly task?: Task | undefined;
  /** Settings of this call, over those of the client. */
  readonly configuration?: InferenceConfigurationInput | undefined;
  /** Most requests at once. Default: the configuration's `maxConcurrentRequests`. */
  readonly maxConcurrentRequests?: number | undefined;
  /** Most images in one v1 request. Default: the configuration's `maxBatchSize`. */
  readonly maxBatchSize?: number | undefined;
}

/** What became of one image of `inferEach`. */
export type InferEachItem<Result = InferenceResult, Input = ImageSource> =
  | { readonly index: number; readonly input: Input; readonly ok: true; readonly result: Result }
  | { readonly index: number; readonly input: Input; readonly ok: false; readonly error: InferenceError };
