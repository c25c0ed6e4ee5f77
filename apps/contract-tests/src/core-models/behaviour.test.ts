import { InferenceHTTPClient, isInferenceError } from "@inference-ts/sdk/node";
import { readDepthMap } from "@inference-ts/sdk/predictions";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRecord } from "../golden/json.ts";
import { PIXEL, pixels } from "../rig/images.ts";
import { type Recorded, recordingClient } from "./recording-client.ts";

const imagesIn = ({ body }: Recorded) => (Array.isArray(body.image) ? body.image.length : 1);

describe("lists", () => {
  test("one image gives one result, a list a list, an empty list an empty one", async () => {
    await using run = recordingClient(() => ({ json: { result: "x" } }));
    expect(await run.client.ocrImage(PIXEL)).toEqual({ result: "x" });
    expect(await run.client.ocrImage([PIXEL])).toEqual([{ result: "x" }]);
    expect(await run.client.ocrImage([])).toEqual([]);
    expect(run.requests).toHaveLength(2);
  });

  test("batches only where the route takes several images", async () => {
    await using run = recordingClient((request) => ({
      json:
        request.path === "/clip/embed_image"
          ? { embeddings: Array.from({ length: imagesIn(request) }, (_, index) => [index]) }
          : { predictions: [] },
    }));
    const options = { maxBatchSize: 4 };
    expect(await run.client.getClipImageEmbeddings(pixels(6), options)).toHaveLength(6);
    expect(run.requests.map(imagesIn)).toEqual([4, 2]);
    await run.client.sam2SegmentImage(pixels(3), options);
    expect(run.requests.slice(2).map(imagesIn)).toEqual([1, 1, 1]);
  });

  test("keeps to the window, and the first failure ends the rest", async () => {
    let open = 0;
    let peak = 0;
    await using run = recordingClient(async () => {
      open += 1;
      peak = Math.max(peak, open);
      await Promise.resolve();
      open -= 1;
      return run.requests.length < 5 ? { json: { result: "x" } } : { json: { message: "full" }, status: 507 };
    });
    const call = run.client.ocrImage(pixels(100), { maxConcurrentRequests: 3 });
    await expect(call).rejects.toMatchObject({ code: "HTTP_ERROR", status: 507 });
    expect(peak).toBe(3);
    expect(run.requests.length).toBeLessThan(12);
  });

  test.each([
    [{ embeddings: [[1]] }, "embeddings"],
    [[{ embeddings: [[1]] }], ""],
    [{ embeddings: [[1], ["far"]] }, "embeddings[0][0]"],
  ])("a batch of two refuses %j", async (json, path) => {
    await using run = recordingClient(() => ({ json }));
    await expect(run.client.getClipImageEmbeddings(pixels(2), { maxBatchSize: 2 })).rejects.toMatchObject({
      code: "INVALID_RESPONSE",
      path,
    });
  });
});

describe("forms of results", () => {
  test("vectors as Float32Array on request", async () => {
    await using run = recordingClient(() => ({ json: { embeddings: [[0.5, 1]], time: 1 } }));
    const packed = await run.client.getClipTextEmbeddings("a", { as: "float32" });
    expect(packed).toEqual({ embeddings: [Float32Array.of(0.5, 1)], time: 1 });
    const plain = await run.client.getPerceptionEncoderImageEmbeddings(PIXEL);
    expect(plain.embeddings).toEqual([[0.5, 1]]);
  });

  test("depth as sent, or as a map", async () => {
    await using run = recordingClient(() => ({ json: { normalized_depth: [[0, 0.5, 1]] } }));
    const wire = await run.client.depthEstimation(PIXEL);
    const map = { width: 3, height: 1, data: Float32Array.of(0, 0.5, 1) };
    expect(wire).toEqual({ normalized_depth: [[0, 0.5, 1]] });
    expect(await readDepthMap(wire)).toEqual(map);
    expect((await run.client.depthEstimation(PIXEL, { as: "map" })).normalized_depth).toEqual(map);
  });

  test("bytes where they were asked for, and nowhere else", async () => {
    const bytes = Uint8Array.of(0x50, 0x4b, 3, 4);
    await using run = recordingClient(() => ({ bytes, type: "application/octet-stream" }));
    expect(await run.client.sam2SegmentImage(PIXEL, { maskInputFormat: "binary" })).toEqual({ bytes });
    expect(await run.client.samEmbedImage(PIXEL, { format: "binary" })).toEqual({ bytes });
    await expect(run.client.sam2SegmentImage(PIXEL)).rejects.toMatchObject({ code: "INVALID_RESPONSE" });
  });

  test("a page of a proxy is no binary answer", async () => {
    await using run = recordingClient(() => ({
      bytes: new TextEncoder().encode("<html>"),
      type: "text/html",
    }));
    await expect(run.client.samEmbedImage(PIXEL, { format: "binary" })).rejects.toMatchObject({
      code: "INVALID_RESPONSE",
    });
  });
});

