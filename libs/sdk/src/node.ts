import { ClientSeed, ClipMethods, clientSeed, type InferenceHTTPClientOptions } from "@inference-ts/client";
import { nodeRuntime } from "./node-runtime.ts";

export {
  type ActionRecognitionResult,
  type ActionSpan,
  type ApiKeyTransport,
  type CallMeta,
  type CallOptions,
  type ClientMode,
  type ClipSource,
  configurationFromPython,
  configurationToPython,
  createConfiguration,
  DEFAULT_CONFIGURATION,
  type DerivedClientOptions,
  type InferEachItem,
  type InferenceCall,
  type InferenceConfiguration,
  type InferenceConfigurationInput,
  type InferenceEvent,
  type InferenceEventListener,
  InferenceHTTPClientBase,
  type InferenceHTTPClientOptions,
  type InferOnVideoOptions,
  type InferOptions,
  MODEL_ALIASES,
  type ModelDescription,
  type ModelLoad,
  type RegisteredModels,
  type RequestMeta,
  resolveModelAlias,
  type ServerInfo,
  type UploadProgress,
  type WithMeta,
} from "@inference-ts/client";
export { type DrawOnImageOptions, drawOnImage } from "@inference-ts/drawing/sharp";
export {
  AbortedError,
  APIKeyNotProvidedError,
  ClosedError,
  DeadlineExceededError,
  EncodingError,
  ERROR_CODES,
  type ErrorCode,
  HTTPCallError,
  ImageTooLargeError,
  InferenceError,
  InvalidInputFormatError,
  InvalidModelIdentifierError,
  InvalidParameterError,
  InvalidResponseError,
  InvalidUrlInputError,
  isInferenceError,
  MissingPeerError,
  ModelNotInitializedError,
  ModelNotSelectedError,
  ModelTaskTypeNotSupportedError,
  redact,
  ServerConnectionError,
  type WorkflowBlockError,
  WrongClientModeError,
} from "@inference-ts/errors";
export {
  type EncodedImage,
  type ImageCodec,
  type ImageRuntime,
  type ImageSize,
  type ImageSource,
  type LoadImageOptions,
  loadImage,
  type RawPixels,
  type RemoteImage,
  remoteImage,
  type UrlPolicy,
} from "@inference-ts/images";
export { type FindImagesOptions, findImages, nodeImageRuntime, sharpCodec } from "@inference-ts/images-node";
export {
  type AnomalyClassificationResult,
  type AnomalyMap,
  type ClassificationPrediction,
  type ClassificationResult,
  type CocoDataset,
  type CocoInput,
  type CsvRow,
  classesOf,
  countByClass,
  csvHeader,
  csvLine,
  type DetectedObject,
  decodeRle,
  detectionsOf,
  encodeRle,
  type InferenceResult,
  type InstanceSegmentationPrediction,
  type InstanceSegmentationResult,
  isAnomalyClassification,
  isBoxResult,
  isClassification,
  isInstanceSegmentation,
  isKeypointDetection,
  isMultiLabelClassification,
  isObjectDetection,
  isRlePrediction,
  isSemanticSegmentation,
  isStub,
  isVisualization,
  type Keypoint,
  type KeypointDetectionResult,
  type KeypointPrediction,
  type Mask,
  type MultiLabelClassificationResult,
  type ObjectDetectionPrediction,
  type ObjectDetectionResult,
  polygonMask,
  type ResultOf,
  type Rle,
  readAnomalyMap,
  readSemanticMask,
  type SemanticMask,
  type SemanticSegmentationResult,
  type TaskType,
  toCoco,
  toCsvRows,
  toImageCoordinates,
} from "@inference-ts/predictions";
export {
  DEFAULT_RETRY_POLICY,
  type FetchTransportOptions,
  fetchTransport,
  type RetryPolicy,
  type StreamBody,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "@inference-ts/transport";
export { type NodeHttpTransportOptions, nodeHttpTransport } from "@inference-ts/transport-node";

/**
 * A client of one Inference server for Node: keep-alive connections of its own (proxy variables of the environment are
 * obeyed), local files as images, and sharp, when it is installed, for pictures that must be encoded or shrunk.
 *
 * @example
 * ```ts
 * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
 * await using client = new InferenceHTTPClient({
 *   apiUrl: process.env.INFERENCE_API_URL ?? "http://localhost:9001",
 *   apiKey: "test-key",
 * });
 * const result = await client.infer("street.jpg", { modelId: "colours/1" });
 * console.log(result.task, result.predictions);
 * ```
 */
export class InferenceHTTPClient extends ClipMethods {
  /** @throws InvalidParameterError for an option that is not allowed. Nothing is sent. */
  constructor(options: InferenceHTTPClientOptions) {
    super(options instanceof ClientSeed ? options : clientSeed(options, nodeRuntime));
  }

  /** Python's spelling of the constructor. */
  static init(options: InferenceHTTPClientOptions): InferenceHTTPClient {
    return new InferenceHTTPClient(options);
  }
}
