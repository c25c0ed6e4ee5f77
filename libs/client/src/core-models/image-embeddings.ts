import { embedImage } from "@inference-ts/endpoints";
import type { CallScope } from "../call/call-scope.ts";
import { given } from "../given.ts";
import { checkOptions } from "./check-options.ts";
import type { CoreModelOptions, ImageInput } from "./core-model-options.ts";
import {
  decodeEmbeddings,
  type Embeddings,
  splitEmbeddings,
  type VectorForm,
  type VectorOptions,
} from "./embeddings.ts";
import { forEachImage } from "./for-each-image.ts";

/** What `getImageEmbeddings` takes beside its images. */
export type ImageEmbeddingOptions<Form extends VectorForm = VectorForm> = CoreModelOptions &
  VectorOptions<Form> & {
    /** A classification model, such as `resnet101` or `my-project/3`. Sent as it is: the server resolves aliases. */
    readonly modelId: string;
    /** The vector before the last layer (default), or what comes out of it. */
    readonly outputType?: "feature_vector" | "logits" | undefined;
  };

/**
 * The vector of one image. Vectors may be compared only when `embedding_info.space_id` is the same: it changes with the model, its
 * backend and its preprocessing.
 */
export type ImageEmbeddings<Form extends VectorForm = "numbers"> = Embeddings<"ImageEmbeddingResponse", Form>;

/** See `getImageEmbeddings` of the client. */
export function getImageEmbeddings<Form extends VectorForm>(
  scope: CallScope,
  input: ImageInput,
  options: ImageEmbeddingOptions<Form>,
): Promise<ImageEmbeddings<Form> | ImageEmbeddings<Form>[]> {
  checkOptions("getImageEmbeddings", options, { modelId: "text" });
  const { configuration } = scope.state;
  const preprocessing = given({
    disable_preproc_auto_orient: configuration.disablePreprocAutoOrientation,
    disable_preproc_contrast: configuration.disablePreprocContrast,
    disable_preproc_grayscale: configuration.disablePreprocGrayscale,
    disable_preproc_static_crop: configuration.disablePreprocStaticCrop,
  });
  const { modelId, outputType = "feature_vector" } = options;
  return forEachImage(scope, input, {
    operation: "POST /infer/embeddings",
    modelId,
    modelInBody: true,
    batches: true,
    request: ({ images }, { client, fields, query, send }) =>
      embedImage(
        client,
        { ...fields, ...preprocessing, model_id: modelId, output_type: outputType, image: images },
        query,
        send,
      ),
    split: splitEmbeddings,
    decode: (body) => decodeEmbeddings<"ImageEmbeddingResponse", Form>(body, options.as),
  });
}
