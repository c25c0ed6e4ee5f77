import { HTTPCallError, ModelNotInitializedError, WrongClientModeError } from "@inference-ts/sdk/node";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DIFFERENCES } from "./differences.ts";
import { MODELS } from "./models.ts";
import { asPng, ONLY_BLUE } from "./pictures.ts";
import { startRelay } from "./relay.ts";
import { failureOf } from "./results.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => target.unloadAllModels());

const idsOf = ({ models }: { models: readonly { model_id: string }[] }) =>
  models.map((model) => model.model_id);

test("models are listed as they are loaded and unloaded", async () => {
  const client = target.client();
  expect(idsOf(await client.listLoadedModels())).toEqual([]);
  expect(idsOf(await client.loadModel("colours/1"))).toEqual(["colours/1"]);
  expect(idsOf(await client.loadModel("colour-kind/1"))).toEqual(["colours/1", "colour-kind/1"]);
  expect(idsOf(await client.unloadModel("colours/1"))).toEqual(["colour-kind/1"]);
  expect(idsOf(await client.unloadAllModels())).toEqual([]);
  expect(idsOf(await client.listLoadedModels())).toEqual([]);
});

test.each([
  ["object-detection", "object-detection"],
  ["instance-segmentation", "instance-segmentation"],
  ["keypoint-detection", "keypoint-detection"],
  ["classification", "classification"],
  // The registry does not tell the two kinds of classification apart; the answers do.
  ["multi-label-classification", "classification"],
  ["semantic-segmentation", "semantic-segmentation"],
] as const)("a model for %s is described", async (task, listedTask) => {
  const size = DIFFERENCES.inputSize.of(target);
  const description = await target.client().getModelDescription(MODELS[task]);
  expect(description).toMatchObject({ model_id: MODELS[task], task_type: listedTask, batch_size: null });
  expect(description.input_height ?? null).toBe(size);
  expect(description.input_width ?? null).toBe(size);
});

test("loading twice and unloading what is not loaded are allowed", async () => {
  const client = target.client();
  await client.loadModel("colours/1");
  expect(idsOf(await client.loadModel("colours/1"))).toEqual(["colours/1"]);
  expect(idsOf(await client.unloadModel("colour-kind/1"))).toEqual(["colours/1"]);
});

test("loadModel with setAsDefault selects the model", async () => {
  const client = target.client();
  await client.loadModel("colours/1", { setAsDefault: true });
  expect(client.selectedModel).toBe("colours/1");
  expect((await client.infer(await asPng(ONLY_BLUE))).task).toBe("object-detection");
});

test("a description without leave to load fails for a model that is not loaded", async () => {
  const client = target.client();
  const error = await failureOf(client.getModelDescription("colours/1", { allowLoading: false }));
  expect(error).toBeInstanceOf(ModelNotInitializedError);
  expect(idsOf(await client.listLoadedModels())).toEqual([]);
});

test("the alias of a public model is loaded under its own id, without a key", async () => {
  const client = target.client({ apiKey: null });
  expect(idsOf(await client.loadModel("yolov8n-640"))).toEqual(["coco/3"]);
});

test.each(["loadModel", "getModelDescription"] as const)(
  "%s of an unknown model is a 404",
  async (method) => {
    const error = await failureOf(target.client()[method]("nothing-here/9"));
    expect(error).toBeInstanceOf(HTTPCallError);
    expect(error).toMatchObject({ status: 404, serverMessage: expect.stringContaining("not found") });
  },
);

test("loading with a wrong key is a 401", async () => {
  const error = await failureOf(target.client({ apiKey: "no-such-key" }).loadModel("colours/1"));
  expect(error).toMatchObject({ code: "HTTP_ERROR", status: 401 });
});

test("registry methods do not exist in v0", async () => {
  const client = target.client({ apiMode: "v0" });
  for (const call of [
    () => client.listLoadedModels(),
    () => client.loadModel("colours/1"),
    () => client.unloadModel("colours/1"),
    () => client.unloadAllModels(),
    () => client.getModelDescription("colours/1"),
  ]) {
    expect(await failureOf((async () => call())())).toBeInstanceOf(WrongClientModeError);
  }
});

describe("the description of a model", () => {
  const registryPaths = (paths: readonly string[]) => paths.filter((path) => path.startsWith("/model/"));

  test("is asked for once per client, also by calls that start together", async () => {
    const relay = await startRelay(target.url);
    try {
      const client = target.client({ apiUrl: relay.url });
      const image = await asPng(ONLY_BLUE);
      await Promise.all(Array.from({ length: 5 }, () => client.infer(image, { modelId: "colours/1" })));
      expect(registryPaths(relay.paths)).toEqual(["/model/registry", "/model/add"]);
      await client.infer(image, { modelId: "colours/1" });
      expect(registryPaths(relay.paths)).toEqual(["/model/registry", "/model/add"]);
      await client.infer(image, { modelId: "colour-points/1" });
      expect(registryPaths(relay.paths)).toHaveLength(4);
    } finally {
      await relay.close();
    }
  });

  test("is not asked for again when another client unloaded the model: the server loads it by itself", async () => {
    const client = target.client();
    const image = await asPng(ONLY_BLUE);
    await client.infer(image, { modelId: "colours/1" });
    await target.unloadAllModels();
    expect((await client.infer(image, { modelId: "colours/1" })).task).toBe("object-detection");
  });
});
