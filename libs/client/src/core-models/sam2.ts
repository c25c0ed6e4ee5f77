import { embedSam2Image, segmentWithSam2 } from "@inference-ts/endpoints";
import type { Schema } from "@inference-ts/schema";
import type { CallScope } from "../call/call-scope.ts";
import { given } from "../given.ts";
import { type BinaryAnswer, bytesOr } from "./binary-answer.ts";
import { type CheckedAnswer, checkAnswer } from "./check-answer.ts";
import { checkOptions } from "./check-options.ts";
import type { CoreModelOptions, ImageInput } from "./core-model-options.ts";
import { forEachImage } from "./for-each-image.ts";

/** How masks are answered: polygons, COCO run lengths, or (SAM 2 only) the bytes of a NumPy archive. */
export type MaskFormat = "json" | "rle" | "binary";

/** One object to segment: a box whose `x` and `y` are its **centre**, points inside and outside, or both. In pixels. */
export interface VisualPrompt {
  readonly box?: Readonly<Schema<"Box">> | undefined;
  readonly points?: readonly Readonly<Schema<"Point-Input">>[] | undefined;
}

/** What prompts of boxes and points take. */
export interface VisualPromptOptions<Format extends MaskFormat = MaskFormat> extends CoreModelOptions {
  /** The objects; without them the model segments what it finds. */
  readonly prompts?: readonly VisualPrompt[] | undefined;
  /** Let the model choose the best of several masks per prompt. Default true. */
  readonly multimaskOutput?: boolean | undefined;
  /** Form of the **answered** masks, by Python's name. Default `json`. */
  readonly maskInputFormat?: Format | undefined;
  /** The server keeps the embedding of an image under this id, so that it is computed once. */
  readonly imageId?: string | undefined;
  /** Keep what this call found, for a later call that refines it. */
  readonly saveLogitsToCache?: boolean | undefined;
  /** Start from what an earlier call kept. */
  readonly loadLogitsFromCache?: boolean | undefined;
}

/** What `sam2SegmentImage` takes beside its images. */
export interface Sam2SegmentOptions<Format extends MaskFormat = MaskFormat>
  extends VisualPromptOptions<Format> {
  /** Such as `hiera_large`. Default `hiera_tiny`, as in Python. */
  readonly sam2VersionId?: string | undefined;
}

/** One mask per prompt: polygons in pixels of the image, or `{ size: [height, width], counts }` for run lengths. */
export type Segmentation<Format extends MaskFormat = "json"> = Format extends "binary"
  ? BinaryAnswer
  : CheckedAnswer<"Sam2SegmentationResponse", "predictions">;

/** The wire form of the prompts and settings of boxes and points. */
export function visualPromptFields(what: string, options: VisualPromptOptions) {
  checkOptions(what, options, {}, { prompts: "objects" });
  const { prompts, multimaskOutput = true, maskInputFormat = "json" } = options;
  const wire = prompts?.map(({ box, points }, index) => {
    checkOptions(`prompts[${index}] of ${what}`, { points }, {}, { points: "objects" });
    return given({ box, points: points ? [...points] : undefined });
  });
  return {
    multimask_output: multimaskOutput,
    format: maskInputFormat,
    ...given({
      prompts: wire === undefined ? undefined : { prompts: wire },
      image_id: options.imageId,
      save_logits_to_cache: options.saveLogitsToCache,
      load_logits_from_cache: options.loadLogitsFromCache,
    }),
  };
}

/** Checks masks. */
export function decodeSegmentation<Format extends MaskFormat>(
  body: unknown,
  format: Format | undefined,
): Segmentation<Format> {
  const answer = bytesOr<Segmentation<Format>>(body, format, { predictions: "list" });
  if ("predictions" in answer && Array.isArray(answer.predictions)) {
    for (const [index, prediction] of answer.predictions.entries()) {
      checkAnswer(prediction, { masks: "list or object", confidence: "number" }, `predictions[${index}]`);
    }
  }
  return answer;
}

/** See `sam2SegmentImage` of the client. */
export function sam2SegmentImage<Format extends MaskFormat>(
  scope: CallScope,
  input: ImageInput,
  options: Sam2SegmentOptions<Format>,
): Promise<Segmentation<Format> | Segmentation<Format>[]> {
  const own = {
    ...visualPromptFields("sam2SegmentImage", options),
    sam2_version_id: options.sam2VersionId ?? "hiera_tiny",
  };
  return forEachImage(scope, input, {
    operation: "POST /sam2/segment_image",
    modelId: "sam2",
    batches: false,
    request: ({ image }, { client, fields, query, send }) =>
      segmentWithSam2(client, { ...fields, ...own, image }, query, send),
    decode: (body) => decodeSegmentation<Format>(body, options.maskInputFormat),
  });
}

/** What `sam2EmbedImage` takes beside its images. */
export interface Sam2EmbedOptions extends CoreModelOptions {
  /** Id under which the server keeps the embedding. Default: one that the server makes and answers. */
  readonly imageId?: string | undefined;
  /** Such as `hiera_tiny`. Default: the server's, `hiera_large`. */
  readonly sam2VersionId?: string | undefined;
}

/** Where the server keeps the embedding of one image. */
export type KeptEmbedding = CheckedAnswer<"Sam2EmbeddingResponse", "image_id">;

/** See `sam2EmbedImage` of the client. */
export function sam2EmbedImage(
  scope: CallScope,
  input: ImageInput,
  { imageId, sam2VersionId }: Sam2EmbedOptions,
): Promise<KeptEmbedding | KeptEmbedding[]> {
  const own = given({ image_id: imageId, sam2_version_id: sam2VersionId });
  return forEachImage(scope, input, {
    operation: "POST /sam2/embed_image",
    modelId: "sam2",
    batches: false,
    request: ({ image }, { client, fields, query, send }) =>
      embedSam2Image(client, { ...fields, ...own, image }, query, send),
    decode: (body) => checkAnswer<KeptEmbedding>(body, { image_id: "text" }),
  });
}
