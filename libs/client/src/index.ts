export type { CallMeta, ModelLoad, RequestMeta } from "./call/call-meta.ts";
export type { InferenceEvent, InferenceEventListener } from "./call/events.ts";
export type { InferenceCall, WithMeta } from "./call/inference-call.ts";
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
export {
  type ApiKeyTransport,
  createConfiguration,
  DEFAULT_CONFIGURATION,
  type InferenceConfiguration,
  type InferenceConfigurationInput,
} from "./configuration/configuration.ts";
export { configurationFromPython, configurationToPython } from "./configuration/python.ts";
export { v0Query, v1Body, v1Query } from "./configuration/wire-parameters.ts";
export type { InferEachItem, InferOptions } from "./infer/infer-options.ts";
export { type DerivedClientOptions, InferenceHTTPClientBase } from "./inference-http-client.ts";
export { MODEL_ALIASES, resolveModelAlias } from "./models/aliases.ts";
export type { ModelDescription, RegisteredModels, ServerInfo } from "./models/decode-models.ts";
export type { ClientMode } from "./modes/client-mode.ts";
