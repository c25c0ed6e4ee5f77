import { afterAll, beforeAll, expect, test } from "vitest";
import { DIFFERENCES } from "./differences.ts";
import { MODELS } from "./models.ts";
import { asJpeg, asPng, ONLY_BLUE, THREE_SHAPES } from "./pictures.ts";
import { failureOf } from "./results.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
let image: Uint8Array;
beforeAll(async () => {
  target = await openTarget();
  await target.unloadAllModels();
  image = await asPng(ONLY_BLUE);
});
afterAll(() => target.close());

test("checkServer lists the routes of the server, and what of this client works there", async () => {
  const check = await target.client({ apiKey: null }).checkServer();
  expect(check).toMatchObject({ version: target.version, source: "openapi", hosted: false });
  expect(check.routes).toEqual(expect.arrayContaining(["GET /info", "POST /infer/object_detection"]));
  for (const method of ["infer", "inferFromApiV0", "loadModel", "getServerInfo"]) {
    expect(check.methods[method]).toMatchObject({ available: true, missingRoutes: [] });
  }
  const routes = DIFFERENCES.routes.of(target);
  expect(check.methods.getImageEmbeddings?.available).toBe(routes === "of 1.8");
  expect(check.methods.inferOnVideo?.available).toBe(routes === "of 1.8");
  expect(check.methods.clipCompare?.available).toBe(routes !== "few");
});

test("what checkServer calls missing fails so when it is called", async () => {
  const client = target.client();
  const { methods } = await client.checkServer();
  if (methods.getImageEmbeddings?.available !== false) return;
  const error = await failureOf(client.getImageEmbeddings(image, { modelId: MODELS.classification }));
  expect(error).toMatchObject(
    target.kind === "sandbox"
      ? { code: "HTTP_ERROR", status: 501 }
      : { code: "ROUTE_NOT_AVAILABLE", route: "POST /infer/embeddings", since: "1.7.4" },
  );
});

test("operations without a method of their own are reached by path", async () => {
  const { endpoints } = target.client();
  expect(await endpoints.GET("/info")).toEqual(await target.client().getServerInfo());
  expect(await endpoints.GET("/healthz")).toEqual({ status: "healthy" });
  expect(await endpoints.GET("/readiness")).toEqual({ status: "ready" });
  const { data, meta } = await endpoints
    .POST("/infer/object_detection", {
      body: {
        model_id: MODELS["object-detection"],
        image: { type: "base64", value: Buffer.from(image).toString("base64") },
      },
    })
    .withMeta();
  expect(data).toMatchObject({ predictions: [{ class: "blue" }] });
  expect(meta.requestId).toMatch(/^[0-9a-f]{32}$/);
  const removed = await endpoints.POST("/model/remove", { body: { model_id: MODELS["object-detection"] } });
  expect(removed.models).toEqual([]);
});

test("an operation that fails gives the server's message, a refused body the places", async () => {
  const { endpoints } = target.client();
  const unknown = await failureOf(endpoints.POST("/model/add", { body: { model_id: "never-made/1" } }));
  expect(unknown).toMatchObject({
    code: "HTTP_ERROR",
    status: 404,
    serverMessage: expect.stringContaining("not found"),
  });
  const refused = await failureOf(Reflect.apply(endpoints.POST, endpoints, ["/model/add", { body: {} }]));
  expect(refused).toMatchObject({
    code: "HTTP_ERROR",
    status: 422,
    serverMessage: expect.stringContaining("model_id"),
  });
});

test("operations that only whole servers have", async () => {
  const { endpoints } = target.client();
  expect(await endpoints.GET("/workflows/execution_engine/versions")).toEqual({
    versions: [expect.stringMatching(/^1\.\d+\.\d+$/)],
  });
  const metrics: Promise<unknown> = endpoints.GET("/metrics");
  const start = endpoints.GET("/start/{dataset_id}/{version_id}", {
    params: { path: { dataset_id: "colours", version_id: "1" } },
  });
  if (DIFFERENCES.routes.of(target) === "few") {
    expect(await failureOf(metrics)).toMatchObject({ code: "ROUTE_NOT_AVAILABLE", route: "GET /metrics" });
    expect(await failureOf(start)).toMatchObject({ code: "ROUTE_NOT_AVAILABLE" });
    return;
  }
  expect(await metrics).toContain("# HELP");
  expect(await start).toMatchObject({ status: 200 });
});

test("vectors of a classifier are told apart by class and compare by their space", async () => {
  if (DIFFERENCES.routes.of(target) !== "of 1.8") return;
  const client = target.client();
  const options = { modelId: MODELS.classification } as const;
  const [blue, again, mixed] = await client.getImageEmbeddings(
    [image, await asPng(ONLY_BLUE), await asJpeg(THREE_SHAPES)],
    options,
  );
  expect(blue?.embeddings[0]).toHaveLength(3);
  expect(blue?.embedding_info).toMatchObject({ dimension: 3, output_type: "feature_vector" });
  expect(again?.embeddings).toEqual(blue?.embeddings);
  expect(mixed?.embeddings).not.toEqual(blue?.embeddings);
  expect(mixed?.embedding_info?.space_id).toBe(blue?.embedding_info?.space_id);
  const floats = await client.getImageEmbeddings(image, { ...options, as: "float32" });
  expect(floats.embeddings[0]).toEqual(Float32Array.from(blue?.embeddings[0] ?? []));
  const logits = await client.getImageEmbeddings(image, { ...options, outputType: "logits" });
  expect(logits.embedding_info?.space_id).not.toBe(blue?.embedding_info?.space_id);
  const error = await failureOf(client.getImageEmbeddings(image, { modelId: MODELS["object-detection"] }));
  expect(error).toMatchObject({ code: "HTTP_ERROR", status: 501 });
});

test("core models whose weights cannot be fetched say so", async () => {
  const client = target.client();
  const status = DIFFERENCES.routes.of(target) === "few" ? 501 : 404;
  for (const call of [
    () => client.getClipTextEmbeddings("a red square"),
    () => client.getClipImageEmbeddings(image),
    () => client.clipCompare(image, "a red square"),
    () => client.ocrImage(image),
    () => client.depthEstimation(image),
    () => client.sam2SegmentImage(image),
    () => client.inferLmm(image, { modelId: "never-made/1", prompt: "?" }),
  ]) {
    expect(await failureOf(call())).toMatchObject({ code: "HTTP_ERROR", status });
  }
});

test("a clip for a model of pictures is refused before it is sent; forms and text reach the v0 route", async () => {
  const client = target.client({ modelId: MODELS["object-detection"] });
  expect(await failureOf(client.inferOnVideo(image))).toMatchObject({ code: "MODEL_TASK_NOT_SUPPORTED" });
  for (const upload of ["multipart", "base64"] as const) {
    // The model takes it for a picture and answers with boxes: the clip has arrived whole.
    const error = await failureOf(client.inferOnVideoFromApiV0(image, { upload }));
    expect(error).toMatchObject({ code: "INVALID_RESPONSE", path: "timeline" });
    const noPicture = await failureOf(client.inferOnVideoFromApiV0(new Uint8Array(50), { upload }));
    expect(noPicture).toMatchObject({ code: "HTTP_ERROR", status: 400 });
  }
});
