import type { ImageSource } from "@inference-ts/images";
import type { CallOptions } from "../client-options.ts";
import type { InferenceConfigurationInput } from "../configuration/configuration.ts";

/**
 * What every core-model call takes. Of the configuration, core models read key transport, billing, `source`, `sourceInfo` and
 * the limits below; thresholds and downsizing are for `infer`, so images go out as they are.
 */
export interface CoreModelOptions extends CallOptions {
  /** Settings of this call, over those of the client. */
  readonly configuration?: InferenceConfigurationInput | undefined;
  /** Most requests at once. Default: the configuration's `maxConcurrentRequests`. */
  readonly maxConcurrentRequests?: number | undefined;
  /** Most images in one request, where the route takes several. Default: the configuration's `maxBatchSize`. */
  readonly maxBatchSize?: number | undefined;
}

/** One image, or a list: one image gives one result, a list a list of the same length and order. */
export type ImageInput = ImageSource | readonly ImageSource[];
