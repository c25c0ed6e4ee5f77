import type { ImageSource } from "@inference-ts/images";
import type { ObjectDetectionResult } from "@inference-ts/predictions";
import type { CallScope } from "./call/call-scope.ts";
import type { InferenceCall } from "./call/inference-call.ts";
import { ClipMethods } from "./clip-methods.ts";
import type { CoreModelOptions, ImageInput } from "./core-models/core-model-options.ts";
import type { GroundingDinoOptions, Owlv2Options, YoloWorldOptions } from "./core-models/detectors.ts";
import type {
  SamEmbedding,
  SamEmbedOptions,
  SamFormat,
  SamSegmentation,
  SamSegmentOptions,
} from "./core-models/sam.ts";
import type {
  KeptEmbedding,
  MaskFormat,
  Sam2EmbedOptions,
  Sam2SegmentOptions,
  Segmentation,
} from "./core-models/sam2.ts";
import type {
  ConceptSegmentation,
  Sam3_3dOptions,
  Sam3_3dResult,
  Sam3ConceptOptions,
  Sam3EmbedOptions,
  Sam3VisualOptions,
} from "./core-models/sam3.ts";

/**
 * The methods of models that are told what to look for with each call: by words, boxes, points or examples. Lists and
 * deadlines as in the other core models; a list is answered with one request per image, since the routes take one.
 */
export abstract class PromptableModelMethods extends ClipMethods {
  /**
   * Finds what words name, with YOLO-World.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { predictions } = await client.inferFromYoloWorld("street.jpg", { classNames: ["bus", "bicycle"] });
   * for (const box of predictions) console.log(box.class, box.x, box.y);
   * ```
   */
  inferFromYoloWorld(image: ImageSource, options: YoloWorldOptions): InferenceCall<ObjectDetectionResult>;
  inferFromYoloWorld(
    images: readonly ImageSource[],
    options: YoloWorldOptions,
  ): InferenceCall<ObjectDetectionResult[]>;
  inferFromYoloWorld(
    input: ImageInput,
    options: YoloWorldOptions,
  ): InferenceCall<ObjectDetectionResult | ObjectDetectionResult[]> {
    return this.coreModel("inferFromYoloWorld", input, options, (models, scope) =>
      models.inferFromYoloWorld(scope, input, options),
    );
  }

  /**
   * Finds what words name, with Grounding DINO. The Python client has no such method.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { predictions } = await client.inferFromGroundingDino("street.jpg", { text: ["a red bus"], boxThreshold: 0.3 });
   * console.log(predictions.length);
   * ```
   */
  inferFromGroundingDino(
    image: ImageSource,
    options: GroundingDinoOptions,
  ): InferenceCall<ObjectDetectionResult>;
  inferFromGroundingDino(
    images: readonly ImageSource[],
    options: GroundingDinoOptions,
  ): InferenceCall<ObjectDetectionResult[]>;
  inferFromGroundingDino(
    input: ImageInput,
    options: GroundingDinoOptions,
  ): InferenceCall<ObjectDetectionResult | ObjectDetectionResult[]> {
    return this.coreModel("inferFromGroundingDino", input, options, (models, scope) =>
      models.inferFromGroundingDino(scope, input, options),
    );
  }

  /**
   * Finds what example boxes show, with OWLv2, on servers that have it switched on. The Python client has no such method.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const trainingData = [{ image: "shelf.jpg", boxes: [{ x: 120, y: 80, w: 40, h: 60, cls: "can" }] }];
   * const { predictions } = await client.inferFromOwlv2("other-shelf.jpg", { trainingData });
   * console.log(predictions.length);
   * ```
   */
  inferFromOwlv2(image: ImageSource, options: Owlv2Options): InferenceCall<ObjectDetectionResult>;
  inferFromOwlv2(
    images: readonly ImageSource[],
    options: Owlv2Options,
  ): InferenceCall<ObjectDetectionResult[]>;
  inferFromOwlv2(
    input: ImageInput,
    options: Owlv2Options,
  ): InferenceCall<ObjectDetectionResult | ObjectDetectionResult[]> {
    return this.coreModel("inferFromOwlv2", input, options, (models, scope) =>
      models.inferFromOwlv2(scope, input, options),
    );
  }

