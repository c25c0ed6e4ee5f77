import { detectWithGroundingDino, detectWithOwlv2, detectWithYoloWorld } from "@inference-ts/endpoints";
import { InvalidResponseError } from "@inference-ts/errors";
import type { ImageSource } from "@inference-ts/images";
import { decodeResult, type ObjectDetectionResult } from "@inference-ts/predictions";
import type { InferenceRequestImage, Schema } from "@inference-ts/schema";
import type { CallScope } from "../call/call-scope.ts";
import { withinDeadline } from "../call/within-deadline.ts";
import { given } from "../given.ts";
import { LOADING, load } from "../infer/infer-batch.ts";
import { wireImage } from "../infer/wire-image.ts";
import { checkOptions } from "./check-options.ts";
import type { CoreModelOptions, ImageInput } from "./core-model-options.ts";
import { coreTimeoutMs, UNCHANGED } from "./core-request.ts";
import { forEachImage } from "./for-each-image.ts";

/** What `inferFromYoloWorld` takes beside its images. */
export interface YoloWorldOptions extends CoreModelOptions {
  /** What to look for, in words. */
  readonly classNames: readonly string[];
  /** Size of the model: `s`, `m`, `l`, `x` and their `v2-` forms. Default: the server's, `l`. */
  readonly modelVersion?: string | undefined;
  /** Minimum confidence, 0..1. Server's default 0.4. */
  readonly confidence?: number | undefined;
}

/** See `inferFromYoloWorld` of the client. */
export function inferFromYoloWorld(
  scope: CallScope,
  input: ImageInput,
  options: YoloWorldOptions,
): Promise<ObjectDetectionResult | ObjectDetectionResult[]> {
  checkOptions("inferFromYoloWorld", options, { classNames: "texts" });
  const { classNames, modelVersion, confidence } = options;
  const own = {
    text: [...classNames],
    ...given({ yolo_world_version_id: modelVersion || undefined, confidence }),
  };
  return forEachImage(scope, input, {
    operation: "POST /yolo_world/infer",
    modelId: "yolo_world",
    batches: false,
    request: ({ image }, { client, fields, query, send }) =>
      detectWithYoloWorld(client, { ...fields, ...own, image }, query, send),
    decode: decodeBoxes,
  });
}

/** What `inferFromGroundingDino` takes beside its images. */
export interface GroundingDinoOptions extends CoreModelOptions {
  /** What to look for, in words. */
  readonly text: readonly string[];
  /** Minimum confidence of a box, 0..1. Server's default 0.5. */
  readonly boxThreshold?: number | undefined;
  /** How well a box must fit a word, 0..1. Server's default 0.5. */
  readonly textThreshold?: number | undefined;
  /** Suppress overlapping boxes of different classes too. */
  readonly classAgnosticNms?: boolean | undefined;
  /** Default: the server's. */
  readonly modelVersion?: string | undefined;
}

/** See `inferFromGroundingDino` of the client. */
export function inferFromGroundingDino(
  scope: CallScope,
  input: ImageInput,
  options: GroundingDinoOptions,
): Promise<ObjectDetectionResult | ObjectDetectionResult[]> {
  checkOptions("inferFromGroundingDino", options, { text: "texts" });
  const { text, boxThreshold, textThreshold, classAgnosticNms, modelVersion } = options;
  const own = {
    text: [...text],
    ...given({
      box_threshold: boxThreshold,
      text_threshold: textThreshold,
      class_agnostic_nms: classAgnosticNms,
      grounding_dino_version_id: modelVersion || undefined,
    }),
  };
  return forEachImage(scope, input, {
    operation: "POST /grounding_dino/infer",
    modelId: "grounding_dino",
    batches: false,
    request: ({ image }, { client, fields, query, send }) =>
      detectWithGroundingDino(client, { ...fields, ...own, image }, query, send),
    decode: decodeBoxes,
  });
}

/** A box of an example, in whole pixels of its image; `x` and `y` are its centre. */
export interface Owlv2Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Name of what it shows. */
  readonly cls: string;
  /** Shows what it is not. Default false. */
  readonly negative?: boolean;
}

/** An image with boxes that show what to look for. */
export interface Owlv2Example {
  readonly image: ImageSource;
  readonly boxes: readonly Owlv2Box[];
}

/** What `inferFromOwlv2` takes beside its images. */
export interface Owlv2Options extends CoreModelOptions {
  /** Examples, one or more. */
  readonly trainingData: readonly Owlv2Example[];
  /** Minimum confidence, 0..1. Server's default 0.99. */
  readonly confidence?: number | undefined;
  /** Default: the server's, `owlv2-large-patch14-ensemble`. */
  readonly modelVersion?: string | undefined;
}

/** See `inferFromOwlv2` of the client. */
export async function inferFromOwlv2(
  scope: CallScope,
  input: ImageInput,
  options: Owlv2Options,
): Promise<ObjectDetectionResult | ObjectDetectionResult[]> {
  checkOptions("inferFromOwlv2", options, { trainingData: "objects" });
  const { trainingData, confidence, modelVersion } = options;
  for (const [index, example] of trainingData.entries()) {
    checkOptions(`trainingData[${index}] of inferFromOwlv2`, example, {
      image: "anything",
      boxes: "objects",
    });
  }
  const own = {
    training_data: await loadExamples(scope, trainingData),
    ...given({ confidence, owlv2_version_id: modelVersion || undefined }),
  };
  return forEachImage(scope, input, {
    operation: "POST /owlv2/infer",
    modelId: "owlv2",
    batches: false,
    request: ({ image }, { client, fields, query, send }) =>
      detectWithOwlv2(client, { ...fields, ...own, image }, query, send),
    decode: decodeBoxes,
  });
}

async function loadExamples(
  scope: CallScope,
  examples: readonly Owlv2Example[],
): Promise<Schema<"TrainingImage">[]> {
  const { value } = await withinDeadline(
    scope,
    LOADING,
    scope.signal,
    (within) =>
      Promise.all(
        examples.map(async ({ image: input, boxes }, index) => {
          const { image } = await load(scope, UNCHANGED, { index, input }, within);
          const wire: InferenceRequestImage = wireImage(image, scope.core.writeBase64);
          return { image: wire, boxes: [...boxes] };
        }),
      ),
    coreTimeoutMs(scope),
  );
  return value;
}

function decodeBoxes(body: unknown): ObjectDetectionResult {
  const result = decodeResult(body, "object-detection");
  if (result.task === "object-detection") return result;
  throw new InvalidResponseError("The server answered a detection with something else.", {
    path: "predictions",
  });
}
