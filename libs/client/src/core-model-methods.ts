import type { ImageSource } from "@inference-ts/images";
import type { InferenceCall } from "./call/inference-call.ts";
import type { CallOptions } from "./client-options.ts";
import type { ClipEmbeddings, ClipOptions, ClipVersion } from "./core-models/clip.ts";
import type {
  CompareOptions,
  ComparePrompt,
  CompareResult,
  CompareType,
  CompareValue,
} from "./core-models/compare.ts";
import type { ImageInput } from "./core-models/core-model-options.ts";
import type { DepthForm, DepthOptions, DepthResult } from "./core-models/depth.ts";
import type { VectorForm } from "./core-models/embeddings.ts";
import type { ImageEmbeddingOptions, ImageEmbeddings } from "./core-models/image-embeddings.ts";
import type { CogvlmOptions, CogvlmResult, LmmOptions, LmmResult } from "./core-models/lmm.ts";
import type { OcrOptions, OcrResult } from "./core-models/ocr.ts";
import type {
  PerceptionEncoderEmbeddings,
  PerceptionEncoderOptions,
  PerceptionEncoderVersion,
} from "./core-models/perception-encoder.ts";
import { PromptableModelMethods } from "./promptable-model-methods.ts";

/**
 * The methods of models that come with the server: reading text, embeddings, language, depth. In the list forms one request
 * runs per image or batch, inside the window of `maxConcurrentRequests`; the first failure cancels the rest. The deadline of a
 * request is 600,000 ms unless another is set, since the first one makes the server load the model.
 */
export abstract class CoreModelMethods extends PromptableModelMethods {
  /**
   * Reads the text in an image. Models: `doctr` (default), `easy_ocr`, `trocr` (one line), `pp_ocr`; each has options of its own.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { result } = await client.ocrImage("sign.jpg", { model: "easy_ocr", languageCodes: ["en", "de"] });
   * console.log(result);
   * ```
   */
  ocrImage(image: ImageSource, options?: OcrOptions): InferenceCall<OcrResult>;
  ocrImage(images: readonly ImageSource[], options?: OcrOptions): InferenceCall<OcrResult[]>;
  ocrImage(input: ImageInput, options: OcrOptions = {}): InferenceCall<OcrResult | OcrResult[]> {
    return this.coreModel("ocrImage", input, options, (models, scope) =>
      models.ocrImage(scope, input, options),
    );
  }

  /**
   * The CLIP vector of an image, for search by text or image. `embeddings` of a result holds one vector.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { embeddings } = await client.getClipImageEmbeddings("fox.jpg", { as: "float32" });
   * console.log(embeddings[0]?.length); // 512
   * ```
   */
  getClipImageEmbeddings<Form extends VectorForm = "numbers">(
    image: ImageSource,
    options?: ClipOptions<Form>,
  ): InferenceCall<ClipEmbeddings<Form>>;
  getClipImageEmbeddings<Form extends VectorForm = "numbers">(
    images: readonly ImageSource[],
    options?: ClipOptions<Form>,
  ): InferenceCall<ClipEmbeddings<Form>[]>;
  getClipImageEmbeddings<Form extends VectorForm>(
    input: ImageInput,
    options: ClipOptions<Form> = {},
  ): InferenceCall<ClipEmbeddings<Form> | ClipEmbeddings<Form>[]> {
    return this.coreModel("getClipImageEmbeddings", input, options, (models, scope) =>
      models.getClipImageEmbeddings(scope, input, options),
    );
  }

  /**
   * The CLIP vectors of one text, or of several in one request: `embeddings[i]` belongs to the i-th text.
   *
   * @throws HTTPCallError (400: a text is too long), ServerConnectionError, DeadlineExceededError, AbortedError,
   *   InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { embeddings } = await client.getClipTextEmbeddings(["a fox", "a dog"]);
   * console.log(embeddings.length); // 2
   * ```
   */
  getClipTextEmbeddings<Form extends VectorForm = "numbers">(
    text: string | readonly string[],
    options: ClipOptions<Form> = {},
  ): InferenceCall<ClipEmbeddings<Form>> {
    return this.coreModel("getClipTextEmbeddings", null, options, (models, scope) =>
      models.getClipTextEmbeddings(scope, text, options),
    );
  }

