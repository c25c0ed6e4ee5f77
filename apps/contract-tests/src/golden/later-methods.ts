/**
 * Python methods that the client does not have yet; their cases are skipped and counted by name. A name leaves this list when
 * its method is built; a method that is neither here nor in `arguments.ts` fails its cases.
 */
export const LATER_METHODS: ReadonlySet<string> = new Set([
  "consume_inference_pipeline_result",
  "get_inference_pipeline_status",
  "infer_from_workflow",
  "infer_on_stream",
  "list_inference_pipelines",
  "pause_inference_pipeline",
  "resume_inference_pipeline",
  "run_workflow",
  "start_inference_pipeline_with_workflow",
  "terminate_inference_pipeline",
  "webrtc.stream",
]);
