import type { Answer } from "@inference-ts/transport";
import { expect, test } from "vitest";
import { callMeta, requestMeta } from "./call-meta.ts";

const answer = (headers: Record<string, string>): Answer => ({
  status: 200,
  header: (name) => headers[name.toLowerCase()] ?? null,
  body: new Uint8Array(),
  attempts: 2,
  durationMs: 5,
});

test("reads what hosted servers say of a cold start", () => {
  const meta = requestMeta(
    answer({
      "x-request-id": "r",
      "x-model-id": "a/1, b/2",
      "x-model-cold-start": "true",
      "x-model-cold-start-count": "1",
      "x-model-load-details": '[{"m":"a/1","t":1.5},{"bad":1}]',
      "x-processing-time": "0.25",
    }),
  );
  expect(meta).toMatchObject({
    requestId: "r",
    attempts: 2,
    modelIds: ["a/1", "b/2"],
    coldStart: true,
    coldStartCount: 1,
    modelLoads: [{ modelId: "a/1", durationMs: 1500 }],
    processingTimeMs: 250,
  });
});

test("malformed headers count as absent", () => {
  const meta = requestMeta(
    answer({ "x-processing-time": "soon", "x-model-load-details": "{", "x-model-id": " , " }),
  );
  expect(meta).toMatchObject({
    processingTimeMs: undefined,
    modelLoads: [],
    modelIds: [],
    coldStart: undefined,
  });
});

test("sums up several requests", () => {
  const one = requestMeta(
    answer({ "x-model-id": "a/1", "x-model-cold-start": "false", "x-processing-time": "1" }),
  );
  const two = requestMeta(
    answer({ "x-model-id": "a/1", "x-model-cold-start": "true", "x-request-id": "last" }),
  );
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
