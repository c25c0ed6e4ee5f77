import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./sandbox.ts";
import { drawShapes, encodeShapes } from "./shape-pictures.ts";
import { createAnswerCheck } from "./testing/answer-check.ts";
import { greyPixels } from "./testing/masks.ts";
import { at, getJson, imageField, postJson, postLegacy, rows } from "./testing/requests.ts";

const check = createAnswerCheck();

const picture = await encodeShapes(
  drawShapes({
    width: 64,
    height: 48,
    shapes: [
      { kind: "rectangle", colour: "red", x: 6, y: 6, width: 16, height: 20 },
      { kind: "rectangle", colour: "blue", x: 36, y: 18, width: 22, height: 24 },
    ],
  }),
);

const image = imageField(picture);
const detect = (sandbox: Sandbox, more: object = {}) =>
  postJson(sandbox, "/infer/object_detection", {
    model_id: "colours/1",
    api_key: "test-key",
    image,
    ...more,
  });

/** Task route, model that belongs to it, schema of its answer. */
const TASKS = [
  ["object_detection", "colours/1", "ObjectDetectionInferenceResponse"],
  ["instance_segmentation", "colour-masks/1", "InstanceSegmentationInferenceResponse"],
  ["keypoints_detection", "colour-points/1", "KeypointsDetectionInferenceResponse"],
  ["classification", "colour-kind/1", "ClassificationInferenceResponse"],
  ["classification", "colour-tags/1", "MultiLabelClassificationInferenceResponse"],
  ["semantic_segmentation", "colour-areas/1", "SemanticSegmentationInferenceResponse"],
] as const;

describe("answers fit the schemas of the server's document", () => {
  test.each([
    ["/info", "ServerVersionInfo"],
    ["/model/registry", "ModelsDescriptions"],
  ])("GET %s", async (path, schema) => {
    await using sandbox = await startSandbox();
    const reply = await getJson(sandbox, path);
    expect(reply.status).toBe(200);
    expect(check(schema, reply.json)).toEqual([]);
  });

  test.each(["/model/add", "/model/remove"])("POST %s", async (path) => {
    await using sandbox = await startSandbox();
    await detect(sandbox);
    const reply = await postJson(sandbox, path, { model_id: "colour-kind/1", api_key: "test-key" });
    expect(rows(reply.json, "models")).not.toEqual([]);
    expect(check("ModelsDescriptions", reply.json)).toEqual([]);
  });

  test.each(TASKS)("POST /infer/%s with %s", async (route, model, schema) => {
    await using sandbox = await startSandbox();
    const body = { model_id: model, api_key: "test-key", image, visualize_predictions: true };
    const one = (await postJson(sandbox, `/infer/${route}`, body)).json;
    expect(check(schema, one)).toEqual([]);
    const list = (await postJson(sandbox, `/infer/${route}`, { ...body, image: [image, image] })).json;
    expect(rows({ list }, "list").flatMap((item) => check(schema, item))).toEqual([]);
    expect(rows({ list }, "list")).toHaveLength(2);
    const legacy = (await postLegacy(sandbox, `/${model}?format=image_and_json`, picture)).json;
    expect(check(schema, legacy)).toEqual([]);
  });

  test("masks as run lengths", async () => {
    await using sandbox = await startSandbox();
    const body = { model_id: "colour-masks/1", api_key: "test-key", image, response_mask_format: "rle" };
    const { json } = await postJson(sandbox, "/infer/instance_segmentation", body);
    expect(check("InstanceSegmentationInferenceResponse", json)).toEqual([]);
    expect(at(json, "predictions.0.mask_format")).toBe("rle");
  });

  test("422 bodies", async () => {
    await using sandbox = await startSandbox();
    const reply = await detect(sandbox, { confidence: "highest", image: null, max_detections: 1.5 });
    expect(reply.status).toBe(422);
    expect(check("HTTPValidationError", reply.json)).toEqual([]);
    expect(rows(reply.json, "detail").map((row) => row.type)).toEqual([
      "list_type",
      "model_type",
      "float_parsing",
      "literal_error",
      "int_from_float",
    ]);
  });

  test("the check itself sees what is wrong", () => {
    expect(check("ServerVersionInfo", { name: "a", version: 1, uuid: "b" })).toEqual([
      "/version must be string",
    ]);
    expect(check("ServerVersionInfo", { name: "a", version: "1", uuid: "b", extra: 1 })).toEqual([
      "answer must NOT have unevaluated properties extra",
    ]);
  });
});

