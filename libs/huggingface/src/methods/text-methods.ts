import type { TaskOptions } from "../client-options.ts";
import type {
  Embedding,
  ExtractedAnswer,
  FillMaskOutputElement,
  LabelScore,
  SummarizationOutput,
  TokenClassificationOutputElement,
  TranslationOutput,
} from "../results.ts";
import type { FeatureExtractionOptions } from "../tasks/feature-extraction.ts";
import type { FillMaskOptions } from "../tasks/fill-mask.ts";
import type { QuestionAnsweringOptions } from "../tasks/question-answering.ts";
import type { SummarizationOptions } from "../tasks/summarization.ts";
import type { TextClassificationOptions } from "../tasks/text-classification.ts";
import type { TokenClassificationOptions } from "../tasks/token-classification.ts";
import type { TranslationOptions } from "../tasks/translation.ts";
import type { ZeroShotClassificationOptions } from "../tasks/zero-shot-classification.ts";
import { AudioMethods } from "./audio-methods.ts";
import { textTasks } from "./task-modules.ts";

/** Methods of the text tasks. */
export class TextMethods extends AudioMethods {
  /**
   * Fills the mask in a text (`<mask>` or `[MASK]`, by model), best first.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const [best] = await client.fillMask("Paris is the <mask> of France.");
   * console.log(best?.token_str);
   * ```
   */
  fillMask(text: string, options: FillMaskOptions = {}): Promise<FillMaskOutputElement[]> {
    return this.task(textTasks, "fillMask", text, options);
  }

  /**
   * Finds names of persons, places and the like in a text.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * for (const { word, entity_group } of await client.tokenClassification("Anna lives in Berlin."))
   *   console.log(word, entity_group);
   * ```
   */
  tokenClassification(
    text: string,
    options: TokenClassificationOptions = {},
  ): Promise<TokenClassificationOutputElement[]> {
    return this.task(textTasks, "tokenClassification", text, options);
  }

  /**
   * Finds the answer to a question in a text; a list where several are asked for (`topK`).
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * console.log(await client.questionAnswering("What is her name?", "Her name is Clara."));
   * ```
   */
  questionAnswering(
    question: string,
    context: string,
    options: QuestionAnsweringOptions = {},
  ): Promise<ExtractedAnswer | ExtractedAnswer[]> {
    return this.task(textTasks, "questionAnswering", question, context, options);
  }

  /**
   * Tells which of some labels fits a text, best first.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const [best] = await client.zeroShotClassification("A new phone came out.", ["tech", "sport"]);
   * console.log(best?.label);
   * ```
   */
  zeroShotClassification(
    text: string,
    candidateLabels: readonly string[],
    options: ZeroShotClassificationOptions = {},
  ): Promise<LabelScore[]> {
    return this.task(textTasks, "zeroShotClassification", text, candidateLabels, options);
  }

  /**
   * Tells how like one sentence others are: one number each.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const [first] = await client.sentenceSimilarity("Hello", ["Hi", "Goodbye"]);
   * console.log(first);
   * ```
   */
  sentenceSimilarity(
    sentence: string,
    otherSentences: readonly string[],
    options: TaskOptions = {},
  ): Promise<number[]> {
    return this.task(textTasks, "sentenceSimilarity", sentence, otherSentences, options);
  }

  /**
   * Vectors of a text or of several, nested as the model gives them.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const vectors = await client.featureExtraction(["Hello", "Hi"], { normalize: true });
   * console.log(vectors.length);
   * ```
   */
  featureExtraction(
    text: string | readonly string[],
    options: FeatureExtractionOptions = {},
  ): Promise<Embedding> {
    return this.task(textTasks, "featureExtraction", text, options);
  }

  /**
   * Makes a summary of a text, or of each text of a list.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const { summary_text } = await client.summarization("A long text ...");
   * console.log(summary_text);
   * ```
   */
  summarization(text: string, options?: SummarizationOptions): Promise<SummarizationOutput>;
  summarization(text: readonly string[], options?: SummarizationOptions): Promise<SummarizationOutput[]>;
  summarization(
    text: string | readonly string[],
    options: SummarizationOptions = {},
  ): Promise<SummarizationOutput | SummarizationOutput[]> {
    return this.task(textTasks, "summarization", text, options);
  }

  /**
   * Translates a text, or each text of a list.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const { translation_text } = await client.translation("My name is Anna", { srcLang: "en", tgtLang: "de" });
   * console.log(translation_text);
   * ```
   */
  translation(text: string, options?: TranslationOptions): Promise<TranslationOutput>;
  translation(text: readonly string[], options?: TranslationOptions): Promise<TranslationOutput[]>;
  translation(
    text: string | readonly string[],
    options: TranslationOptions = {},
  ): Promise<TranslationOutput | TranslationOutput[]> {
    return this.task(textTasks, "translation", text, options);
  }

  /**
   * Labels a text, best label first, or each text of a list.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const [best] = await client.textClassification("I like it");
   * console.log(best?.label);
   * ```
   */
  textClassification(text: string, options?: TextClassificationOptions): Promise<LabelScore[]>;
  textClassification(text: readonly string[], options?: TextClassificationOptions): Promise<LabelScore[][]>;
  textClassification(
    text: string | readonly string[],
    options: TextClassificationOptions = {},
  ): Promise<LabelScore[] | LabelScore[][]> {
    return this.task(textTasks, "textClassification", text, options);
  }
}