describe("keys and attribution", () => {
  test.each([
    ["auto", false, true, true],
    ["legacy", true, true, false],
    ["both", false, true, true],
    ["header", false, false, true],
  ] as const)("SAM 3 with %s", async (apiKeyTransport, query, body, header) => {
    await using run = recordingClient(() => ({ json: { image_id: "i" } }));
    await run.client.sam3EmbedImage(PIXEL, { configuration: { apiKeyTransport } });
    const [sent] = run.requests;
    expect(sent?.query.api_key !== undefined).toBe(query);
    expect(sent?.body.api_key !== undefined).toBe(body);
    expect(sent?.headers.authorization !== undefined).toBe(header);
  });

  test("execution id and proof go with inference, not with the registry", async () => {
    await using run = recordingClient(
      ({ path }) => ({
        json: path === "/model/registry" ? REGISTRY : { image: { width: 1, height: 1 }, predictions: [] },
      }),
      { executionIdHeader: "X-Execution", internalServiceSecret: "inside" },
    );
    await run.client.infer(PIXEL, { modelId: "a/1", executionId: "e-1" });
    const [registry, inference] = run.requests;
    expect(registry?.headers).not.toHaveProperty("x-execution");
    expect(registry?.headers).not.toHaveProperty("x-internal-remote-exec-req");
    expect(inference?.headers).toMatchObject({
      "x-execution": "e-1",
      "x-internal-remote-exec-req": "inside",
    });
  });

  test("what a tag leaves open is said by the configuration, in query and body; an empty id is none", async () => {
    await using run = recordingClient(() => ({ json: { result: "x" } }), {
      configuration: { source: "mine", sourceInfo: "info" },
    });
    await run.client.ocrImage(PIXEL, { usageTags: { source: "workflow" }, executionId: "" });
    const [request] = run.requests;
    expect(request?.query).toEqual({ source: "workflow", source_info: "info" });
    expect(request?.body).toMatchObject({ source: "workflow", source_info: "info" });
    expect(request?.headers).not.toHaveProperty("execution_id");
  });

  test("a list of one image is compared as that image", async () => {
    await using run = recordingClient(() => ({ json: { similarity: [0.5] } }));
    await run.client.clipCompare(PIXEL, [PIXEL], { promptType: "image" });
    expect(run.requests[0]?.body).toMatchObject({ prompt: { type: "base64" } });
  });

  test("tags and a forwarded secret replace the configuration of one call only", async () => {
    await using run = recordingClient(() => ({ json: { result: "x" } }), {
      configuration: { source: "mine", serviceSecret: "own", countInference: true },
    });
    const tags = { source: "workflow", source_info: "w-7", team: "blue" };
    await run.client.ocrImage(PIXEL, { usageTags: tags, outboundServiceSecret: "forwarded" });
    await run.client.ocrImage(PIXEL);
    const [tagged, plain] = run.requests;
    expect(tagged?.query).toEqual({
      ...tags,
      source_info_origin: "context",
      service_secret: "forwarded",
      countinference: "False",
    });
    expect(tagged?.body).toMatchObject(tags);
    expect(plain?.query).toEqual({ service_secret: "own", countinference: "True" });
    expect(plain?.body).toMatchObject({ source: "mine" });
  });

  test("no secret in errors and events", async () => {
    const secrets = ["key-of-no-account", "forwarded-secret", "inside-secret"];
    await using run = recordingClient(
      () => ({ json: { message: `no: ${secrets.join(" ")}` }, status: 400 }),
      {
        internalServiceSecret: "inside-secret",
      },
    );
    const error: unknown = await run.client
      .ocrImage(PIXEL, { outboundServiceSecret: "forwarded-secret" })
      .catch((caught: unknown) => caught);
    const shown = `${String(error)} ${JSON.stringify(error)} ${JSON.stringify(run.events)}`;
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });
});