  /**
   * How alike CLIP finds a subject and prompts. The subject is an image and prompts are texts unless `subjectType` and `promptType`
   * say otherwise; a string that is meant as text is never read as a path.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { similarity } = await client.clipCompare("fox.jpg", ["fox", "dog"]);
   * console.log(similarity); // one number per prompt
   * ```
   */
  clipCompare<Subject extends CompareType = "image", Prompt extends CompareType = "text">(
    subject: CompareValue<Subject>,
    prompt: ComparePrompt<Prompt>,
    options: CompareOptions<Subject, Prompt> & ClipVersion = {},
  ): InferenceCall<CompareResult> {
    const { subjectType, promptType } = options;
    return this.coreModel("clipCompare", null, options, (models, scope) =>
      models.clipCompare(scope, { subject, prompt, subjectType, promptType }, options),
    );
  }

  /**
   * The vector of an image by Perception Encoder. `embeddings` of a result holds one vector.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { embeddings } = await client.getPerceptionEncoderImageEmbeddings("fox.jpg");
   * console.log(embeddings[0]?.length);
   * ```
   */
  getPerceptionEncoderImageEmbeddings<Form extends VectorForm = "numbers">(
    image: ImageSource,
    options?: PerceptionEncoderOptions<Form>,
  ): InferenceCall<PerceptionEncoderEmbeddings<Form>>;
  getPerceptionEncoderImageEmbeddings<Form extends VectorForm = "numbers">(
    images: readonly ImageSource[],
    options?: PerceptionEncoderOptions<Form>,
  ): InferenceCall<PerceptionEncoderEmbeddings<Form>[]>;
  getPerceptionEncoderImageEmbeddings<Form extends VectorForm>(
    input: ImageInput,
    options: PerceptionEncoderOptions<Form> = {},
  ): InferenceCall<PerceptionEncoderEmbeddings<Form> | PerceptionEncoderEmbeddings<Form>[]> {
    return this.coreModel("getPerceptionEncoderImageEmbeddings", input, options, (models, scope) =>
      models.getPerceptionEncoderImageEmbeddings(scope, input, options),
    );
  }

  /**
   * The vectors of one text, or of several in one request, by Perception Encoder: `embeddings[i]` belongs to the i-th text.
   *
   * @throws HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { embeddings } = await client.getPerceptionEncoderTextEmbeddings("a fox", { as: "float32" });
   * console.log(embeddings[0]);
   * ```
   */
  getPerceptionEncoderTextEmbeddings<Form extends VectorForm = "numbers">(
    text: string | readonly string[],
    options: PerceptionEncoderOptions<Form> = {},
  ): InferenceCall<PerceptionEncoderEmbeddings<Form>> {
    return this.coreModel("getPerceptionEncoderTextEmbeddings", null, options, (models, scope) =>
      models.getPerceptionEncoderTextEmbeddings(scope, text, options),
    );
  }

  /**
   * How alike Perception Encoder finds a subject and prompts; types as in `clipCompare`. The Python client has no such method.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { similarity } = await client.perceptionEncoderCompare("fox.jpg", { animal: "a fox", pet: "a dog" });
   * console.log(similarity); // one number per name
   * ```
   */
  perceptionEncoderCompare<Subject extends CompareType = "image", Prompt extends CompareType = "text">(
    subject: CompareValue<Subject>,
    prompt: ComparePrompt<Prompt>,
    options: CompareOptions<Subject, Prompt> & PerceptionEncoderVersion = {},
  ): InferenceCall<CompareResult> {
    const { subjectType, promptType } = options;
    return this.coreModel("perceptionEncoderCompare", null, options, (models, scope) =>
      models.perceptionEncoderCompare(scope, { subject, prompt, subjectType, promptType }, options),
    );
  }

