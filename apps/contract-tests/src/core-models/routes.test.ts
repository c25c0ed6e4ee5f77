import type { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { describe, expect, test } from "vitest";
import { PIXEL, PIXEL_BASE64 } from "../rig/images.ts";
import { recordingClient } from "./recording-client.ts";

const image = { type: "base64", value: PIXEL_BASE64 };
const box = { x: 5, y: 5, width: 4, height: 4, confidence: 0.9, class: "can", class_id: 0 };
const boxes = { image: { width: 1, height: 1 }, predictions: [box] };

interface Case {
  readonly call: (client: InferenceHTTPClient) => Promise<unknown>;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly answer: object;
}

/** What the recorded calls of the Python client do not have: routes that it does not wrap, options that it does not give. */
const CASES: Readonly<Record<string, Case>> = {
  "grounding dino": {
    call: (client) =>
      client.inferFromGroundingDino(PIXEL, {
        text: ["a can"],
        boxThreshold: 0.2,
        textThreshold: 0,
        classAgnosticNms: true,
        modelVersion: "default",
      }),
    path: "/grounding_dino/infer",
    body: {
      text: ["a can"],
      box_threshold: 0.2,
      text_threshold: 0,
      class_agnostic_nms: true,
      grounding_dino_version_id: "default",
      image,
    },
    answer: boxes,
  },
  "owlv2, examples loaded like images": {
    call: (client) =>
      client.inferFromOwlv2(PIXEL, {
        trainingData: [{ image: PIXEL, boxes: [{ x: 1, y: 1, w: 2, h: 2, cls: "can", negative: false }] }],
        confidence: 0.5,
      }),
    path: "/owlv2/infer",
    body: {
      training_data: [{ image, boxes: [{ x: 1, y: 1, w: 2, h: 2, cls: "can", negative: false }] }],
      confidence: 0.5,
      image,
    },
    answer: boxes,
  },
  "sam embedding": {
    call: (client) => client.samEmbedImage(PIXEL, { imageId: "i", samVersionId: "vit_b" }),
    path: "/sam/embed_image",
    body: { image_id: "i", sam_version_id: "vit_b", image },
    answer: { embeddings: [[[[0.5]]]], time: 1 },
  },
  "sam masks from an image": {
    call: (client) => client.samSegmentImage(PIXEL, { pointCoords: [[1, 2]], pointLabels: [1] }),
    path: "/sam/segment_image",
    body: { point_coords: [[1, 2]], point_labels: [1], image },
    answer: { masks: [], low_res_masks: [], time: 1 },
  },
  "sam masks from an embedding": {
    call: (client) =>
      client.samSegmentImage(null, {
        pointCoords: [[1, 2]],
        pointLabels: [0],
        embeddings: [[[[0.5]]]],
        origImSize: [4, 3],
        maskInput: [[[1]]],
        hasMaskInput: true,
        useMaskInputCache: false,
      }),
    path: "/sam/segment_image",
    body: {
      point_coords: [[1, 2]],
      point_labels: [0],
      embeddings: [[[[0.5]]]],
      orig_im_size: [4, 3],
      mask_input: [[[1]]],
      has_mask_input: true,
      use_mask_input_cache: false,
    },
    answer: { masks: [], low_res_masks: [], time: 1 },
  },
  "sam 2 embedding": {
    call: (client) => client.sam2EmbedImage(PIXEL, { imageId: "i" }),
    path: "/sam2/embed_image",
    body: { image_id: "i", image },
    answer: { image_id: "i", time: 1 },
  },
  "sam 2 caches": {
    call: (client) =>
      client.sam2SegmentImage(PIXEL, { imageId: "i", saveLogitsToCache: true, loadLogitsFromCache: false }),
    path: "/sam2/segment_image",
    body: {
      multimask_output: true,
      format: "json",
      sam2_version_id: "hiera_tiny",
      image_id: "i",
      save_logits_to_cache: true,
      load_logits_from_cache: false,
      image,
    },
    answer: { predictions: [], time: 1 },
  },
  "pp-ocr sizes": {
    call: (client) =>
      client.ocrImage(PIXEL, { model: "pp_ocr", textDetection: "none", textRecognition: "tiny" }),
    path: "/ocr/pp-ocr",
    body: { text_detection: "none", text_recognition: "tiny", image },
    answer: { result: "x", predictions: [box] },
  },
  "perception encoder, named images": {
    call: (client) =>
      client.perceptionEncoderCompare(
        "a can",
        { one: PIXEL, two: PIXEL },
        { subjectType: "text", promptType: "image" },
      ),
    path: "/perception_encoder/compare",
    body: {
      subject: "a can",
      subject_type: "text",
      prompt: { one: image, two: image },
      prompt_type: "image",
    },
    answer: { similarity: { one: 0.1, two: 0.2 } },
  },
  "clip, images on both sides": {
    call: (client) => client.clipCompare(PIXEL, PIXEL, { promptType: "image" }),
    path: "/clip/compare",
    body: { subject: image, subject_type: "image", prompt: image, prompt_type: "image" },
    answer: { similarity: [1] },
  },
};

describe.each(Object.entries(CASES))("%s", (_name, { call, path, body, answer }) => {
  test("sends what the route takes and gives back what it answers, unknown fields too", async () => {
    const full = { ...answer, added_later: { by: "the server" } };
    await using run = recordingClient(() => ({ json: full }));
    expect(await call(run.client)).toMatchObject(full);
    expect(run.requests).toHaveLength(1);
    expect(run.requests[0]?.path).toBe(path);
    expect(run.requests[0]?.body).toEqual({ api_key: "key-of-no-account", ...body });
  });

  test("refuses an answer of another form", async () => {
    await using run = recordingClient(() => ({ json: { something: "else" } }));
    await expect(call(run.client)).rejects.toMatchObject({ code: "INVALID_RESPONSE" });
  });
});