describe("refusals", () => {
  test.each(["../admin", "a//b", "", "a/."])("a path does not take the model id %j", async (modelId) => {
    await using run = recordingClient(() => ({ json: {} }));
    for (const call of [run.client.inferLmm, run.client.depthEstimation]) {
      const options = { modelId, modelIdInPath: true };
      await expect(Reflect.apply(call, run.client, [PIXEL, options])).rejects.toMatchObject({
        code: "INVALID_MODEL_ID",
      });
    }
    expect(run.requests).toEqual([]);
  });

  test("an unknown OCR model, a type of comparison that is none, text that is no text", async () => {
    await using run = recordingClient(() => ({ json: {} }));
    const { client } = run;
    const calls: readonly [keyof InferenceHTTPClient, readonly unknown[]][] = [
      ["ocrImage", [PIXEL, { model: "constructor" }]],
      ["clipCompare", [PIXEL, "a", { promptType: "audio" }]],
      ["clipCompare", [PIXEL, 7, { promptType: "text" }]],
      ["clipCompare", [PIXEL, "a", { subjectType: "text" }]],
    ];
    for (const [name, args] of calls) {
      const method: unknown = client[name];
      if (typeof method !== "function") throw new Error(`no method ${String(name)}`);
      await expect(Reflect.apply(method, client, args)).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
    }
    expect(run.requests).toEqual([]);
  });

  test.each<[keyof InferenceHTTPClient, readonly unknown[], RegExp]>([
    ["inferFromYoloWorld", [PIXEL], /option classNames of inferFromYoloWorld .* is missing/],
    [
      "inferFromYoloWorld",
      [PIXEL, { classNames: "cat" }],
      /classNames .* list of strings, but is of type string/,
    ],
    ["inferFromGroundingDino", [PIXEL, {}], /option text of/],
    ["inferFromGroundingDino", [PIXEL, { text: "cat" }], /option text of/],
    ["inferFromOwlv2", [PIXEL], /trainingData/],
    ["inferFromOwlv2", [PIXEL, { trainingData: [{ image: PIXEL }] }], /boxes of trainingData\[0\]/],
    ["getImageEmbeddings", [PIXEL], /modelId/],
    ["inferLmm", [PIXEL], /modelId/],
    ["inferLmm", [PIXEL, { modelIdInPath: true }], /modelId/],
    ["depthEstimation", [PIXEL, { modelId: 7, modelIdInPath: true }], /modelId .* type number/],
    ["promptCogvlm", [PIXEL], /textPrompt/],
    ["promptCogvlm", [PIXEL, "a cat"], /options of promptCogvlm must be an object, but are of type string/],
    ["samSegmentImage", [PIXEL], /pointCoords/],
    ["samSegmentImage", [PIXEL, { pointCoords: [[1, 2]] }], /pointLabels/],
    [
      "sam2SegmentImage",
      [PIXEL, { prompts: { box: {} } }],
      /option prompts of sam2SegmentImage .* list of objects/,
    ],
    [
      "sam3VisualSegment",
      [PIXEL, { prompts: [{ points: 7 }] }],
      /points of prompts\[0\] of sam3VisualSegment/,
    ],
    ["sam3ConceptSegment", [PIXEL], /prompts/],
    ["sam3ConceptSegment", [PIXEL, { prompts: [{ boxes: {} }] }], /boxes of prompts\[0\]/],
    ["sam3_3dInfer", [PIXEL], /maskInput/],
    ["getClipTextEmbeddings", [], /text/],
    ["getPerceptionEncoderTextEmbeddings", [[1]], /text/],
    ["ocrImage", [PIXEL, { model: 7 }], /model .* string/],
    ["ocrImage", [PIXEL, { languageCodes: "en" }], /languageCodes/],
  ])("%s of %j says which option is wrong, and sends nothing", async (name, args, message) => {
    await using run = recordingClient(() => ({ json: {} }));
    const method: unknown = run.client[name];
    if (typeof method !== "function") throw new Error(`no method ${String(name)}`);
    const call: Promise<unknown> = Reflect.apply(method, run.client, args);
    const error: unknown = await call.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "INVALID_PARAMETER", message: expect.stringMatching(message) });
    expect(run.requests).toEqual([]);
  });

  test("gaze detection says what became of it, and sends nothing", async () => {
    await using run = recordingClient(() => ({ json: {} }));
    await expect(run.client.detectGazes(PIXEL)).rejects.toMatchObject({ code: "FEATURE_DEPRECATED" });
    expect(run.requests).toEqual([]);
  });
});

