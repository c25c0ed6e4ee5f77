import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import {
  HuggingFaceClient,
  type HuggingFaceRuntime,
  InferenceApiBase,
  type InferenceApiOptions,
  type InferenceClientOptions,
  inferenceApiSeed,
  readMachine,
} from "@inference-ts/huggingface";
import { nodeBase64Writer, nodeImageRuntime } from "@inference-ts/images-node";
import { fetchTransport } from "@inference-ts/transport";
import { nodeProxyTransport } from "./node-proxies.ts";

export {
  AbortedError,
  ClosedError,
  DeadlineExceededError,
  HTTPCallError,
  ImageTooLargeError,
  InferenceError,
  InferenceTimeoutError,
  InvalidInputFormatError,
  InvalidModelIdentifierError,
  InvalidParameterError,
  InvalidResponseError,
  InvalidUrlInputError,
  isInferenceError,
  ModelNotSelectedError,
  ServerConnectionError,
  TextGenerationError,
  TokenNotFoundError,
} from "@inference-ts/errors";
export type {
  AudioClassificationOptions,
  AudioToAudioOutputElement,
  AutomaticSpeechRecognitionOutput,
  CallOptions,
  ChatCompletionCreate,
  ChatCompletionOptions,
  ChatCompletionOutput,
  ChatCompletionStreamOutput,
  ChatCompletionsAlias,
  ChatCompletionUsage,
  ChatMessage,
  ChatMessagePart,
  ChatToolCall,
  DepthEstimationOutput,
  DetectionBox,
  DocumentQuestionAnsweringOptions,
  Embedding,
  ExtractedAnswer,
  FeatureExtractionOptions,
  FillMaskOptions,
  FillMaskOutputElement,
  GeneratedText,
  ImageClassificationOptions,
  ImageSegmentationOptions,
  ImageSegmentationOutputElement,
  ImageToImageOptions,
  ImageToTextOutput,
  InferenceApiOptions,
  InferenceApiRequest,
  InferenceClientOptions,
  InferenceProvider,
  InferenceStream,
  LabelScore,
  ListDeployedModelsOptions,
  LoadingEvent,
  MapImagesOptions,
  MappedImage,
  ModelStatus,
  ObjectDetectionOptions,
  ObjectDetectionOutputElement,
  PostOptions,
  QuestionAnsweringOptions,
  RawAnswer,
  SummarizationOptions,
  SummarizationOutput,
  Table,
  TableQuestionAnsweringOptions,
  TableQuestionAnsweringOutputElement,
  TaskOptions,
  TextClassificationOptions,
  TextGenerationDetails,
  TextGenerationOptions,
  TextGenerationOutput,
  TextGenerationStreamOutput,
  TextGenerationToken,
  TextToImageOptions,
  TextToSpeechOptions,
  TokenClassificationOptions,
  TokenClassificationOutputElement,
  TranslationOptions,
  TranslationOutput,
  VisualQuestionAnsweringOptions,
  VisualQuestionAnsweringOutputElement,
  ZeroShotClassificationOptions,
  ZeroShotImageClassificationOptions,
} from "@inference-ts/huggingface";
export { mapImages } from "@inference-ts/huggingface";
export type { ImageSource, UrlPolicy } from "@inference-ts/images";
export {
  type FetchFunction,
  fetchTransport,
  type RetryPolicy,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "@inference-ts/transport";
export { type NodeHttpTransportOptions, nodeHttpTransport } from "@inference-ts/transport-node";

/** What the client needs, the Node way: keep-alive node:http, local files, sharp when it is installed, the environment. */
const nodeRuntime: HuggingFaceRuntime = {
  createTransport: ({ fetch, proxies }) =>
    fetch === undefined ? nodeProxyTransport(proxies ?? null) : fetchTransport({ fetch }),
  createImageRuntime: (policy) => nodeImageRuntime({ policy, anyContent: true }),
  writeBase64: nodeBase64Writer,
  readMachine: () => readMachine({ variables: process.env, home: homedir(), readFile: readSmallFile }),
};

function readSmallFile(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/**
 * The client of Hugging Face's inference services and of every server that speaks like them, after Python's `InferenceClient`
 * (huggingface_hub 0.27.1): the serverless API, Inference Endpoints, Text Generation Inference, Text Embeddings Inference, and servers with
 * OpenAI's chat route. This entry reads files and, where no token is given, the environment and the
 * saved token. Nothing is sent before the first call.
 *
 * @throws InvalidParameterError for options that do not go together, InvalidModelIdentifierError, TokenNotFoundError.
 *
 * @example
 * ```ts no-run: needs a model
 * const client = new InferenceClient({ model: "https://my-endpoint.eu-west-1.aws.endpoints.huggingface.cloud", token: "hf_..." });
 * const objects = await client.objectDetection(image);
 * console.log(objects.length);
 * ```
 */
export class InferenceClient extends HuggingFaceClient {
  constructor(options: InferenceClientOptions = {}) {
    super(options, nodeRuntime);
  }
}

/** The same as {@link InferenceClient}, whose methods all give promises: Python's second name. */
export class AsyncInferenceClient extends InferenceClient {}

/**
 * The client of before `InferenceClient` (Python: `InferenceApi`): one model of the serverless API, inputs and outputs as on the wire.
 *
 * @example
 * ```ts no-run: needs the serverless API
 * const api = await InferenceApi.create("bert-base-uncased", { token: "hf_..." });
 * console.log(await api.call({ inputs: "The goal of life is [MASK]." }));
 * ```
 */
export class InferenceApi extends InferenceApiBase {
  /**
   * Asks the hub for the model's task.
   *
   * @throws InvalidModelIdentifierError, InvalidParameterError for an unknown task, HTTPCallError, InferenceTimeoutError.
   */
  static async create(repoId: string, options: InferenceApiOptions = {}): Promise<InferenceApi> {
    return new InferenceApi(await inferenceApiSeed(repoId, options, nodeRuntime));
  }
}