  /**
   * Computes the embedding that `samSegmentImage` starts from. The Python client has no such method.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { bytes } = await client.samEmbedImage("street.jpg", { format: "binary" });
   * console.log(bytes.byteLength);
   * ```
   */
  samEmbedImage<Format extends SamFormat = "json">(
    image: ImageSource,
    options?: SamEmbedOptions<Format>,
  ): InferenceCall<SamEmbedding<Format>>;
  samEmbedImage<Format extends SamFormat = "json">(
    images: readonly ImageSource[],
    options?: SamEmbedOptions<Format>,
  ): InferenceCall<SamEmbedding<Format>[]>;
  samEmbedImage<Format extends SamFormat>(
    input: ImageInput,
    options: SamEmbedOptions<Format> = {},
  ): InferenceCall<SamEmbedding<Format> | SamEmbedding<Format>[]> {
    return this.coreModel("samEmbedImage", input, options, (models, scope) =>
      models.samEmbedImage(scope, input, options),
    );
  }

  /**
   * Masks for points, with SAM 1. `null` in place of the image uses `embeddings`, or what the server keeps under `imageId`. The Python client
   * has no such method.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { masks } = await client.samSegmentImage("street.jpg", { pointCoords: [[380, 350]], pointLabels: [1] });
   * console.log(masks);
   * ```
   */
  samSegmentImage<Format extends SamFormat = "json">(
    image: ImageSource | null,
    options: SamSegmentOptions<Format>,
  ): InferenceCall<SamSegmentation<Format>> {
    return this.coreModel("samSegmentImage", image, options, (models, scope) =>
      models.samSegmentImage(scope, image, options),
    );
  }

  /**
   * Makes the server compute and keep the SAM 2 embedding of an image. The Python client has no such method.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { image_id: imageId } = await client.sam2EmbedImage("street.jpg");
   * console.log(imageId);
   * ```
   */
  sam2EmbedImage(image: ImageSource, options?: Sam2EmbedOptions): InferenceCall<KeptEmbedding>;
  sam2EmbedImage(images: readonly ImageSource[], options?: Sam2EmbedOptions): InferenceCall<KeptEmbedding[]>;
  sam2EmbedImage(
    input: ImageInput,
    options: Sam2EmbedOptions = {},
  ): InferenceCall<KeptEmbedding | KeptEmbedding[]> {
    return this.coreModel("sam2EmbedImage", input, options, (models, scope) =>
      models.sam2EmbedImage(scope, input, options),
    );
  }

  /**
   * Masks for boxes and points, with SAM 2. Boxes are given by their centre.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const box = { x: 200, y: 150, width: 120, height: 90 };
   * const { predictions } = await client.sam2SegmentImage("street.jpg", { prompts: [{ box }], maskInputFormat: "rle" });
   * console.log(predictions[0]?.confidence);
   * ```
   */
  sam2SegmentImage<Format extends MaskFormat = "json">(
    image: ImageSource,
    options?: Sam2SegmentOptions<Format>,
  ): InferenceCall<Segmentation<Format>>;
  sam2SegmentImage<Format extends MaskFormat = "json">(
    images: readonly ImageSource[],
    options?: Sam2SegmentOptions<Format>,
  ): InferenceCall<Segmentation<Format>[]>;
  sam2SegmentImage<Format extends MaskFormat>(
    input: ImageInput,
    options: Sam2SegmentOptions<Format> = {},
  ): InferenceCall<Segmentation<Format> | Segmentation<Format>[]> {
    return this.coreModel("sam2SegmentImage", input, options, (models, scope) =>
      models.sam2SegmentImage(scope, input, options),
    );
  }

