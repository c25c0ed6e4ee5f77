/** What the compiler says of core models: options and results per method. Nothing here runs: the type check is the test. */
import type {
  BinaryAnswer,
  CompareResult,
  ConceptSegmentation,
  ImageSource,
  KeptEmbedding,
  LmmResult,
  ObjectDetectionResult,
  OcrResult,
  InferenceHTTPClient as PortableClient,
  Sam3_3dResult,
  SamSegmentation,
  Segmentation,
} from "@inference-ts/sdk";
import type { InferenceHTTPClient as NodeClient } from "@inference-ts/sdk/node";
import type { DepthMap } from "@inference-ts/sdk/predictions";
import { expectTypeOf } from "vitest";

type Client = PortableClient | NodeClient;

export async function results(client: Client, image: ImageSource): Promise<void> {
  expectTypeOf(await client.ocrImage(image)).toEqualTypeOf<OcrResult>();
  expectTypeOf(await client.ocrImage([image])).toEqualTypeOf<OcrResult[]>();
  expectTypeOf((await client.getClipImageEmbeddings(image)).embeddings).toEqualTypeOf<
    readonly (readonly number[])[]
  >();
  expectTypeOf((await client.getClipImageEmbeddings(image, { as: "float32" })).embeddings).toEqualTypeOf<
    readonly Float32Array[]
  >();
  expectTypeOf((await client.getClipTextEmbeddings(["a"], { as: "float32" })).embeddings).toEqualTypeOf<
    readonly Float32Array[]
  >();
  expectTypeOf(
    (await client.getPerceptionEncoderTextEmbeddings("a", { as: "float32" })).embeddings,
  ).toEqualTypeOf<readonly Float32Array[]>();
  expectTypeOf(
    (await client.getPerceptionEncoderImageEmbeddings(image, { as: "float32" })).embeddings,
  ).toEqualTypeOf<readonly Float32Array[]>();
  expectTypeOf(
    (await client.getImageEmbeddings(image, { modelId: "a/1", as: "float32" })).embeddings,
  ).toEqualTypeOf<readonly Float32Array[]>();
  expectTypeOf(await client.clipCompare(image, ["a"])).toEqualTypeOf<CompareResult>();
  expectTypeOf(await client.perceptionEncoderCompare(image, { one: "a" })).toEqualTypeOf<CompareResult>();
  expectTypeOf(await client.inferLmm(image, { modelId: "m" })).toEqualTypeOf<LmmResult>();
  expectTypeOf((await client.promptCogvlm(image, { textPrompt: "a" })).response).toEqualTypeOf<string>();
  expectTypeOf((await client.depthEstimation(image)).normalized_depth).toEqualTypeOf<
    string | readonly (readonly number[])[]
  >();
  expectTypeOf(
    (await client.depthEstimation(image, { as: "map" })).normalized_depth,
  ).toEqualTypeOf<DepthMap>();
  expectTypeOf(
    await client.inferFromYoloWorld(image, { classNames: ["a"] }),
  ).toEqualTypeOf<ObjectDetectionResult>();
  expectTypeOf(await client.inferFromGroundingDino([image], { text: ["a"] })).toEqualTypeOf<
    ObjectDetectionResult[]
  >();
  expectTypeOf(
    await client.inferFromOwlv2(image, { trainingData: [] }),
  ).toEqualTypeOf<ObjectDetectionResult>();
  expectTypeOf(await client.samEmbedImage(image, { format: "binary" })).toEqualTypeOf<BinaryAnswer>();
  expectTypeOf(
    await client.samSegmentImage(null, { pointCoords: [[1, 2]], pointLabels: [1] }),
  ).toEqualTypeOf<SamSegmentation>();
  expectTypeOf(await client.sam2EmbedImage(image)).toEqualTypeOf<KeptEmbedding>();
  expectTypeOf(await client.sam2SegmentImage(image)).toEqualTypeOf<Segmentation>();
  expectTypeOf(
    await client.sam2SegmentImage(image, { maskInputFormat: "binary" }),
  ).toEqualTypeOf<BinaryAnswer>();
  expectTypeOf(await client.sam3EmbedImage(image)).toEqualTypeOf<KeptEmbedding>();
  expectTypeOf(
    await client.sam3ConceptSegment(image, { prompts: [{ text: "a" }] }),
  ).toEqualTypeOf<ConceptSegmentation>();
  expectTypeOf(await client.sam3VisualSegment(image)).toEqualTypeOf<Segmentation>();
  expectTypeOf(await client.sam3_3dInfer(image, { maskInput: [] })).toEqualTypeOf<Sam3_3dResult>();
  expectTypeOf(await client.detectGazes(image)).toEqualTypeOf<never>();
}

export function refused(client: Client, image: ImageSource): void {
  // @ts-expect-error only EasyOCR takes languages
  void client.ocrImage(image, { model: "doctr", languageCodes: ["en"] });
  // @ts-expect-error no such model
  void client.ocrImage(image, { model: "tesseract" });
  // @ts-expect-error wire names are not options
  void client.getClipImageEmbeddings(image, { clip_version_id: "RN50" });
  // @ts-expect-error the text is missing
  void client.getClipTextEmbeddings();
  // @ts-expect-error the prompt is missing
  void client.clipCompare(image);
  // @ts-expect-error a text prompt is text
  void client.clipCompare(image, new Uint8Array());
  // @ts-expect-error a text subject is text
  void client.clipCompare(new Uint8Array(), "a", { subjectType: "text" });
  // @ts-expect-error no such type
  void client.perceptionEncoderCompare(image, "a", { promptType: "audio" });
  // @ts-expect-error Perception Encoder has versions of its own
  void client.getPerceptionEncoderImageEmbeddings(image, { clipVersion: "RN50" });
  // @ts-expect-error the text is missing
  void client.getPerceptionEncoderTextEmbeddings();
  // @ts-expect-error the model is missing
  void client.getImageEmbeddings(image);
  // @ts-expect-error no such output
  void client.getImageEmbeddings(image, { modelId: "a/1", outputType: "probabilities" });
  // @ts-expect-error the model is missing
  void client.inferLmm(image, { prompt: "a" });
  // @ts-expect-error the prompt is missing
  void client.promptCogvlm(image, {});
  // @ts-expect-error no such format
  void client.depthEstimation(image, { depthMapFormat: "exr" });
  // @ts-expect-error the classes are missing
  void client.inferFromYoloWorld(image, {});
  // @ts-expect-error the text is missing
  void client.inferFromGroundingDino(image, { boxThreshold: 0.5 });
  // @ts-expect-error a box of an example needs a class
  void client.inferFromOwlv2(image, { trainingData: [{ image, boxes: [{ x: 1, y: 1, w: 1, h: 1 }] }] });
  // @ts-expect-error no such format
  void client.samEmbedImage(image, { format: "rle" });
  // @ts-expect-error the points are missing
  void client.samSegmentImage(image, {});
  // @ts-expect-error the version belongs to SAM 2
  void client.sam3EmbedImage(image, { sam2VersionId: "hiera_tiny" });
  // @ts-expect-error a box has a width
  void client.sam2SegmentImage(image, { prompts: [{ box: { x: 1, y: 1 } }] });
  // @ts-expect-error segmenting is not embedding
  void client.sam2EmbedImage(image, { prompts: [] });
  // @ts-expect-error the prompts are missing
  void client.sam3ConceptSegment(image, { format: "rle" });
  // @ts-expect-error SAM 3 answers no archives
  void client.sam3VisualSegment(image, { maskInputFormat: "binary" });
  // @ts-expect-error the mask is missing
  void client.sam3_3dInfer(image, {});
}