describe("CogVLM", () => {
  const options = { textPrompt: "what?", chatHistory: [["one", "two"]] as const };

  test("is asked where it is still there", async () => {
    await using run = recordingClient(() => ({ json: { response: "a can", time: 1 } }));
    expect(await run.client.promptCogvlm(PIXEL, options)).toEqual({ response: "a can", time: 1 });
    expect(run.requests[0]).toMatchObject({
      path: "/llm/cogvlm",
      body: { model_id: "cogvlm", prompt: "what?", history: [["one", "two"]], api_key: "key-of-no-account" },
    });
  });

  test.each([
    ["1.8.3", "FEATURE_DEPRECATED"],
    ["0.20.1", "HTTP_ERROR"],
  ])("a refusal of a server %s is %s", async (version, code) => {
    await using run = recordingClient(({ path }) =>
      path === "/info"
        ? { json: { name: "n", version, uuid: "u" } }
        : { json: { message: "Invalid base64 input" }, status: 400 },
    );
    const error: unknown = await run.client.promptCogvlm(PIXEL, options).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code });
    if (code === "FEATURE_DEPRECATED") expect(String(error)).toContain("inferLmm");
  });

  test("a busy server is not taken for one without it", async () => {
    await using run = recordingClient(() => ({ json: { message: "busy" }, status: 503 }), {
      retry: { baseDelayMs: 0 },
    });
    await expect(run.client.promptCogvlm(PIXEL, options)).rejects.toMatchObject({
      code: "HTTP_ERROR",
      status: 503,
    });
  });
});

test("the stations of a call are those of infer", async () => {
  await using run = recordingClient(() => ({ json: { result: "x" } }));
  const { meta } = await run.client.ocrImage(PIXEL).withMeta();
  expect(run.events.map(({ station }) => station)).toEqual([
    "call",
    "plan",
    "load",
    "batch",
    "endpoint",
    "send",
    "decode",
  ]);
  expect(meta).toMatchObject({ attempts: 1 });
});

const SAMPLES: Readonly<Record<string, readonly [args: readonly unknown[], answer: unknown]>> = {
  ocrImage: [
    [PIXEL],
    {
      result: "x",
      predictions: [{ x: 1, y: 1, width: 1, height: 1, confidence: 1, class: "w", class_id: 0 }],
    },
  ],
  getClipImageEmbeddings: [[[PIXEL, PIXEL], { maxBatchSize: 2, as: "float32" }], { embeddings: [[1], [2]] }],
  getClipTextEmbeddings: [["a"], { embeddings: [[1]] }],
  clipCompare: [[PIXEL, ["a"]], { similarity: [1] }],
  getImageEmbeddings: [[PIXEL, { modelId: "m" }], { embeddings: [[1]], embedding_info: { space_id: "s" } }],
  inferLmm: [[PIXEL, { modelId: "m" }], { response: { a: "b" } }],
  depthEstimation: [
    [PIXEL, { as: "map" }],
    {
      normalized_depth: [
        [0, 1],
        [1, 0],
      ],
    },
  ],
  inferFromYoloWorld: [
    [PIXEL, { classNames: ["a"] }],
    { predictions: [{ x: 1, y: 1, width: 1, height: 1, confidence: 1, class: "w", class_id: 0 }] },
  ],
  samSegmentImage: [
    [PIXEL, { pointCoords: [[1, 1]], pointLabels: [1] }],
    { masks: [[[1]]], low_res_masks: [[[1]]] },
  ],
  sam2SegmentImage: [[PIXEL], { predictions: [{ masks: [[[1, 2]]], confidence: 1 }] }],
  sam3ConceptSegment: [
    [PIXEL, { prompts: [{ text: "a" }] }],
    { prompt_results: [{ prompt_index: 0, predictions: [] }] },
  ],
  sam3_3dInfer: [[PIXEL, { maskInput: [1] }], { objects: [{ mesh_glb: null }] }],
};

test.each(Object.entries(SAMPLES))(
  "%s gives a result or one of our errors for any answer",
  async (name, [args, answer]) => {
    let json: unknown = answer;
    await using run = recordingClient(() => ({ json }));
    const method: unknown = Reflect.get(InferenceHTTPClient.prototype, name);
    if (typeof method !== "function") throw new Error(`no method ${name}`);
    await Reflect.apply(method, run.client, args);
    const mutated = fc
      .tuple(fc.nat(), fc.jsonValue({ maxDepth: 3 }))
      .map(([at, value]) => mutate(answer, at, value));
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, fc.jsonValue()), async (body) => {
        json = body;
        try {
          await Reflect.apply(method, run.client, args);
        } catch (error) {
          expect(isInferenceError(error), String(error)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  },
);

const REGISTRY = { models: [{ model_id: "a/1", task_type: "object-detection" }] };

/** The value with one of its places, chosen by `at`, replaced. */
function mutate(value: unknown, at: number, replacement: unknown): unknown {
  const places = count(value);
  let left = at % places;
  const walk = (node: unknown): unknown => {
    if (left === 0) {
      left -= 1;
      return replacement;
    }
    left -= 1;
    if (Array.isArray(node)) return node.map(walk);
    if (isRecord(node))
      return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, walk(item)]));
    return node;
  };
  return walk(value);
}

function count(value: unknown): number {
  const items = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
  return 1 + items.reduce((sum: number, item: unknown) => sum + count(item), 0);
}
