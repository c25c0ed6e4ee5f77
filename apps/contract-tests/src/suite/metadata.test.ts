import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DIFFERENCES } from "./differences.ts";
import { MODES } from "./models.ts";
import { asPng, ONLY_BLUE } from "./pictures.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
let image: Uint8Array;
beforeAll(async () => {
  target = await openTarget();
  image = await asPng(ONLY_BLUE);
});
afterAll(() => target.close());
beforeEach(() => target.unloadAllModels());

/** Requests of a first call: v1 asks the registry, loads the model and infers; v0 only infers. */
const FIRST_CALL_REQUESTS = { v0: 1, v1: 3 } as const;

describe.each(MODES)("withMeta in %s", (apiMode) => {
  test("tells a cold start from a warm one", async () => {
    const client = target.client({ apiMode, modelId: "colours/1" });
    const cold = await client.infer(image).withMeta();
    expect(cold.data.task).toBe("object-detection");
    expect(cold.meta.coldStart).toBe(true);
    expect(cold.meta.modelIds).toEqual(["colours/1"]);
    expect(cold.meta.requests).toHaveLength(FIRST_CALL_REQUESTS[apiMode]);
    const loads = cold.meta.requests.flatMap((request) => request.modelLoads);
    expect(loads).toEqual([{ modelId: "colours/1", durationMs: expect.any(Number) }]);
    expect(loads[0]?.durationMs).toBeGreaterThan(0);

    const warm = await client.infer(image).withMeta();
    expect(warm.meta).toMatchObject({ coldStart: false, modelIds: ["colours/1"], attempts: 1 });
    expect(warm.meta.requests).toHaveLength(1);
    expect(warm.meta.requests[0]).toMatchObject({
      status: 200,
      coldStartCount: 0,
      modelLoads: [],
      engine: "inference-models",
    });
  });

  test("gives the request's id, attempts and time", async () => {
    const client = target.client({ apiMode, modelId: "colours/1" });
    const [first, second] = [await client.infer(image).withMeta(), await client.infer(image).withMeta()];
    for (const { meta } of [first, second]) {
      expect(meta.requestId).toMatch(/^[0-9a-f]{32}$/);
      expect(meta.requestId).toBe(meta.requests.at(-1)?.requestId);
      expect(meta.attempts).toBe(meta.requests.length);
      expect(meta.durationMs).toBeGreaterThan(0);
    }
    expect(first.meta.requestId).not.toBe(second.meta.requestId);
  });

  test("a list has one request per picture", async () => {
    const client = target.client({ apiMode, modelId: "colours/1" });
    await client.infer(image);
    const { data, meta } = await client.infer([image, image, image]).withMeta();
    expect(data).toHaveLength(3);
    expect(meta.requests).toHaveLength(3);
    expect(new Set(meta.requests.map((request) => request.requestId)).size).toBe(3);
  });

  test("answers carry an id, the time on the server and the model package", async () => {
    const result = await target.client({ apiMode, modelId: "colours/1" }).infer(image);
    expect(result.inference_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(result.time).toBeGreaterThan(0);
    const expected = DIFFERENCES.resolvedModel.of(target)
      ? { model_id: "colours/1", model_package_id: expect.any(String), backend: expect.any(String) }
      : undefined;
    expect(result.resolved_model ?? undefined).toEqual(expected && expect.objectContaining(expected));
  });
});

test("withMeta works for calls that are not inference", async () => {
  const { data, meta } = await target.client().getServerInfo().withMeta();
  expect(data.version).toBe(target.version);
  expect(meta).toMatchObject({ attempts: 1, modelIds: [] });
  expect(meta.requestId).toMatch(/^[0-9a-f]{32}$/);
});
