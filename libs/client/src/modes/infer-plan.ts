import type { InferTask } from "@inference-ts/endpoints";
import type { ImageSize } from "@inference-ts/images";
import type { LegacyInferenceQuery } from "@inference-ts/schema";
import type { InferTaskParameters } from "../configuration/wire-parameters.ts";
import type { ModelPath } from "../models/model-id.ts";

/** What both modes decide before any image is loaded. */
interface InferPlanFields {
  /** The id that goes on the wire, aliases resolved. */
  readonly modelId: string;
  /** Images are shrunk to fit into this size before sending; `null` = sent untouched. */
  readonly downsizeTo: ImageSize | null;
  /** Most images in one request. */
  readonly batchSize: number;
  /** Most requests at once. */
  readonly concurrency: number;
}

/** Requests of the v0 route: one image each, parameters in the query. */
export interface InferPlanV0 extends InferPlanFields {
  readonly mode: "v0";
  readonly path: ModelPath;
  readonly query: LegacyInferenceQuery;
}

/** Requests of a v1 task route: parameters in the body. */
export interface InferPlanV1<T extends InferTask = InferTask> extends InferPlanFields {
  readonly mode: "v1";
  readonly task: T;
  readonly parameters: InferTaskParameters<T>;
  readonly query: { readonly countinference?: boolean; readonly service_secret?: string };
}

export type InferPlan = InferPlanV0 | InferPlanV1;
