import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rectangle } from "./pictures.ts";
import { openTarget, type Target } from "./target.ts";

const picture = await rectangle("blue");
let target: Target;

beforeAll(async () => {
  target = await openTarget();
});

beforeEach(() => target.forget());

afterAll(async () => {
  await target.unload(0);
  await target[Symbol.asyncDispose]();
});

describe("a model that is not loaded", () => {
  test("is waited for: the second request asks the server to hold its answer", async () => {
    await target.unload(1);
    const client = target.serverless({ model: "tiny/colour-vit" });
    expect(await client.imageClassification(picture)).toMatchObject([{ label: "blue" }, {}, {}]);
    const requests = await target.requests();
    expect(requests.map(({ headers }) => headers["x-wait-for-model"])).toEqual([undefined, "1"]);
    expect(requests[0]).toMatchObject({ path: "/models/tiny/colour-vit" });
  });

  test("ends the call at its limit, after few requests", async () => {
    await target.unload(600);
    // An address of its own: only the serverless API itself is asked to hold its answer.
    const client = target.client({ model: `${target.url}/models/tiny/colour-vit`, timeout: 1.5 });
    const startedAt = performance.now();
    await expect(client.imageClassification(picture)).rejects.toMatchObject({
      name: "InferenceTimeoutError",
    });
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    const requests = await target.requests();
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.length).toBeLessThanOrEqual(3);
  });

  test("tells how it stands", async () => {
    await target.unload(0.2);
    const client = target.serverless({ model: "tiny/random-bert" });
    expect(await client.getModelStatus()).toMatchObject({ loaded: false, state: "Loadable" });
    await client.fillMask("I like this [MASK].");
    expect(await client.getModelStatus()).toEqual({
      loaded: true,
      state: "Loaded",
      compute_type: "cpu",
      framework: "transformers",
    });
  });
});

describe("without a model", () => {
  test("the hub recommends one for each task", async () => {
    await target.unload(0);
    const client = target.serverless();
    expect(await client.imageClassification(picture)).toMatchObject([{ label: "blue" }, {}, {}]);
    const paths = (await target.requests()).map(({ path }) => path);
    expect(paths).toContain("/api/tasks");
    expect(paths).toContain("/models/tiny/colour-vit");
  });
});

test("embeddings have a path of their own", async () => {
  await target.unload(0);
  const client = target.serverless({ model: "tiny/random-bert" });
  await client.featureExtraction("I like this");
  expect(await target.requests()).toMatchObject([{ path: "/pipeline/feature-extraction/tiny/random-bert" }]);
});

test("a model that does not exist is a 404 with the hub's reason", async () => {
  const client = target.serverless({ model: "tiny/none" });
  await expect(client.fillMask("[MASK]")).rejects.toMatchObject({ status: 404 });
});

test("deployed models are listed by task", async () => {
  const models = await target.serverless().listDeployedModels({ frameworks: "transformers" });
  expect(models["image-classification"]).toEqual(["tiny/colour-vit"]);
});
