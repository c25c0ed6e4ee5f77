export {
  type ActionRecognitionRequest,
  type LegacyClipBody,
  legacyRecogniseActions,
  recogniseActions,
} from "./action-recognition.ts";
export { compareClip, embedClipImage, embedClipText } from "./clip.ts";
export { type CogvlmRequest, promptCogvlm } from "./cogvlm.ts";
export type { CoreModelEndpoint, CoreModelPathEndpoint, CoreModelQuery } from "./core-model-endpoint.ts";
export { estimateDepth, estimateDepthByPath } from "./depth.ts";
export { detectWithGroundingDino, detectWithOwlv2, detectWithYoloWorld } from "./detectors.ts";
export { embedImage } from "./embeddings.ts";
export {
  createEndpointClient,
  type EndpointAnswer,
  type EndpointClient,
  type SendRequest,
} from "./endpoint-client.ts";
export {
  INFER_TASK_ENDPOINTS,
  type InferTask,
  type InferTaskBody,
  type InferTaskQuery,
  type InferTaskRequests,
} from "./infer-tasks.ts";
export { type LegacyInferAnswer, legacyInfer } from "./legacy-infer.ts";
export { promptLmm, promptLmmByPath } from "./lmm.ts";
export { addModel, clearModels, listModels, removeModel } from "./model-registry.ts";
export { readWithDoctr, readWithEasyOcr, readWithPpOcr, readWithTrocr } from "./ocr.ts";
export { comparePerception, embedPerceptionImage, embedPerceptionText } from "./perception-encoder.ts";
export {
  commandPipeline,
  consumePipelineResult,
  listPipelines,
  type PipelineCommand,
  pipelineStatus,
  startPipeline,
} from "./pipelines.ts";
export {
  type EndpointInput,
  type EndpointMethod,
  type EndpointOutput,
  type PathsWith,
  requestRaw,
} from "./raw-endpoint.ts";
export { embedSamImage, segmentWithSam } from "./sam.ts";
export { embedSam2Image, segmentWithSam2 } from "./sam2.ts";
export { embedSam3Image, reconstructObjects, segmentConcepts, segmentVisually } from "./sam3.ts";
export { serverInfo } from "./server-info.ts";
export { platformModelStat, platformTurnServers, startWebrtcWorker } from "./webrtc.ts";
export {
  describeBlocks,
  describeInterface,
  describeSavedInterface,
  describeSavedWorkload,
  describeSpecificationWorkload,
  describeStepOutputs,
  executionEngineVersions,
  type SavedWorkflowPath,
  validateSpecification,
  workflowSchema,
} from "./workflow-introspection.ts";
export {
  type InlineWorkflowRequest,
  type RunInlineWorkflow,
  type RunStoredWorkflow,
  type RunWorkflowQuery,
  runInlineWorkflow,
  runInlineWorkflowByOldRoute,
  runStoredWorkflow,
  runStoredWorkflowByOldRoute,
  type StoredWorkflowRequest,
  type WorkflowPath,
} from "./workflows.ts";