test("says that it is a sandbox", async () => {
  await using sandbox = await startSandbox();
  const reply = await getJson(sandbox, "/info");
  expect(at(reply.json, "name")).toContain("sandbox");
  expect(reply.headers.get("x-inference-sandbox")).toBe("inference-ts");
  expect((await getJson(sandbox, "/")).text).toContain("sandbox");
  expect(new URL(sandbox.url).hostname).toBe("127.0.0.1");
});

test("healthz, readiness and the list of its routes", async () => {
  await using sandbox = await startSandbox();
  expect((await getJson(sandbox, "/healthz")).json).toEqual({ status: "healthy" });
  expect((await getJson(sandbox, "/readiness")).json).toEqual({ status: "ready" });
  const paths = at((await getJson(sandbox, "/openapi.json")).json, "paths");
  expect(Object.keys(paths ?? {})).toEqual(
    expect.arrayContaining(["/info", "/model/add", "/infer/classification", "/{project}/{version}"]),
  );
});

describe("keys", () => {
  test("loading needs a key, a loaded model none", async () => {
    await using sandbox = await startSandbox();
    expect((await detect(sandbox, { api_key: null })).status).toBe(401);
    expect((await detect(sandbox, { api_key: "test-key" })).status).toBe(200);
    expect((await detect(sandbox, { api_key: "nonsense" })).status).toBe(200);
    await postJson(sandbox, "/model/clear", "");
    expect((await detect(sandbox, { api_key: "nonsense" })).status).toBe(401);
  });

  test("the header wins over the body; the query counts on v0 only", async () => {
    await using sandbox = await startSandbox();
    const body = { model_id: "colours/1", api_key: "test-key", image };
    const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
    expect((await postJson(sandbox, "/infer/object_detection", body, bearer("wrong"))).status).toBe(401);
    const noKey = { model_id: "colours/1", image };
    expect((await postJson(sandbox, "/infer/object_detection?api_key=test-key", noKey)).status).toBe(401);
    expect((await postJson(sandbox, "/infer/object_detection", noKey, bearer("test-key"))).status).toBe(200);
    expect((await postLegacy(sandbox, "/colour-kind/1?api_key=test-key", picture)).status).toBe(200);
  });

  test("with a required key every request needs it, except those that tell about the server", async () => {
    await using sandbox = await startSandbox({ apiKey: "my-key" });
    for (const path of ["/", "/info", "/healthz", "/readiness", "/openapi.json"]) {
      expect((await getJson(sandbox, path)).status).toBe(200);
    }
    const refused = await getJson(sandbox, "/model/registry");
    expect([refused.status, refused.json]).toEqual([401, { status: 401, message: "Unauthorized api_key" }]);
    expect((await detect(sandbox)).status).toBe(401);
    expect((await detect(sandbox, { api_key: "my-key" })).status).toBe(200);
    expect((await getJson(sandbox, "/model/registry", { authorization: "Bearer my-key" })).status).toBe(200);
    expect((await postLegacy(sandbox, "/colours/1?api_key=my-key", picture)).status).toBe(200);
    expect((await postLegacy(sandbox, "/colours/1", picture)).status).toBe(401);
  });
});

