import {
  embedSam3Image,
  reconstructObjects,
  segmentConcepts,
  segmentVisually,
} from "@inference-ts/endpoints";
import type { Schema } from "@inference-ts/schema";
import type { CallScope } from "../call/call-scope.ts";
import { given } from "../given.ts";
import { type CheckedAnswer, checkAnswer } from "./check-answer.ts";
import { checkOptions } from "./check-options.ts";
import type { CoreModelOptions, ImageInput } from "./core-model-options.ts";
import { forEachImage } from "./for-each-image.ts";
import {
  decodeSegmentation,
  type KeptEmbedding,
  type MaskFormat,
  type Segmentation,
  type VisualPromptOptions,
  visualPromptFields,
} from "./sam2.ts";

/** A concept to look for: words, example boxes, or both. */
export interface ConceptPrompt {
  readonly type?: "text" | "visual" | undefined;
  /** What to look for. */
  readonly text?: string | undefined;
  /** Examples: `{x, y, width, height}` from the **top left** corner, or `{x0, y0, x1, y1}`; in pixels. */
  readonly boxes?: readonly Readonly<Schema<"Box"> | Schema<"BoxXYXY">>[] | undefined;
  /** One per box: 1 or true = such objects, 0 or false = not such. */
  readonly box_labels?: readonly (number | boolean)[] | undefined;
  /** Minimum probability for this concept, 0..1. */
  readonly output_prob_thresh?: number | undefined;
}

/** What `sam3ConceptSegment` takes beside its images. */
export interface Sam3ConceptOptions extends CoreModelOptions {
  /** The concepts, 1 to 16. */
  readonly prompts: readonly ConceptPrompt[];
  /** Default `sam3/sam3_final`. */
  readonly modelId?: string | undefined;
  /** Minimum probability of a mask, 0..1. Default 0.5. */
  readonly outputProbThresh?: number | undefined;
  /** Overlap, 0..1, over which the weaker of two masks of different concepts is dropped. Default: none is. */
  readonly nmsIouThreshold?: number | undefined;
  /** How masks are answered. Default `polygon`. */
  readonly format?: "polygon" | "rle" | undefined;
}

/** The objects of every concept, in the order of the prompts. */
export type ConceptSegmentation = CheckedAnswer<"Sam3SegmentationResponse", "prompt_results">;

const route = (path: string, modelId = "sam3") => ({
  operation: `POST ${path}`,
  modelId,
  batches: false,
  ignoresBodyKey: true,
});

/** See `sam3ConceptSegment` of the client. */
export function sam3ConceptSegment(
  scope: CallScope,
  input: ImageInput,
  options: Sam3ConceptOptions,
): Promise<ConceptSegmentation | ConceptSegmentation[]> {
  checkOptions("sam3ConceptSegment", options, { prompts: "objects" });
  const {
    modelId = "sam3/sam3_final",
    outputProbThresh = 0.5,
    nmsIouThreshold,
    format = "polygon",
  } = options;
  const own = {
    model_id: modelId,
    prompts: options.prompts.map(wirePrompt),
    output_prob_thresh: outputProbThresh,
    format,
    ...given({ nms_iou_threshold: nmsIouThreshold }),
  };
  return forEachImage(scope, input, {
    ...route("/sam3/concept_segment", modelId),
    modelInBody: true,
    request: ({ image }, { client, fields, query, send }) =>
      segmentConcepts(client, { ...fields, ...own, image }, query, send),
    decode: decodeConcepts,
  });
}

function wirePrompt(prompt: ConceptPrompt, index: number) {
  const what = `prompts[${index}] of sam3ConceptSegment`;
  checkOptions(what, prompt, {}, { boxes: "objects", box_labels: "list" });
  const { boxes, box_labels: labels, ...rest } = prompt;
  return {
    ...given(rest),
    ...given({
      boxes: boxes ? [...boxes] : undefined,
      box_labels: labels ? [...labels] : undefined,
    }),
  };
}

function decodeConcepts(body: unknown): ConceptSegmentation {
  const answer = checkAnswer<ConceptSegmentation>(body, { prompt_results: "list" });
  for (const [index, result] of answer.prompt_results.entries()) {
    checkAnswer(result, { predictions: "list" }, `prompt_results[${index}]`);
  }
  return answer;
}

