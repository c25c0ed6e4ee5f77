import { InvalidParameterError } from "@inference-ts/errors";
import {
  HuggingFaceClient,
  type HuggingFaceRuntime,
  InferenceApiBase,
  type InferenceApiOptions,
  type InferenceClientOptions,
  inferenceApiSeed,
} from "@inference-ts/huggingface";
import { fetchTransport } from "@inference-ts/transport";

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

/** A multiple of 3, and as many arguments as every engine takes. */
const CHUNK_BYTES = 3 * 0x1000;

/** Base64 by what every runtime has. */
function writeBase64(source: Uint8Array, target: Uint8Array, offset: number): number {
  const encoder = new TextEncoder();
  let at = offset;
  for (let from = 0; from < source.length; from += CHUNK_BYTES) {
    const text = btoa(String.fromCharCode(...source.subarray(from, from + CHUNK_BYTES)));
    at += encoder.encodeInto(text, target.subarray(at)).written;
  }
  return at - offset;
}

/** What the client needs, from web standards alone: no files, no variables, no saved token. */
const portableRuntime: HuggingFaceRuntime = {
  createTransport: ({ fetch, proxies }) => {
    if (proxies !== undefined && proxies !== null) {
      throw new InvalidParameterError("Only @inference-ts/sdk/huggingface/node can use proxies.");
    }
    return fetchTransport(fetch === undefined ? {} : { fetch });
  },
  createImageRuntime: async (policy) => (await import("./portable-media.ts")).portableMedia(policy),
  writeBase64,
};

/**
 * The client of Hugging Face's inference services and of every server that speaks like them, after Python's `InferenceClient`
 * (huggingface_hub 0.27.1): the serverless API, Inference Endpoints, Text Generation Inference, Text Embeddings Inference, and servers with
 * OpenAI's chat route. Runs anywhere; in Node import it from `./huggingface/node`, which also reads files, the environment and the saved
 * token. Nothing is sent before the first call.
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
    super(options, portableRuntime);
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
    return new InferenceApi(await inferenceApiSeed(repoId, options, portableRuntime));
  }
}
