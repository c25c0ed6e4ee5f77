import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  countByClass,
  decodeRle,
  detectionsOf,
  type InferenceHTTPClient,
  type InferenceResult,
  isAnomalyClassification,
  isBoxResult,
  isInstanceSegmentation,
  isRlePrediction,
  isSemanticSegmentation,
  readAnomalyMap,
  readSemanticMask,
  toCoco,
  toImageCoordinates,
} from "@inference-ts/sdk/node";

/** One method with the decoder behind it. */
export interface Decoder {
  readonly name: string;
  /** Route whose recorded answers are mutated; `v0` = the route by model id. */
  readonly route: string;
  /** Answers to mutate where none was recorded. */
  readonly seeds?: readonly unknown[];
  readonly apiMode?: "v0" | "v1";
  /** Task of the model that the call asks the registry about. */
  readonly task?: string;
  readonly run: (client: InferenceHTTPClient) => Promise<unknown>;
}

const IMAGE = new Uint8Array(
  readFileSync(join(import.meta.dirname, "../../fixtures/golden/inputs/images/red-64x48.png")),
);
const MODEL = { modelId: "colours/1" };
const BOXES = [
  {
    image: { width: 64, height: 48 },
    predictions: [{ x: 1, y: 2, width: 3, height: 4, confidence: 0.5, class: "a", class_id: 0 }],
    time: 0.1,
  },
];
const MASKS = [
  {
    predictions: [
      {
        masks: [
          [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
        ],
        confidence: 0.9,
        format: "polygon",
      },
    ],
    time: 0.1,
  },
];
const TEXT = [{ result: "a", time: 0.1, image: { width: 1, height: 1 }, predictions: [] }];

/** What reads a result further must fail in no other way either. */
async function readFurther(result: InferenceResult): Promise<InferenceResult> {
  detectionsOf(result);
  countByClass(result);
  toImageCoordinates(result);
  if (isBoxResult(result)) toCoco([{ fileName: "a.png", result }]);
  if (isAnomalyClassification(result) && result.anomaly_map !== undefined) readAnomalyMap(result);
  if (isSemanticSegmentation(result)) await readSemanticMask(result);
  if (isInstanceSegmentation(result)) {
    for (const { rle } of result.predictions.filter(isRlePrediction)) decodeRle(rle);
  }
  return result;
}

const infer = (task: string, route: string): Decoder => ({
  name: `infer ${task}`,
  route,
  task,
  apiMode: "v1",
  run: async (client) => readFurther(await client.infer(IMAGE, MODEL)),
});

/** Every decoder of the client. */
export const DECODERS: readonly Decoder[] = [
  infer("object-detection", "/infer/object_detection"),
  infer("instance-segmentation", "/infer/instance_segmentation"),
  infer("keypoint-detection", "/infer/keypoints_detection"),
  infer("classification", "/infer/classification"),
  infer("semantic-segmentation", "/infer/semantic_segmentation"),
  {
    name: "infer of a list",
    route: "a list of answers",
    seeds: [BOXES.concat(BOXES)],
    task: "object-detection",
    apiMode: "v1",
    run: (client) => client.infer([IMAGE, IMAGE], { ...MODEL, maxBatchSize: 2 }),
  },
  {
    name: "infer in v0",
    route: "v0",
    apiMode: "v0",
    run: async (client) => readFurther(await client.infer(IMAGE, MODEL)),
  },
  {
    name: "infer with pictures as bytes",
    route: "/infer/object_detection",
    task: "object-detection",
    apiMode: "v1",
    run: (client) => client.infer(IMAGE, { ...MODEL, configuration: { outputVisualisationFormat: "bytes" } }),
  },
  { name: "getServerInfo", route: "/info", run: (client) => client.getServerInfo() },
  {
    name: "listLoadedModels",
    route: "/model/registry",
    apiMode: "v1",
    run: (client) => client.listLoadedModels(),
  },
  { name: "loadModel", route: "/model/add", apiMode: "v1", run: (client) => client.loadModel("colours/1") },
  {
    name: "checkServer",
    route: "/openapi.json",
    seeds: [{ info: { version: "1.8.3" }, paths: { "/info": { get: {} }, "/{a}/{b}": { post: {} } } }],
    run: (client) => client.checkServer(),
  },
  {
    name: "inferOnVideo",
    route: "/infer/action_recognition",
    task: "action-recognition",
    apiMode: "v1",
    run: (client) => client.inferOnVideo(IMAGE, MODEL),
  },
  { name: "ocrImage", route: "/doctr/ocr", seeds: TEXT, run: (client) => client.ocrImage(IMAGE) },
  {
    name: "getClipImageEmbeddings",
    route: "/clip/embed_image",
    run: (client) => client.getClipImageEmbeddings(IMAGE),
  },
  {
    name: "getClipImageEmbeddings as float32",
    route: "/clip/embed_image",
    run: (client) => client.getClipImageEmbeddings(IMAGE, { as: "float32" }),
  },
  {
    name: "getClipTextEmbeddings",
    route: "/clip/embed_text",
    run: (client) => client.getClipTextEmbeddings("a"),
  },
  { name: "clipCompare", route: "/clip/compare", run: (client) => client.clipCompare(IMAGE, "a") },
  {
    name: "getPerceptionEncoderImageEmbeddings",
    route: "/perception_encoder/embed_image",
    run: (client) => client.getPerceptionEncoderImageEmbeddings(IMAGE),
  },
  {
    name: "getPerceptionEncoderTextEmbeddings",
    route: "/perception_encoder/embed_text",
    run: (client) => client.getPerceptionEncoderTextEmbeddings("a"),
  },
  {
    name: "perceptionEncoderCompare",
    route: "/perception_encoder/compare",
    seeds: [
      { similarity: [0.5], time: 0.1 },
      { similarity: { a: 0.5 }, time: 0.1 },
    ],
    run: (client) => client.perceptionEncoderCompare(IMAGE, "a"),
  },
  {
    name: "getImageEmbeddings",
    route: "/infer/embeddings",
    run: (client) => client.getImageEmbeddings(IMAGE, MODEL),
  },
  {
    name: "inferLmm",
    route: "/infer/lmm",
    run: (client) => client.inferLmm(IMAGE, { ...MODEL, prompt: "a" }),
  },
  {
    name: "promptCogvlm",
    route: "/llm/cogvlm",
    seeds: [{ response: "a", time: 0.1 }],
    run: (client) => client.promptCogvlm(IMAGE, { textPrompt: "a" }),
  },
  {
    name: "depthEstimation",
    route: "/infer/depth-estimation",
    run: (client) => client.depthEstimation(IMAGE),
  },
  {
    name: "depthEstimation as a map",
    route: "/infer/depth-estimation",
    run: (client) => client.depthEstimation(IMAGE, { depthMapFormat: "png16", as: "map" }),
  },
  {
    name: "inferFromYoloWorld",
    route: "/yolo_world/infer",
    seeds: BOXES,
    run: (client) => client.inferFromYoloWorld(IMAGE, { classNames: ["a"] }),
  },
  {
    name: "inferFromGroundingDino",
    route: "/grounding_dino/infer",
    seeds: BOXES,
    run: (client) =>
      Reflect.apply(client.inferFromGroundingDino, client, [IMAGE, { text: ["a"], classNames: ["a"] }]),
  },
  {
    name: "inferFromOwlv2",
    route: "/owlv2/infer",
    seeds: BOXES,
    run: (client) =>
      client.inferFromOwlv2(IMAGE, {
        trainingData: [{ image: IMAGE, boxes: [{ x: 1, y: 1, w: 2, h: 2, cls: "a", negative: false }] }],
      }),
  },
  {
    name: "samEmbedImage",
    route: "/sam/embed_image",
    seeds: [{ embeddings: [[[[0.5, 1]]]], time: 0.1 }],
    run: (client) => client.samEmbedImage(IMAGE),
  },
  {
    name: "samSegmentImage",
    route: "/sam/segment_image",
    seeds: [{ masks: [[[1, 2]]], low_res_masks: [[[1, 2]]], time: 0.1 }],
    run: (client) =>
      Reflect.apply(client.samSegmentImage, client, [IMAGE, { pointCoords: [[1, 1]], pointLabels: [1] }]),
  },
  {
    name: "sam2EmbedImage",
    route: "/sam2/embed_image",
    seeds: [{ image_id: "a", time: 0.1 }],
    run: (client) => client.sam2EmbedImage(IMAGE),
  },
  {
    name: "sam2SegmentImage",
    route: "/sam2/segment_image",
    seeds: MASKS,
    run: (client) => client.sam2SegmentImage(IMAGE),
  },
  {
    name: "sam2SegmentImage as bytes",
    route: "/sam2/segment_image",
    seeds: MASKS,
    run: (client) =>
      Reflect.apply(client.sam2SegmentImage, client, [
        IMAGE,
        { format: "binary", maskInputFormat: "binary" },
      ]),
  },
  { name: "sam3EmbedImage", route: "/sam3/embed_image", run: (client) => client.sam3EmbedImage(IMAGE) },
  {
    name: "sam3ConceptSegment",
    route: "/sam3/concept_segment",
    run: (client) => client.sam3ConceptSegment(IMAGE, { prompts: [{ type: "text", text: "a" }] }),
  },
  {
    name: "sam3VisualSegment",
    route: "/sam3/visual_segment",
    seeds: MASKS,
    run: (client) => client.sam3VisualSegment(IMAGE),
  },
  {
    name: "sam3_3dInfer",
    route: "/sam3_3d/infer",
    seeds: [
      { mesh_glb: "AAAA", gaussian_ply: null, objects: [{ mesh_glb: "AA==", metadata: {} }], time: 0.1 },
    ],
    run: (client) => Reflect.apply(client.sam3_3dInfer, client, [IMAGE, { maskInput: [[1, 1, 2, 2, 3, 3]] }]),
  },
];
