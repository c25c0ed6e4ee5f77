import {
  ClientSeed,
  CoreModelMethods,
  clientSeed,
  type InferenceHTTPClientOptions,
} from "@inference-ts/client";
import { portableRuntime } from "./portable-runtime.ts";

export {
  type ActionRecognitionResult,
  type ActionSpan,
  type ApiKeyTransport,
  type BinaryAnswer,
  type CallMeta,
  type CallOptions,
  type ClientMode,
  type ClipEmbeddings,
  type ClipOptions,
  type ClipSource,
  type CogvlmOptions,
  type CogvlmResult,
  type CompareOptions,
  type ComparePrompt,
  type CompareResult,
  type CompareType,
  type ConceptPrompt,
  type ConceptSegmentation,
  type CoreModelOptions,
  configurationFromPython,
  configurationToPython,
  createConfiguration,
  DEFAULT_CONFIGURATION,
  type DepthForm,
  type DepthMapFormat,
  type DepthOptions,
  type DepthResult,
  type DerivedClientOptions,
  type GroundingDinoOptions,
  type ImageEmbeddingOptions,
  type ImageEmbeddings,
  type ImageInput,
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
  type KeptEmbedding,
  type LmmOptions,
  type LmmResult,
  type MaskFormat,
  type MaskInput,
  type ModelDescription,
  type ModelLoad,
  type OcrModel,
  type OcrOptions,
  type OcrResult,
  type Owlv2Box,
  type Owlv2Example,
  type Owlv2Options,
  type PerceptionEncoderEmbeddings,
  type PerceptionEncoderOptions,
  type PpOcrSize,
  type ReconstructedObject,
  type RegisteredModels,
  type RequestMeta,
  type Sam2EmbedOptions,
  type Sam2SegmentOptions,
  type Sam3_3dOptions,
  type Sam3_3dResult,
  type Sam3ConceptOptions,
  type Sam3EmbedOptions,
  type Sam3VisualOptions,
  type SamEmbedding,
  type SamEmbedOptions,
  type SamFormat,
  type SamSegmentation,
  type SamSegmentOptions,
  type Segmentation,
  type ServerInfo,
  type UploadProgress,
  type VectorForm,
  type VisualPrompt,
  type WithMeta,
  type YoloWorldOptions,
} from "@inference-ts/client";
export {
  AbortedError,
  APIKeyNotProvidedError,
  ClosedError,
  DeadlineExceededError,
  EncodingError,
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
  ServerConnectionError,
  type WorkflowBlockError,
  WrongClientModeError,
} from "@inference-ts/errors";
export {
  type EncodedImage,
  type ImageCodec,
  type ImageSize,
  type ImageSource,
  type RawPixels,
  type RemoteImage,
  remoteImage,
  type UrlPolicy,
} from "@inference-ts/images";
export {
  type AnomalyClassificationResult,
  type ClassificationPrediction,
  type ClassificationResult,
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
  type MultiLabelClassificationResult,
  type ObjectDetectionPrediction,
  type ObjectDetectionResult,
  type ResultOf,
  type Rle,
  type SemanticSegmentationResult,
  type TaskType,
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

/**
 * A client of one Inference server, on web standards alone: `fetch`, and a canvas where pictures must be encoded. In Node,
 * `@inference-ts/sdk/node` exports the same client with keep-alive connections, local files and sharp.
 *
 * @example
 * ```ts
 * import { InferenceHTTPClient } from "@inference-ts/sdk";
 * const client = new InferenceHTTPClient({ apiUrl: process.env.INFERENCE_API_URL ?? "http://localhost:9001" });
 * console.log((await client.getServerInfo()).version);
 * await client.close();
 * ```
 */
export class InferenceHTTPClient extends CoreModelMethods {
  /** @throws InvalidParameterError for an option that is not allowed. Nothing is sent. */
  constructor(options: InferenceHTTPClientOptions) {
    super(options instanceof ClientSeed ? options : clientSeed(options, portableRuntime));
  }

  /** Python's spelling of the constructor. */
  static init(options: InferenceHTTPClientOptions): InferenceHTTPClient {
    return new InferenceHTTPClient(options);
  }
}
