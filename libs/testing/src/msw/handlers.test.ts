import { HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SANDBOX_MODELS } from "../sandbox/models.ts";
import { createAnswerCheck } from "../sandbox/testing/answer-check.ts";
import { at } from "../sandbox/testing/requests.ts";
import { objectDetectionFixture, serverInfoFixture, taskFixtures } from "./fixtures.ts";
import { inferenceHandlers } from "./handlers.ts";

const URL_BASE = "http://inference.test:9001/base";
const server = setupServer();

beforeEach(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.close());

const get = async (path: string): Promise<unknown> => (await fetch(URL_BASE + path)).json();

const post = (path: string, body: unknown) =>
  fetch(URL_BASE + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const image = { type: "base64", value: "AAAA" };

describe("fixtures fit the schemas of the server's document", () => {
  const check = createAnswerCheck();
  const SCHEMAS = {
    "object-detection": "ObjectDetectionInferenceResponse",
    "instance-segmentation": "InstanceSegmentationInferenceResponse",
    "keypoint-detection": "KeypointsDetectionInferenceResponse",
    classification: "ClassificationInferenceResponse",
    "multi-label-classification": "MultiLabelClassificationInferenceResponse",
    "semantic-segmentation": "SemanticSegmentationInferenceResponse",
  } as const;

  test.each(Object.entries(taskFixtures))("%s", (task, fixture) => {
    const schema = Object.entries(SCHEMAS).find(([name]) => name === task)?.[1] ?? "";
    expect(check(schema, fixture)).toEqual([]);
  });
});

test("info and registry, which is filled by loading and emptied again", async () => {
  server.use(...inferenceHandlers({ apiUrl: `${URL_BASE}/` }));
  expect(await get("/info")).toEqual(serverInfoFixture);
  expect(at(await get("/model/registry"), "models")).toEqual([]);
  await post("/model/add", { model_id: "colour-kind/1" });
  await post("/model/add", { model_id: "yolov8n-640" });
  expect(await get("/model/registry")).toMatchObject({
    models: [
      { model_id: "colour-kind/1", task_type: "classification" },
      { model_id: "coco/3", task_type: "object-detection" },
    ],
  });
  await post("/model/remove", { model_id: "coco/3" });
  expect(at(await get("/model/registry"), "models.length")).toBe(1);
  await post("/model/clear", {});
  expect(at(await get("/model/registry"), "models")).toEqual([]);
  expect((await post("/model/add", {})).status).toBe(422);
});

test.each(SANDBOX_MODELS.map((model) => [model.modelId, model.task] as const))(
  "%s answers as %s",
  async (modelId, task) => {
    server.use(...inferenceHandlers({ apiUrl: URL_BASE }));
    const route = "/infer/object_detection";
    expect(await (await post(route, { model_id: modelId, image })).json()).toEqual(taskFixtures[task]);
    expect(await (await post(route, { model_id: modelId, image: [image, image] })).json()).toEqual([
      taskFixtures[task],
      taskFixtures[task],
    ]);
    expect(await (await post(`/${modelId}`, "AAAA")).json()).toEqual(taskFixtures[task]);
  },
);

test("models of the user's own, and answers that replace the fixtures", async () => {
  server.use(
    ...inferenceHandlers({
      apiUrl: URL_BASE,
      models: { "mine/2": "multi-label-classification" },
      overrides: {
        "/info": { name: "mine", version: "9.9.9", uuid: "x" },
        "/infer/object_detection": async (request) => {
          const body: unknown = await request.json();
          if (at(body, "model_id") !== "gone/1") return undefined;
          return HttpResponse.json({ message: "not found" }, { status: 404 });
        },
      },
    }),
  );
  expect(await get("/info")).toEqual({ name: "mine", version: "9.9.9", uuid: "x" });
  expect((await post("/infer/object_detection", { model_id: "gone/1", image })).status).toBe(404);
  const usual = await post("/infer/object_detection", { model_id: "unknown/1", image });
  expect(await usual.json()).toEqual(objectDetectionFixture);
  const mine = await post("/infer/classification", { model_id: "mine/2", image });
  expect(await mine.json()).toEqual(taskFixtures["multi-label-classification"]);
});
