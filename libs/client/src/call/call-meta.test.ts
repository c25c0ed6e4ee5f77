import type { Answer } from "@inference-ts/transport";
import { expect, test } from "vitest";
import { callMeta, requestMeta } from "./call-meta.ts";

const names = { processingTimeHeader: "x-processing-time", executionIdHeader: "execution_id" };

const answer = (headers: Record<string, string>): Answer => ({
  status: 200,
  header: (name) => headers[name.toLowerCase()] ?? null,
  body: new Uint8Array(),
  attempts: 2,
  durationMs: 5,
});

const meta = (headers: Record<string, string>, requested?: Parameters<typeof requestMeta>[2]) =>
  requestMeta(answer(headers), names, requested);

test("reads what hosted servers say of a cold start", () => {
  expect(
    meta({
      "x-request-id": "r",
      "x-model-id": "a/1, b/2",
      "x-model-cold-start": "True",
      "x-model-cold-start-count": "9",
      "x-model-load-details": '[{"m":"a/1","t":1.5},{"t":1}]',
      "x-processing-time": "0.25",
    }),
  ).toMatchObject({
    requestId: "r",
    attempts: 2,
    modelIds: ["a/1", "b/2"],
    coldStart: true,
    coldStartCount: 2,
    modelLoads: [{ modelId: "a/1", durationMs: 1500 }],
    modelLoadMs: 2500,
    processingTimeMs: 250,
  });
});

test("malformed headers count as absent", () => {
  expect(
    meta({ "x-processing-time": "soon", "x-model-load-details": "{", "x-model-id": " , " }),
  ).toMatchObject({ processingTimeMs: undefined, modelLoads: [], modelIds: [], coldStart: undefined });
});

test.each(["{", "[]", '[{"m":"a"}]', '[{"t":-1}]', '{"t":1}'])(
  "a load without readable details (%s) is given to the only model that is known",
  (details) => {
    const headers = {
      "x-model-cold-start": "true",
      "x-model-load-details": details,
      "x-model-load-time": "2",
      "x-model-cold-start-count": "-1",
    };
    const loads = [{ modelId: "a/1", durationMs: 2000 }];
    const facts = { coldStartCount: 1, modelLoadMs: 2000 };
    expect(meta(headers, { modelId: "a/1", inBody: true })).toMatchObject({ ...facts, modelLoads: loads });
    expect(meta({ ...headers, "x-model-id": "a/1" })).toMatchObject({ ...facts, modelLoads: loads });
    expect(meta(headers, { modelId: "a/1", inBody: false })).toMatchObject({ ...facts, modelLoads: [] });
    expect(meta({ ...headers, "x-model-id": "a/1,b/2" })).toMatchObject({ ...facts, modelLoads: [] });
  },
);

test("no cold start, no load, whatever the other headers say", () => {
  expect(meta({ "x-model-cold-start": "false", "x-model-load-time": "9" })).toMatchObject({
    coldStart: false,
    coldStartCount: 0,
    modelLoads: [],
    modelLoadMs: 0,
  });
});

test("reads headers under the names that a server was told to use", () => {
  const renamed = { processingTimeHeader: "x-time", executionIdHeader: "x-execution" };
  const found = requestMeta(answer({ "x-time": "2", "x-execution": "e", "x-processing-time": "1" }), renamed);
  expect(found).toMatchObject({ processingTimeMs: 2000, executionId: "e" });
});

test("sums up several requests", () => {
  const one = meta({ "x-model-id": "a/1", "x-model-cold-start": "false", "x-processing-time": "1" });
  const two = meta({ "x-model-id": "a/1", "x-model-cold-start": "true", "x-request-id": "last" });
  expect(callMeta([one, two], 12)).toMatchObject({
    requestId: "last",
    attempts: 4,
    durationMs: 12,
    modelIds: ["a/1"],
    coldStart: true,
    processingTimeMs: 1000,
  });
  expect(callMeta([], 1)).toMatchObject({
    coldStart: undefined,
    processingTimeMs: undefined,
    requestId: undefined,
  });
});
