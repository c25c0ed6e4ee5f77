import type { ImageSource } from "@inference-ts/images";
import type { TaskOptions } from "../client-options.ts";
import type {
  DepthEstimationOutput,
  ExtractedAnswer,
  ImageSegmentationOutputElement,
  ImageToTextOutput,
  LabelScore,
  ObjectDetectionOutputElement,
  VisualQuestionAnsweringOutputElement,
} from "../results.ts";
import type { DocumentQuestionAnsweringOptions } from "../tasks/document-question-answering.ts";
import type { ImageClassificationOptions } from "../tasks/image-classification.ts";
import type { ImageSegmentationOptions } from "../tasks/image-segmentation.ts";
import type { ImageToImageOptions } from "../tasks/image-to-image.ts";
import type { ObjectDetectionOptions } from "../tasks/object-detection.ts";
import type { TextToImageOptions } from "../tasks/text-to-image.ts";
import type { VisualQuestionAnsweringOptions } from "../tasks/visual-question-answering.ts";
import type { ZeroShotImageClassificationOptions } from "../tasks/zero-shot-image-classification.ts";
import { InferenceClientBase } from "./inference-client-base.ts";
import { mediaTasks, visionTasks } from "./task-modules.ts";

/** Methods of the vision tasks. */
export class VisionMethods extends InferenceClientBase {
  /**
   * Finds objects in a picture. Boxes are in pixels of the picture, corners included.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const objects = await client.objectDetection("street.jpg", { threshold: 0.5 });
   * for (const { label, score, box } of objects) console.log(label, score, box.xmin, box.ymin);
   * ```
   */
  objectDetection(
    image: ImageSource,
    options: ObjectDetectionOptions = {},
  ): Promise<ObjectDetectionOutputElement[]> {
    return this.task(visionTasks, "objectDetection", image, options);
  }

  /**
   * Names what a picture shows, best first.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const [best] = await client.imageClassification("cat.jpg", { topK: 3 });
   * console.log(best?.label, best?.score);
   * ```
   */
  imageClassification(image: ImageSource, options: ImageClassificationOptions = {}): Promise<LabelScore[]> {
    return this.task(visionTasks, "imageClassification", image, options);
  }

  /**
   * Finds the segments of a picture; each mask is a grey PNG of the size of the picture.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const segments = await client.imageSegmentation("room.jpg", { subtask: "panoptic" });
   * for (const { label, mask } of segments) console.log(label, mask?.byteLength);
   * ```
   */
  imageSegmentation(
    image: ImageSource,
    options: ImageSegmentationOptions = {},
  ): Promise<ImageSegmentationOutputElement[]> {
    return this.task(() => import("../tasks/image-segmentation.ts"), "imageSegmentation", image, options);
  }

  /**
   * Tells which of at least two labels fits a picture, best first.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const [best] = await client.zeroShotImageClassification("pet.jpg", ["cat", "dog"]);
   * console.log(best?.label);
   * ```
   */
  zeroShotImageClassification(
    image: ImageSource,
    candidateLabels: readonly string[],
    options: ZeroShotImageClassificationOptions = {},
  ): Promise<LabelScore[]> {
    return this.task(mediaTasks, "zeroShotImageClassification", image, candidateLabels, options);
  }

  /**
   * Finds objects that some labels name. Newer than huggingface_hub 0.27.1.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const objects = await client.zeroShotObjectDetection("desk.jpg", ["cup", "pen"]);
   * console.log(objects.length);
   * ```
   */
  zeroShotObjectDetection(
    image: ImageSource,
    candidateLabels: readonly string[],
    options: TaskOptions = {},
  ): Promise<ObjectDetectionOutputElement[]> {
    return this.task(mediaTasks, "zeroShotObjectDetection", image, candidateLabels, options);
  }

  /**
   * Tells how far away everything in a picture is: a grey PNG. Newer than huggingface_hub 0.27.1.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const { depth } = await client.depthEstimation("room.jpg");
   * console.log(depth?.byteLength);
   * ```
   */
  depthEstimation(image: ImageSource, options: TaskOptions = {}): Promise<DepthEstimationOutput> {
    return this.task(mediaTasks, "depthEstimation", image, options);
  }

  /**
   * Describes a picture, or reads its text, whatever the model does.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const { generated_text } = await client.imageToText("cat.jpg");
   * console.log(generated_text);
   * ```
   */
  imageToText(image: ImageSource, options: TaskOptions = {}): Promise<ImageToTextOutput> {
    return this.task(mediaTasks, "imageToText", image, options);
  }

  /**
   * Makes a picture out of a picture. The type of the blob is that of the picture.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const picture = await client.imageToImage("cat.jpg", { prompt: "a tiger" });
   * console.log(picture.type, picture.size);
   * ```
   */
  imageToImage(image: ImageSource, options: ImageToImageOptions = {}): Promise<Blob> {
    return this.task(mediaTasks, "imageToImage", image, options);
  }

  /**
   * Makes a picture of a text. The type of the blob is that of the picture.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const picture = await client.textToImage("a cat on a chair", { numInferenceSteps: 20 });
   * console.log(picture.type, picture.size);
   * ```
   */
  textToImage(prompt: string, options: TextToImageOptions = {}): Promise<Blob> {
    return this.task(mediaTasks, "textToImage", prompt, options);
  }

  /**
   * Answers a question about a picture, best answer first.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const [best] = await client.visualQuestionAnswering("desk.jpg", "How many cups are there?");
   * console.log(best?.answer);
   * ```
   */
  visualQuestionAnswering(
    image: ImageSource,
    question: string,
    options: VisualQuestionAnsweringOptions = {},
  ): Promise<VisualQuestionAnsweringOutputElement[]> {
    return this.task(mediaTasks, "visualQuestionAnswering", image, question, options);
  }

  /**
   * Answers a question about a picture of a document, best answer first.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidInputFormatError and InvalidUrlInputError for an input that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const [best] = await client.documentQuestionAnswering("bill.png", "What is the number of the bill?");
   * console.log(best?.answer);
   * ```
   */
  documentQuestionAnswering(
    image: ImageSource,
    question: string,
    options: DocumentQuestionAnsweringOptions = {},
  ): Promise<ExtractedAnswer[]> {
    return this.task(mediaTasks, "documentQuestionAnswering", image, question, options);
  }
}
