export type {
  BufferConsumptionStrategy,
  BufferFillingStrategy,
  ConsumedResult,
  PipelineAnswer,
  PipelineContext,
  PipelineFrame,
  PipelineList,
  PipelineOutput,
  PipelineReport,
  PipelineResult,
  PipelineSettings,
  PipelineSource,
  PipelineSourceState,
  PipelineStatus,
  PipelineUpdate,
  ResultsTiming,
  VideoReference,
} from "@inference-ts/pipelines";
export type { CallMeta, ModelLoad, RequestMeta } from "./call/call-meta.ts";
export type { InferenceEvent, InferenceEventListener } from "./call/events.ts";
export type { InferenceCall, WithMeta } from "./call/inference-call.ts";
export type { MethodAvailability, ServerCheck } from "./capabilities/check-server.ts";
export { ClientSeed, clientSeed } from "./client-core.ts";
export {
  type CallOptions,
  type ClientRuntime,
  DEFAULT_LOADING_TIMEOUT_MS,
  DEFAULT_MAX_RESPONSE_BYTES,
  DEFAULT_TIMEOUT_MS,
  type InferenceHTTPClientOptions,
} from "./client-options.ts";
export { ClipMethods } from "./clip-methods.ts";
export type { ActionRecognitionResult, ActionSpan } from "./clips/action-recognition-result.ts";
export {
  type ClipSource,
  DEFAULT_CLIP_TIMEOUT_MS,
  type InferOnVideoOptions,
  type UploadProgress,
} from "./clips/clip-options.ts";
export type {
  ApiKeyTransport,
  InferenceConfiguration,
  InferenceConfigurationInput,
} from "./configuration/configuration.ts";
export { createConfiguration, DEFAULT_CONFIGURATION } from "./configuration/create-configuration.ts";
export { configurationFromPython, configurationToPython } from "./configuration/python.ts";
export { v0Query, v1Body, v1Query } from "./configuration/wire-parameters.ts";
export { CoreModelMethods } from "./core-model-methods.ts";
export type { BinaryAnswer } from "./core-models/binary-answer.ts";
export type { ClipEmbeddings, ClipOptions } from "./core-models/clip.ts";
export type { CompareOptions, ComparePrompt, CompareResult, CompareType } from "./core-models/compare.ts";
export type { CoreModelOptions, ImageInput } from "./core-models/core-model-options.ts";
export type { DepthForm, DepthMapFormat, DepthOptions, DepthResult } from "./core-models/depth.ts";
export type {
  GroundingDinoOptions,
  Owlv2Box,
  Owlv2Example,
  Owlv2Options,
  YoloWorldOptions,
} from "./core-models/detectors.ts";
export type { VectorForm } from "./core-models/embeddings.ts";
export type { ImageEmbeddingOptions, ImageEmbeddings } from "./core-models/image-embeddings.ts";
export type { CogvlmOptions, CogvlmResult, LmmOptions, LmmResult } from "./core-models/lmm.ts";
export type { OcrModel, OcrOptions, OcrResult, PpOcrSize } from "./core-models/ocr.ts";
export type {
  PerceptionEncoderEmbeddings,
  PerceptionEncoderOptions,
} from "./core-models/perception-encoder.ts";
export type {
  SamEmbedding,
  SamEmbedOptions,
  SamFormat,
  SamSegmentation,
  SamSegmentOptions,
} from "./core-models/sam.ts";
export type {
  KeptEmbedding,
  MaskFormat,
  Sam2EmbedOptions,
  Sam2SegmentOptions,
  Segmentation,
  VisualPrompt,
} from "./core-models/sam2.ts";
export type {
  ConceptPrompt,
  ConceptSegmentation,
  MaskInput,
  ReconstructedObject,
  Sam3_3dOptions,
  Sam3_3dResult,
  Sam3ConceptOptions,
  Sam3EmbedOptions,
  Sam3VisualOptions,
} from "./core-models/sam3.ts";
export type { InferEachItem, InferOptions } from "./infer/infer-options.ts";
export { type DerivedClientOptions, InferenceHTTPClientBase } from "./inference-http-client.ts";
export { MODEL_ALIASES, resolveModelAlias } from "./models/aliases.ts";
export type { ModelDescription, RegisteredModels, ServerInfo } from "./models/decode-models.ts";
export type { ClientMode } from "./modes/client-mode.ts";
export type { StartPipelineOptions } from "./pipeline-methods.ts";
export type {
  ConsumeOptions,
  InferencePipeline,
  PipelineResultsOptions,
} from "./pipelines/inference-pipeline.ts";
export type { EndpointOptions } from "./raw/endpoint-options.ts";
export type { EndpointCall, Endpoints } from "./raw/endpoints.ts";
export { type ServiceUrls, serviceUrls } from "./regions.ts";
export { ServerMethods } from "./server-methods.ts";
export type {
  InferOnStreamOptions,
  OpenedInput,
  StreamItem,
  StreamProgress,
  StreamSource,
} from "./stream/stream-options.ts";
export { StreamMethods } from "./stream-methods.ts";
export type { WebRTCStreamOptions } from "./webrtc/stream-options.ts";
export type { WebRTCCalls } from "./webrtc/webrtc-calls.ts";
export type {
  DescribedWorkflow,
  DescribeWorkflowOptions,
  WorkflowSpecification,
} from "./workflows/described-workflow.ts";
export type { DescribeBlocksOptions } from "./workflows/introspect.ts";
export type {
  ExecutionEngineVersions,
  WorkflowBlocks,
  WorkflowSchema,
  WorkflowStepOutput,
  WorkflowValidation,
  WorkflowWorkload,
} from "./workflows/introspection-answers.ts";
export type { NamedWorkflowByOldNames, RunWorkflowOptions } from "./workflows/run-options.ts";
