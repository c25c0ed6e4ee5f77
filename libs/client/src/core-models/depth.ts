import { estimateDepth, estimateDepthByPath } from "@inference-ts/endpoints";
import { type DepthMap, readDepthMap } from "@inference-ts/predictions";
import type { CallScope } from "../call/call-scope.ts";
import { type CheckedAnswer, checkAnswer } from "./check-answer.ts";
import { checkOptions } from "./check-options.ts";
import type { CoreModelOptions, ImageInput } from "./core-model-options.ts";
import { forEachImage } from "./for-each-image.ts";
import { checkModelPath } from "./model-path.ts";

/** How the server writes a depth map: nested lists of numbers, or a grey PNG in base64 of 16 or 8 bits, which is smaller. */
export type DepthMapFormat = "json" | "png16" | "png8";

/** How a depth map is given: as the answer has it, or decoded. */
export type DepthForm = "wire" | "map";

/** What `depthEstimation` takes beside its images. */
export interface DepthOptions<Form extends DepthForm = DepthForm> extends CoreModelOptions {
  /** Default `depth-anything-v3/small`. Sent as it is: the server resolves aliases. */
  readonly modelId?: string | undefined;
  /** Name the model in the path too, for gateways that route by it. Default false. */
  readonly modelIdInPath?: boolean | undefined;
  /** Default `json`, as in Python, which every server knows; `png16` (servers since 1.5) travels as a PNG. */
  readonly depthMapFormat?: DepthMapFormat | undefined;
  /** `"map"`: `normalized_depth` decoded to `{ width, height, data: Float32Array }`. Default `"wire"`. */
  readonly as?: Form | undefined;
}

/**
 * The depth of every pixel of one image, 0..1 over this image. In wire form `readDepthMap` of `@inference-ts/sdk/predictions`
 * decodes it later.
 */
export type DepthResult<Form extends DepthForm = "wire"> = Omit<
  CheckedAnswer<"DepthEstimationResponse", never>,
  "normalized_depth"
> & {
  readonly normalized_depth: Form extends "map" ? DepthMap : string | readonly (readonly number[])[];
};

/** See `depthEstimation` of the client. */
export function depthEstimation<Form extends DepthForm>(
  scope: CallScope,
  input: ImageInput,
  options: DepthOptions<Form>,
): Promise<DepthResult<Form> | DepthResult<Form>[]> {
  checkOptions("depthEstimation", options, {}, { modelId: "text" });
  const { modelId = "depth-anything-v3/small", depthMapFormat = "json" } = options;
  const path = options.modelIdInPath === true ? checkModelPath(modelId) : undefined;
  return forEachImage(scope, input, {
    operation:
      path === undefined ? "POST /infer/depth-estimation" : "POST /infer/depth-estimation/{model_id}",
    modelId,
    modelInBody: true,
    batches: true,
    request: ({ images }, { client, fields, query, send }) => {
      const body = { ...fields, model_id: modelId, depth_map_format: depthMapFormat, image: images };
      return path === undefined
        ? estimateDepth(client, body, query, send)
        : estimateDepthByPath(client, path, body, query, send);
    },
    decode: (body) => decodeDepth<Form>(body, options.as),
  });
}

function decodeDepth<Form extends DepthForm>(
  body: unknown,
  form: Form | undefined,
): Promise<DepthResult<Form>>;
async function decodeDepth(body: unknown, form: DepthForm | undefined): Promise<object> {
  const answer = checkAnswer<{ readonly normalized_depth: unknown }>(body, {
    normalized_depth: "text or list",
  });
  return form === "map" ? { ...answer, normalized_depth: await readDepthMap(answer) } : answer;
}
