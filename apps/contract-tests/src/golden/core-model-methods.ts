import type { InferenceHTTPClient } from "@inference-ts/sdk/node";
import type { Arguments, MethodSpec } from "./method-spec.ts";

/** A method of ours, and the Python names of what it takes in the order of Python's parameters. */
interface CoreMethod {
  readonly ours: keyof InferenceHTTPClient;
  /** Parameters that are arguments of ours too, in our order. */
  readonly positional: readonly string[];
  /** The other parameters with our names. */
  readonly options: Readonly<Record<string, string>>;
  /** Options that our call always has. */
  readonly fixed?: (args: Arguments) => Readonly<Record<string, unknown>>;
}

const image = ["inference_input"] as const;

const TABLE: Readonly<Record<string, CoreMethod>> = {
  ocr_image: {
    ours: "ocrImage",
    positional: image,
    options: {
      model: "model",
      version: "version",
      quantize: "quantize",
      generate_bounding_boxes: "generateBoundingBoxes",
      language_codes: "languageCodes",
    },
  },
  detect_gazes: { ours: "detectGazes", positional: image, options: {} },
  get_clip_image_embeddings: {
    ours: "getClipImageEmbeddings",
    positional: image,
    options: { clip_version: "clipVersion" },
  },
  get_clip_text_embeddings: {
    ours: "getClipTextEmbeddings",
    positional: ["text"],
    options: { clip_version: "clipVersion" },
  },
  clip_compare: {
    ours: "clipCompare",
    positional: ["subject", "prompt"],
    options: { subject_type: "subjectType", prompt_type: "promptType", clip_version: "clipVersion" },
  },
  get_perception_encoder_image_embeddings: {
    ours: "getPerceptionEncoderImageEmbeddings",
    positional: image,
    options: { perception_encoder_version: "perceptionEncoderVersion" },
  },
  get_perception_encoder_text_embeddings: {
    ours: "getPerceptionEncoderTextEmbeddings",
    positional: ["text"],
    options: { perception_encoder_version: "perceptionEncoderVersion" },
  },
  get_image_embeddings: {
    ours: "getImageEmbeddings",
    positional: image,
    options: { model_id: "modelId", output_type: "outputType" },
  },
  infer_lmm: {
    ours: "inferLmm",
    positional: image,
    options: {
      model_id: "modelId",
      prompt: "prompt",
      model_id_in_path: "modelIdInPath",
      max_new_tokens: "maxNewTokens",
      enable_thinking: "enableThinking",
    },
  },
  depth_estimation: {
    ours: "depthEstimation",
    positional: image,
    options: {
      model_id: "modelId",
      model_id_in_path: "modelIdInPath",
      depth_map_format: "depthMapFormat",
    },
    // Python decodes pictures and leaves lists alone.
    fixed: ({ depth_map_format: format }) =>
      typeof format === "string" && format.startsWith("png") ? { as: "map" } : {},
  },
  sam2_segment_image: {
    ours: "sam2SegmentImage",
    positional: image,
    options: {
      prompts: "prompts",
      sam2_version_id: "sam2VersionId",
      multimask_output: "multimaskOutput",
      mask_input_format: "maskInputFormat",
    },
  },
  sam3_3d_infer: {
    ours: "sam3_3dInfer",
    positional: image,
    options: {
      mask_input: "maskInput",
      model_id: "modelId",
      output_meshes: "outputMeshes",
      output_scene: "outputScene",
      with_mesh_postprocess: "withMeshPostprocess",
      with_texture_baking: "withTextureBaking",
      use_distillations: "useDistillations",
    },
  },
  sam3_concept_segment: {
    ours: "sam3ConceptSegment",
    positional: image,
    options: {
      prompts: "prompts",
      model_id: "modelId",
      output_prob_thresh: "outputProbThresh",
      nms_iou_threshold: "nmsIouThreshold",
      format: "format",
    },
  },
  sam3_visual_segment: {
    ours: "sam3VisualSegment",
    positional: image,
    options: {
      prompts: "prompts",
      multimask_output: "multimaskOutput",
      mask_input_format: "maskInputFormat",
    },
  },
  sam3_embed_image: { ours: "sam3EmbedImage", positional: image, options: { image_id: "imageId" } },
  infer_from_yolo_world: {
    ours: "inferFromYoloWorld",
    positional: image,
    options: { class_names: "classNames", model_version: "modelVersion", confidence: "confidence" },
  },
};

/** Core-model methods by their Python names. */
export const CORE_MODEL_METHODS: Readonly<Record<string, MethodSpec>> = Object.fromEntries(
  Object.entries(TABLE).map(([name, method]) => [name, specOf(method)]),
);

/** Python names of the methods whose first argument is one image or a list. */
export const CORE_IMAGE_METHODS: ReadonlySet<string> = new Set(
  Object.entries(TABLE)
    .filter(([, { positional }]) => positional === image)
    .map(([name]) => name),
);

/** Of these, the ones whose routes take one image. */
export const ONE_IMAGE_METHODS: ReadonlySet<string> = new Set([
  "sam2_segment_image",
  "sam3_concept_segment",
  "sam3_visual_segment",
  "sam3_embed_image",
]);

function specOf({ ours, positional, options, fixed }: CoreMethod): MethodSpec {
  return {
    parameters: [...positional, ...Object.keys(options)],
    run: (client, args, context) => {
      const named = Object.entries(options).flatMap(([python, name]) =>
        args[python] === undefined || args[python] === null ? [] : [[name, args[python]] as const],
      );
      const given = { ...Object.fromEntries(named), ...fixed?.(args), ...context };
      const method: unknown = client[ours];
      if (typeof method !== "function") throw new Error(`The client has no method ${String(ours)}.`);
      // Recorded arguments are of every type on purpose, also of types that the signature does not allow.
      return Reflect.apply(method, client, [...positional.map((name) => args[name]), given]);
    },
  };
}
