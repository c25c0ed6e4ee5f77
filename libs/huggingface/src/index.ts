export type { InferenceProvider } from "./address/task-address.ts";
export { type MapImagesOptions, type MappedImage, mapImages } from "./batch/map-images.ts";
export type {
  CallOptions,
  HuggingFaceRuntime,
  InferenceClientOptions,
  LoadingEvent,
  TaskOptions,
} from "./client-options.ts";
export type { ListDeployedModelsOptions } from "./hub/deployed-models.ts";
export type { ModelStatus } from "./hub/model-status.ts";
export {
  InferenceApiBase,
  type InferenceApiOptions,
  type InferenceApiRequest,
  inferenceApiSeed,
  type RawAnswer,
} from "./legacy/inference-api.ts";
export { HuggingFaceClient } from "./methods/huggingface-client.ts";
export type * from "./results.ts";
export { type HuggingFaceEnvironment, readMachine } from "./settings/machine.ts";
export type { InferenceStream } from "./stream/inference-stream.ts";
export type { AudioClassificationOptions } from "./tasks/audio-classification.ts";
export type {
  ChatCompletionOptions,
  ChatCompletionOutput,
  ChatCompletionStreamOutput,
  ChatCompletionUsage,
} from "./tasks/chat-completion.ts";
export type { ChatMessage, ChatMessagePart, ChatToolCall } from "./tasks/chat-messages.ts";
export type { DocumentQuestionAnsweringOptions } from "./tasks/document-question-answering.ts";
export type { FeatureExtractionOptions } from "./tasks/feature-extraction.ts";
export type { FillMaskOptions } from "./tasks/fill-mask.ts";
export type { ImageClassificationOptions } from "./tasks/image-classification.ts";
export type { ImageSegmentationOptions } from "./tasks/image-segmentation.ts";
export type { ImageToImageOptions } from "./tasks/image-to-image.ts";
export type { ObjectDetectionOptions } from "./tasks/object-detection.ts";
export type { ChatCompletionCreate, ChatCompletionsAlias } from "./tasks/openai-alias.ts";
export type { PostOptions } from "./tasks/post.ts";
export type { QuestionAnsweringOptions } from "./tasks/question-answering.ts";
export type { SummarizationOptions } from "./tasks/summarization.ts";
export type { TableQuestionAnsweringOptions } from "./tasks/table-question-answering.ts";
export type { TextClassificationOptions } from "./tasks/text-classification.ts";
export type {
  GeneratedText,
  TextGenerationDetails,
  TextGenerationOptions,
  TextGenerationOutput,
  TextGenerationStreamOutput,
  TextGenerationToken,
} from "./tasks/text-generation.ts";
export type { TextToImageOptions } from "./tasks/text-to-image.ts";
export type { TextToSpeechOptions } from "./tasks/text-to-speech.ts";
export type { TokenClassificationOptions } from "./tasks/token-classification.ts";
export type { TranslationOptions } from "./tasks/translation.ts";
export type { VisualQuestionAnsweringOptions } from "./tasks/visual-question-answering.ts";
export type { ZeroShotClassificationOptions } from "./tasks/zero-shot-classification.ts";
export type { ZeroShotImageClassificationOptions } from "./tasks/zero-shot-image-classification.ts";
