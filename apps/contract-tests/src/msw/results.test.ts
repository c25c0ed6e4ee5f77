import { loadInferenceHandlers, serverInfoFixture, taskFixtures } from "@inference-ts/sdk/testing";
import { HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ENTRIES } from "../rig/entries.ts";
import { allOf, failureOf } from "../rig/failures.ts";
import { PIXEL } from "../rig/images.ts";

const API_URL = "http://inference.test:9001";
const KEY = "test-key-0123456789";
const MODELS = {
  "mine/1": "object-detection",
  "mine/2": "instance-segmentation",
  "mine/3": "keypoint-detection",
  "mine/4": "classification",
  "mine/5": "multi-label-classification",
  "mine/6": "semantic-segmentation",
} as const;

const server = setupServer();
beforeAll(async () => {
  server.listen({ onUnhandledFrame: "error" });
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe.each(ENTRIES)("$name with the handlers of the testing kit", ({ open }) => {
  describe.each(["v0", "v1"] as const)("%s", (apiMode) => {
    test.each(Object.entries(MODELS))("%s: a result of the task %s", async (modelId, task) => {
      server.use(...(await loadInferenceHandlers({ apiUrl: API_URL, models: MODELS })));
      await using client = open({ apiUrl: API_URL, apiMode, apiKey: KEY, modelId });
      // The v1 route of classification serves both kinds; the registry's task has no route of its own.
      if (apiMode === "v1" && task === "multi-label-classification") {
        expect(await failureOf(client.infer(PIXEL))).toMatchObject({ code: "MODEL_TASK_NOT_SUPPORTED" });
        return;
      }
      expect(await client.infer(PIXEL, { task })).toEqual({ ...taskFixtures[task], task });
    });
  });

  test("loading, listing, unloading and lists work against the handlers", async () => {
    server.use(...(await loadInferenceHandlers({ apiUrl: API_URL, models: MODELS })));
    await using client = open({ apiUrl: API_URL, apiKey: KEY });
    expect(await client.getServerInfo()).toEqual(serverInfoFixture);
    await client.loadModel("mine/4", { setAsDefault: true });
    expect(await client.getModelDescription()).toMatchObject({
      model_id: "mine/4",
      task_type: "classification",
    });
    expect(await client.infer([PIXEL, PIXEL, PIXEL], { maxBatchSize: 2 })).toHaveLength(3);
    const items = await allOf(client.inferEach([PIXEL, PIXEL], { maxConcurrentRequests: 2 }));
    expect(items.map((item) => item.ok)).toEqual([true, true]);
    expect((await client.unloadModel("mine/4")).models).toEqual([]);
  });

  test("an answer of one's own replaces a fixture", async () => {
    server.use(
      ...(await loadInferenceHandlers({
        apiUrl: API_URL,
        overrides: {
          "/info": { name: "mine", version: "9.9.9", uuid: "x" },
          "/infer/object_detection": () => HttpResponse.json({ message: "out of memory" }, { status: 507 }),
        },
      })),
    );
    await using client = open({ apiUrl: API_URL, modelId: "mine/1" });
    expect((await client.getServerInfo()).version).toBe("9.9.9");
    expect(await failureOf(client.infer(PIXEL))).toMatchObject({
      status: 507,
      serverMessage: "out of memory",
    });
  });
});
