/**
 * Python methods that the client does not have yet; their cases are skipped and counted by name. A name leaves this list when
 * its method is built; a method that is neither here nor in `arguments.ts` fails its cases.
 */
export const LATER_METHODS: ReadonlySet<string> = new Set([
  "$decode_png_normalized_depth",
  "$processing_metadata",
  "$service_urls",
  "clip_compare",
  "consume_inference_pipeline_result",
  "depth_estimation",
  "detect_gazes",
  "get_clip_image_embeddings",
  "get_clip_text_embeddings",
  "get_image_embeddings",
  "get_inference_pipeline_status",
  "get_perception_encoder_image_embeddings",
  "get_perception_encoder_text_embeddings",
  "infer_from_workflow",
  "infer_from_yolo_world",
  "infer_lmm",
  "infer_on_stream",
  "list_inference_pipelines",
  "ocr_image",
  "pause_inference_pipeline",
  "resume_inference_pipeline",
  "run_workflow",
  "sam2_segment_image",
  "sam3_3d_infer",
  "sam3_concept_segment",
  "sam3_embed_image",
  "sam3_visual_segment",
  "start_inference_pipeline_with_workflow",
  "terminate_inference_pipeline",
  "webrtc.stream",
]);

/** Fields of a case that only later parts of the client give a meaning to, with the name of that part. */
export const LATER_FIELDS: Readonly<Record<string, string>> = {
  context: "context variables (execution id, usage tags)",
  module_constants: "renamed headers",
  environ: "settings from the environment",
};