  /**
   * Makes the server compute and keep the SAM 3 embedding of an image.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { image_id: imageId } = await client.sam3EmbedImage("street.jpg", { imageId: "street" });
   * console.log(imageId);
   * ```
   */
  sam3EmbedImage(image: ImageSource, options?: Sam3EmbedOptions): InferenceCall<KeptEmbedding>;
  sam3EmbedImage(images: readonly ImageSource[], options?: Sam3EmbedOptions): InferenceCall<KeptEmbedding[]>;
  sam3EmbedImage(
    input: ImageInput,
    options: Sam3EmbedOptions = {},
  ): InferenceCall<KeptEmbedding | KeptEmbedding[]> {
    return this.coreModel("sam3EmbedImage", input, options, (models, scope) =>
      models.sam3EmbedImage(scope, input, options),
    );
  }

  /**
   * Masks of everything that words or example boxes mean, with SAM 3. Boxes are given by their **top left** corner.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { prompt_results: results } = await client.sam3ConceptSegment("street.jpg", { prompts: [{ text: "bicycle" }] });
   * console.log(results[0]?.predictions.length);
   * ```
   */
  sam3ConceptSegment(image: ImageSource, options: Sam3ConceptOptions): InferenceCall<ConceptSegmentation>;
  sam3ConceptSegment(
    images: readonly ImageSource[],
    options: Sam3ConceptOptions,
  ): InferenceCall<ConceptSegmentation[]>;
  sam3ConceptSegment(
    input: ImageInput,
    options: Sam3ConceptOptions,
  ): InferenceCall<ConceptSegmentation | ConceptSegmentation[]> {
    return this.coreModel("sam3ConceptSegment", input, options, (models, scope) =>
      models.sam3ConceptSegment(scope, input, options),
    );
  }

  /**
   * Masks for boxes and points, with SAM 3. Boxes are given by their centre.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const points = [{ x: 380, y: 350, positive: true }];
   * const { predictions } = await client.sam3VisualSegment("street.jpg", { prompts: [{ points }] });
   * console.log(predictions[0]?.masks);
   * ```
   */
  sam3VisualSegment(image: ImageSource, options?: Sam3VisualOptions): InferenceCall<Segmentation>;
  sam3VisualSegment(
    images: readonly ImageSource[],
    options?: Sam3VisualOptions,
  ): InferenceCall<Segmentation[]>;
  sam3VisualSegment(
    input: ImageInput,
    options: Sam3VisualOptions = {},
  ): InferenceCall<Segmentation | Segmentation[]> {
    return this.coreModel("sam3VisualSegment", input, options, (models, scope) =>
      models.sam3VisualSegment(scope, input, options),
    );
  }

  /**
   * Meshes and splats of masked objects, with SAM 3 3D, on servers that have it switched on.
   *
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError, InvalidParameterError before anything of
   *   the image is sent; HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such model
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const maskInput = [[100, 80, 220, 80, 220, 200, 100, 200]];
   * const { objects } = await client.sam3_3dInfer("chair.jpg", { maskInput });
   * console.log(objects[0]?.mesh_glb?.length);
   * ```
   */
  sam3_3dInfer(image: ImageSource, options: Sam3_3dOptions): InferenceCall<Sam3_3dResult>;
  sam3_3dInfer(images: readonly ImageSource[], options: Sam3_3dOptions): InferenceCall<Sam3_3dResult[]>;
  sam3_3dInfer(input: ImageInput, options: Sam3_3dOptions): InferenceCall<Sam3_3dResult | Sam3_3dResult[]> {
    return this.coreModel("sam3_3dInfer", input, options, (models, scope) =>
      models.sam3_3dInfer(scope, input, options),
    );
  }

  /** Loads the core models with the first call of one. */
  protected coreModel<T>(
    method: string,
    input: ImageInput | null,
    options: CoreModelOptions,
    run: (models: typeof import("./core-models/all.ts"), scope: CallScope) => Promise<T>,
  ): InferenceCall<T> {
    const images = input === null ? undefined : Array.isArray(input) ? input.length : 1;
    return this.call(
      method,
      // Programs without types leave them out; what is required is checked where it is read.
      options ?? {},
      async (scope) => run(await import("./core-models/all.ts"), scope),
      undefined,
      images,
    );
  }
}