  /**
   * The vector that a classification model makes of an image; `embedding_info.space_id` says which vectors may be compared.
   * Servers since 1.7.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { embeddings, embedding_info } = await client.getImageEmbeddings("fox.jpg", { modelId: "resnet50" });
   * console.log(embedding_info?.space_id, embeddings[0]?.length);
   * ```
   */
  getImageEmbeddings<Form extends VectorForm = "numbers">(
    image: ImageSource,
    options: ImageEmbeddingOptions<Form>,
  ): InferenceCall<ImageEmbeddings<Form>>;
  getImageEmbeddings<Form extends VectorForm = "numbers">(
    images: readonly ImageSource[],
    options: ImageEmbeddingOptions<Form>,
  ): InferenceCall<ImageEmbeddings<Form>[]>;
  getImageEmbeddings<Form extends VectorForm>(
    input: ImageInput,
    options: ImageEmbeddingOptions<Form>,
  ): InferenceCall<ImageEmbeddings<Form> | ImageEmbeddings<Form>[]> {
    return this.coreModel("getImageEmbeddings", input, options, (models, scope) =>
      models.getImageEmbeddings(scope, input, options),
    );
  }

  /**
   * Asks a multimodal model about an image.
   *
   * @throws InvalidModelIdentifierError for an id that cannot stand in a path, with `modelIdInPath`.
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { response } = await client.inferLmm("street.jpg", { modelId: "florence-2-base", prompt: "<CAPTION>" });
   * console.log(response);
   * ```
   */
  inferLmm(image: ImageSource, options: LmmOptions): InferenceCall<LmmResult>;
  inferLmm(images: readonly ImageSource[], options: LmmOptions): InferenceCall<LmmResult[]>;
  inferLmm(input: ImageInput, options: LmmOptions): InferenceCall<LmmResult | LmmResult[]> {
    return this.coreModel("inferLmm", input, options, (models, scope) =>
      models.inferLmm(scope, input, options),
    );
  }

  /**
   * Asks CogVLM about an image, on older servers that still have it.
   *
   * @throws FeatureDeprecatedError that names the successor on later servers, WrongClientModeError in mode v0.
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { response } = await client.promptCogvlm("street.jpg", { textPrompt: "How many cars are there?" });
   * console.log(response);
   * ```
   */
  promptCogvlm(image: ImageSource, options: CogvlmOptions): InferenceCall<CogvlmResult> {
    return this.coreModel("promptCogvlm", image, options, (models, scope) =>
      models.promptCogvlm(scope, image, options),
    );
  }

  /**
   * How far away every pixel of an image is, relative to the others.
   *
   * @throws InvalidModelIdentifierError for an id that cannot stand in a path, with `modelIdInPath`.
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { normalized_depth: depth } = await client.depthEstimation("room.jpg", { depthMapFormat: "png16", as: "map" });
   * console.log(depth.width, depth.height, depth.data[0]);
   * ```
   */
  depthEstimation<Form extends DepthForm = "wire">(
    image: ImageSource,
    options?: DepthOptions<Form>,
  ): InferenceCall<DepthResult<Form>>;
  depthEstimation<Form extends DepthForm = "wire">(
    images: readonly ImageSource[],
    options?: DepthOptions<Form>,
  ): InferenceCall<DepthResult<Form>[]>;
  depthEstimation<Form extends DepthForm>(
    input: ImageInput,
    options: DepthOptions<Form> = {},
  ): InferenceCall<DepthResult<Form> | DepthResult<Form>[]> {
    return this.coreModel("depthEstimation", input, options, (models, scope) =>
      models.depthEstimation(scope, input, options),
    );
  }

  /**
   * Stands for gaze detection, which the server no longer has: its route answers 410. Nothing is sent.
   *
   * @throws FeatureDeprecatedError always.
   */
  detectGazes(input: ImageInput, options: CallOptions = {}): InferenceCall<never> {
    return this.coreModel("detectGazes", input, options, (models) => models.detectGazes());
  }
}
