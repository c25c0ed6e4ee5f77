export {
  type ActionRecognitionRequest,
  type LegacyClipBody,
  legacyRecogniseActions,
  recogniseActions,
} from "./action-recognition.ts";
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
export { addModel, clearModels, listModels, removeModel } from "./model-registry.ts";
export { serverInfo } from "./server-info.ts";
