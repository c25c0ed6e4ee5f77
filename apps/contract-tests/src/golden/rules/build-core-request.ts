import type { Exchange } from "../expectation.ts";
import { isRecord } from "../json.ts";
import type { GoldenCase, RecordedCall } from "../read-case.ts";
import { argument } from "../recorded-facts.ts";
import { jsonResponse, SCRIPTED_RESULT, target } from "./build-request.ts";
import { modeOfCall } from "./our-mode.ts";
import { attribution, contextHeaders, coreQuery, preprocessing } from "./wire-settings.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A core model's request beside key, attribution and image, and an answer to it. */
interface CoreRequest {
  readonly path: (given: Given) => string;
  readonly fields: (given: Given) => Fields;
  readonly answer: Fields;
}

/** An argument by name and place, or else Python's default. */
type Given = (name: string, position: number, fallback?: unknown) => unknown;

const OCR_PATHS: Readonly<Record<string, string>> = {
  doctr: "/doctr/ocr",
  trocr: "/ocr/trocr",
  easy_ocr: "/easy_ocr/ocr",
  pp_ocr: "/ocr/pp-ocr",
};
const EMBEDDINGS = { embeddings: [[0.25]] };
const PREDICTIONS = { predictions: [] };
const prompts = (value: unknown) => (Array.isArray(value) ? { prompts: value } : undefined);

const REQUESTS: Readonly<Record<string, CoreRequest>> = {
  ocr_image: {
    path: (given) => OCR_PATHS[String(given("model", 1, "doctr")).toLowerCase()] ?? "",
    fields: (given) => ({
      [`${String(given("model", 1, "doctr")).toLowerCase()}_version_id`]: given("version", 2) || undefined,
      quantize: given("quantize", 3),
      generate_bounding_boxes: given("generate_bounding_boxes", 4),
      language_codes: given("language_codes", 5),
    }),
    answer: { result: "x" },
  },
  get_clip_image_embeddings: {
    path: () => "/clip/embed_image",
    fields: (given) => ({ clip_version_id: given("clip_version", 1) }),
    answer: EMBEDDINGS,
  },
  get_perception_encoder_image_embeddings: {
    path: () => "/perception_encoder/embed_image",
    fields: (given) => ({ perception_encoder_version_id: given("perception_encoder_version", 1) }),
    answer: EMBEDDINGS,
  },
  get_image_embeddings: {
    path: () => "/infer/embeddings",
    fields: (given) => ({
      model_id: given("model_id", 1),
      output_type: given("output_type", 2, "feature_vector"),
    }),
    answer: EMBEDDINGS,
  },
  infer_lmm: {
    path: (given) =>
      given("model_id_in_path", 3) === true ? `/infer/lmm/${String(given("model_id", 1))}` : "/infer/lmm",
    fields: (given) => ({
      model_id: given("model_id", 1),
      prompt: given("prompt", 2),
      max_new_tokens: given("max_new_tokens", 4),
      enable_thinking: given("enable_thinking", 5),
    }),
    answer: { response: "x" },
  },
  depth_estimation: {
    path: (given) =>
      given("model_id_in_path", 2) === true
        ? `/infer/depth-estimation/${String(given("model_id", 1, "depth-anything-v3/small"))}`
        : "/infer/depth-estimation",
    fields: (given) => ({
      model_id: given("model_id", 1, "depth-anything-v3/small"),
      depth_map_format: given("depth_map_format", 3, "json"),
    }),
    answer: { normalized_depth: [[0.5]] },
  },
  sam2_segment_image: {
    path: () => "/sam2/segment_image",
    fields: (given) => ({
      prompts: prompts(given("prompts", 1)),
      sam2_version_id: given("sam2_version_id", 2, "hiera_tiny"),
      multimask_output: given("multimask_output", 3, true),
      format: given("mask_input_format", 4, "json"),
    }),
    answer: PREDICTIONS,
  },
  sam3_visual_segment: {
    path: () => "/sam3/visual_segment",
    fields: (given) => ({
      prompts: prompts(given("prompts", 1)),
      multimask_output: given("multimask_output", 2, true),
      format: given("mask_input_format", 3, "json"),
    }),
    answer: PREDICTIONS,
  },
  sam3_concept_segment: {
    path: () => "/sam3/concept_segment",
    fields: (given) => ({
      model_id: given("model_id", 2, "sam3/sam3_final"),
      prompts: given("prompts", 1),
      output_prob_thresh: given("output_prob_thresh", 3, 0.5),
      nms_iou_threshold: given("nms_iou_threshold", 4),
      format: given("format", 5, "polygon"),
    }),
    answer: { prompt_results: [] },
  },
  sam3_embed_image: {
    path: () => "/sam3/embed_image",
    fields: (given) => ({ image_id: given("image_id", 1) }),
    answer: { image_id: "x" },
  },
  sam3_3d_infer: {
    path: () => "/sam3_3d/infer",
    fields: (given) => ({
      mask_input: given("mask_input", 1),
      model_id: given("model_id", 2, "sam3-3d-objects"),
      output_meshes: given("output_meshes", 3, true),
      output_scene: given("output_scene", 4, true),
      with_mesh_postprocess: given("with_mesh_postprocess", 5, true),
      with_texture_baking: given("with_texture_baking", 6, true),
      use_distillations: given("use_distillations", 7, false),
    }),
    answer: { objects: [] },
  },
  infer_from_yolo_world: {
    path: () => "/yolo_world/infer",
    fields: (given) => ({
      text: given("class_names", 1),
      yolo_world_version_id: given("model_version", 2),
      confidence: given("confidence", 3),
    }),
    answer: SCRIPTED_RESULT,
  },
};

/**
 * The request of a core model that Python did not send, with this image, and an answer to it. `undefined` for methods that send
 * something else.
 */
export function coreExchange(golden: GoldenCase, call: RecordedCall, image: unknown): Exchange | undefined {
  const request = REQUESTS[call.method];
  if (request === undefined) return undefined;
  const given: Given = (name, position, fallback) => argument(call, name, position) ?? fallback;
  const inQuery = modeOfCall(golden, call) === "v0";
  const key = golden.apiKey ?? undefined;
  const fields = Object.entries(request.fields(given)).filter(([, value]) => value !== undefined);
  return {
    request: {
      ...target(golden, request.path(given)),
      method: "POST",
      query: [...coreQuery(golden), ...(inQuery && key !== undefined ? [["api_key", key] as const] : [])],
      headers: { "content-type": "application/json", ...contextHeaders(golden) },
      body: {
        kind: "json",
        value: {
          ...(inQuery || key === undefined ? {} : { api_key: key }),
          ...attribution(golden),
          ...(call.method === "get_image_embeddings" ? preprocessing(golden) : {}),
          ...Object.fromEntries(fields),
          image: { type: "base64", value: image },
        },
      },
    },
    response: jsonResponse(request.answer),
  };
}

/** The JSON of an answer of {@link coreExchange}. */
export function scriptedAnswer({ response }: Exchange): unknown {
  return isRecord(response?.body) ? response.body.json : undefined;
}