/** What `sam3VisualSegment` takes beside its images. */
export type Sam3VisualOptions<Format extends Exclude<MaskFormat, "binary"> = Exclude<MaskFormat, "binary">> =
  VisualPromptOptions<Format>;

/** See `sam3VisualSegment` of the client. */
export function sam3VisualSegment(
  scope: CallScope,
  input: ImageInput,
  options: Sam3VisualOptions,
): Promise<Segmentation | Segmentation[]> {
  const own = visualPromptFields("sam3VisualSegment", options);
  return forEachImage(scope, input, {
    ...route("/sam3/visual_segment"),
    request: ({ image }, { client, fields, query, send }) =>
      segmentVisually(client, { ...fields, ...own, image }, query, send),
    decode: (body) => decodeSegmentation<"json">(body, "json"),
  });
}

/** What `sam3EmbedImage` takes beside its images. */
export interface Sam3EmbedOptions extends CoreModelOptions {
  /** Id under which the server keeps the embedding. Default: one that the server makes and answers. */
  readonly imageId?: string | undefined;
}

/** See `sam3EmbedImage` of the client. */
export function sam3EmbedImage(
  scope: CallScope,
  input: ImageInput,
  { imageId }: Sam3EmbedOptions,
): Promise<KeptEmbedding | KeptEmbedding[]> {
  const own = given({ image_id: imageId });
  return forEachImage(scope, input, {
    ...route("/sam3/embed_image"),
    request: ({ image }, { client, fields, query, send }) =>
      embedSam3Image(client, { ...fields, ...own, image }, query, send),
    decode: (body) => checkAnswer<KeptEmbedding>(body, { image_id: "text" }),
  });
}

/** Masks of the objects to reconstruct, as the server takes them: flat polygons `[x1, y1, ...]` or run lengths. The document types nothing of it. */
export type MaskInput = string | object | readonly unknown[];

/** What `sam3_3dInfer` takes beside its images. */
export interface Sam3_3dOptions extends CoreModelOptions {
  readonly maskInput: MaskInput;
  /** Default `sam3-3d-objects`. */
  readonly modelId?: string | undefined;
  /** Default true. */
  readonly outputMeshes?: boolean | undefined;
  /** Default true. */
  readonly outputScene?: boolean | undefined;
  /** Default true. */
  readonly withMeshPostprocess?: boolean | undefined;
  /** Default true. */
  readonly withTextureBaking?: boolean | undefined;
  /** Quicker, less exact networks. Default false. */
  readonly useDistillations?: boolean | undefined;
}

/** What one object of a {@link Sam3_3dResult} is; files in base64. Unknown fields are kept. */
export interface ReconstructedObject {
  readonly mesh_glb?: string | null;
  readonly gaussian_ply?: string | null;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** The scene and its objects; files in base64, `null` where they were not asked for. The document types nothing of it. */
export interface Sam3_3dResult {
  readonly mesh_glb?: string | null;
  readonly gaussian_ply?: string | null;
  readonly objects: readonly ReconstructedObject[];
  readonly time?: number | null;
}

/** See `sam3_3dInfer` of the client. */
export function sam3_3dInfer(
  scope: CallScope,
  input: ImageInput,
  options: Sam3_3dOptions,
): Promise<Sam3_3dResult | Sam3_3dResult[]> {
  checkOptions("sam3_3dInfer", options, { maskInput: "anything" });
  const { modelId = "sam3-3d-objects" } = options;
  const own = {
    model_id: modelId,
    mask_input: options.maskInput,
    output_meshes: options.outputMeshes ?? true,
    output_scene: options.outputScene ?? true,
    with_mesh_postprocess: options.withMeshPostprocess ?? true,
    with_texture_baking: options.withTextureBaking ?? true,
    use_distillations: options.useDistillations ?? false,
  };
  return forEachImage(scope, input, {
    ...route("/sam3_3d/infer", modelId),
    modelInBody: true,
    request: ({ image }, { client, fields, query, send }) =>
      reconstructObjects(client, { ...fields, ...own, image }, query, send),
    decode: (body) => checkAnswer<Sam3_3dResult>(body, { objects: "list" }),
  });
}