describe("models", () => {
  test("cold starts are reported once", async () => {
    await using sandbox = await startSandbox();
    const first = (await detect(sandbox)).headers;
    expect([first.get("x-model-cold-start"), first.get("x-model-cold-start-count")]).toEqual(["true", "1"]);
    expect(JSON.parse(first.get("x-model-load-details") ?? "")).toMatchObject([{ m: "colours/1" }]);
    expect(first.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
    const second = (await detect(sandbox)).headers;
    expect([second.get("x-model-cold-start"), second.get("x-model-load-details")]).toEqual(["false", null]);
    expect(second.get("x-model-id")).toBe("colours/1");
  });

  test("the model decides about the answer, not the route", async () => {
    await using sandbox = await startSandbox();
    expect(at((await detect(sandbox, { model_id: "colour-kind/1" })).json, "top")).toBe("blue");
  });

  test.each([
    [{ iou_threshold: 0.9 }, 4],
    [{ iou_threshold: 0.9, max_detections: 3 }, 3],
    [{ class_filter: ["red"] }, 1],
    [{ class_filter: ["nope"] }, 0],
    [{ class_filter: [] }, 2],
    [{ max_detections: 0 }, 0],
    [{ confidence: true }, 0],
    [{ confidence: 0.96 }, 0],
    [{ confidence: "best" }, 2],
    [{}, 2],
  ])("%j gives %i boxes", async (more, count) => {
    await using sandbox = await startSandbox();
    expect(rows((await detect(sandbox, more)).json, "predictions")).toHaveLength(count);
  });

  test("null as model id is the server's plain 500", async () => {
    await using sandbox = await startSandbox();
    const reply = await detect(sandbox, { model_id: null });
    expect([reply.status, reply.text]).toEqual([500, "Internal Server Error"]);
  });
});

describe("pictures", () => {
  test.each([
    ["an empty list", [], 400, "Detected empty input to the model"],
    ["an unknown type", { type: "weird", value: "" }, 400, "not recognised image type"],
    ["empty text", { type: "base64", value: "" }, 400, "Empty image payload."],
    ["a value that is no text", { type: "base64", value: 5 }, 500, "Internal error."],
    ["a data URL", { type: "url", value: "data:image/png;base64,AAAA" }, 400, "could not be decoded"],
    ["a word as URL", { type: "url", value: "nonsense" }, 400, "Provided image URL is invalid"],
  ])("%s is refused as by the real server", async (_name, value, status, message) => {
    await using sandbox = await startSandbox();
    const reply = await detect(sandbox, { image: value });
    expect([reply.status, at(reply.json, "message")]).toEqual([status, expect.stringContaining(message)]);
  });

  test.each([
    [{ value: "a" }, ["list_type", "missing"]],
    [[{ value: "a" }], ["missing", "model_type"]],
    [[null], ["model_type", "model_type"]],
  ])("%j is no image declaration", async (value, types) => {
    await using sandbox = await startSandbox();
    const reply = await detect(sandbox, { image: value });
    expect([reply.status, rows(reply.json, "detail").map((row) => row.type)]).toEqual([422, types]);
  });

  test("URLs of this machine are read, everything else is refused", async () => {
    const files = createServer((request, response) => {
      response.writeHead(request.url === "/a.png" ? 200 : 404);
      response.end(request.url === "/a.png" ? picture : "");
    });
    await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", () => resolve()));
    const address = files.address();
    const base = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    try {
      await using sandbox = await startSandbox();
      const byUrl = (value: string) => detect(sandbox, { image: { type: "url", value } });
      expect(rows((await byUrl(`${base}/a.png`)).json, "predictions")).toHaveLength(2);
      expect((await byUrl(`${base}/missing.png`)).json).toEqual({
        message: "Could not load input image. Cause: Data pointed by URL could not be decoded into image.",
      });
      expect((await byUrl("https://example.com/a.png")).status).toBe(400);
      expect((await byUrl("http://10.0.0.1/a.png")).status).toBe(400);
      expect((await byUrl("file:///etc/hostname")).status).toBe(400);
      const legacy = await getJson(sandbox, `/colours/1?image=${encodeURIComponent(`${base}/a.png`)}`);
      expect(rows(legacy.json, "predictions")).toHaveLength(2);
    } finally {
      await new Promise((resolve) => files.close(resolve));
    }
  });

  test("v0 answers a JPEG where a picture is asked for", async () => {
    await using sandbox = await startSandbox();
    const headers = { "content-type": "text/plain" };
    const url = `${sandbox.url}/colours/1?api_key=test-key&format=image&stroke=2`;
    const reply = await fetch(url, { method: "POST", headers, body: image.value });
    expect(reply.headers.get("content-type")).toBe("image/jpeg");
    expect([...new Uint8Array(await reply.arrayBuffer()).subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  });

  test("semantic segmentation is not drawn; under a threshold that nothing reaches all is background", async () => {
    await using sandbox = await startSandbox();
    const drawn = await postLegacy(sandbox, "/colour-areas/1?api_key=test-key&format=image", picture);
    expect([drawn.status, drawn.headers.get("content-type"), drawn.text]).toEqual([200, "image/jpeg", ""]);
    const unsure = (await postLegacy(sandbox, "/colour-areas/1?confidence=0.9999", picture)).json;
    expect(at(unsure, "predictions.present_class_ids")).toEqual([0]);
    const mask = await greyPixels(String(at(unsure, "predictions.confidence_mask")));
    expect(mask.at(10, 10)).toBe(0);
  });

  test("bad query values are refused with 422", async () => {
    await using sandbox = await startSandbox();
    const reply = await postLegacy(sandbox, "/colours/1?confidence=much&stroke=thick", picture);
    expect([reply.status, rows(reply.json, "detail").map((row) => row.loc)]).toEqual([
      422,
      [
        ["query", "confidence", "float"],
        ["query", "confidence", "literal['best','default']"],
        ["query", "stroke"],
      ],
    ]);
  });
});

describe("bodies that are no JSON object", () => {
  test.each([
    ["{", { "content-type": "application/json" }, "json_invalid"],
    ["[]", { "content-type": "application/json" }, "model_attributes_type"],
    ["{}", { "content-type": "text/plain" }, "model_attributes_type"],
    ["", { "content-type": "application/json" }, "missing"],
  ])("%j with %j is refused with 422", async (body, headers, type) => {
    await using sandbox = await startSandbox();
    const reply = await postJson(sandbox, "/infer/object_detection", body, headers);
    expect([reply.status, at(reply.json, "detail.0.type")]).toEqual([422, type]);
  });
});

test.each([
  ["GET", "/nothing", 404],
  ["POST", "/nothing", 405],
  ["POST", "/a/b/c", 405],
  ["HEAD", "/info", 405],
  ["POST", "/info", 405],
  ["PUT", "/model/registry", 405],
  ["DELETE", "/colours/1", 405],
  ["GET", "/model/add", 400],
])("%s %s is answered with %i", async (method, path, status) => {
  await using sandbox = await startSandbox();
  expect((await fetch(sandbox.url + path, { method })).status).toBe(status);
});

test("routes of the real server that are not here say so", async () => {
  await using sandbox = await startSandbox();
  const reply = await postJson(sandbox, "/clip/embed_text", {});
  expect(reply.status).toBe(501);
  expect(at(reply.json, "message")).toContain("sandbox does not serve POST /clip/embed_text");
});

test("counts requests by route and keeps a log without query", async () => {
  const seen: string[] = [];
  const sandbox = await startSandbox({
    logger: (entry) => seen.push(`${entry.status} ${entry.method} ${entry.path}`),
  });
  await detect(sandbox);
  await postLegacy(sandbox, "/colours/1?api_key=test-key", picture);
  await getJson(sandbox, "/nothing");
  expect(sandbox.requests).toMatchObject({
    total: 3,
    byRoute: { "/infer/object_detection": 1, "/{project}/{version}": 1, other: 1 },
  });
  await sandbox.close();
  expect(seen).toEqual(["200 POST /infer/object_detection", "200 POST /colours/1", "404 GET /nothing"]);
});

test.each([
  [{ port: -1 }, "port is -1"],
  [{ port: 1.5 }, "port is 1.5"],
  [{ apiKey: "" }, "apiKey is empty"],
])("%j is refused", async (options, message) => {
  await expect(startSandbox(options)).rejects.toMatchObject({
    code: "INVALID_PARAMETER",
    message: expect.stringContaining(message),
  });
});

test("a taken port is refused with a connection error", async () => {
  await using sandbox = await startSandbox();
  const port = Number(new URL(sandbox.url).port);
  await expect(startSandbox({ port })).rejects.toMatchObject({
    code: "CONNECTION_FAILED",
    systemCode: "EADDRINUSE",
  });
});
