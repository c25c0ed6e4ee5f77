import { expect, test } from "vitest";
import { decodeConsumed, decodePipelineList, decodePipelineStatus, decodeStarted } from "./answers.ts";

const frame = { frame_timestamp: "2026-01-01T00:00:00", frame_id: 7, source_id: 0 };

test("nulls and unknown fields are kept", () => {
  const body = {
    status: "success",
    outputs: [{ a: 1 }, null],
    frames_metadata: [null, { ...frame, more: 1 }],
    x: 2,
  };
  expect(decodeConsumed(body)).toEqual(body);
  const status = { status: "success", report: { sources_metadata: [{ state: "NEW", y: 1 }], z: null } };
  expect(decodePipelineStatus(status)).toEqual(status);
});

test.each<[(body: unknown) => unknown, unknown, string]>([
  [decodeStarted, null, ""],
  [decodeStarted, { status: "success" }, "context.pipeline_id"],
  [decodeStarted, { status: 1 }, "status"],
  [decodeStarted, { status: "success", context: [] }, "context"],
  [decodePipelineList, { status: "success", pipelines: ["a", 1] }, "pipelines[1]"],
  [decodePipelineList, { status: "success" }, "pipelines"],
  [decodePipelineStatus, { status: "success", report: [] }, "report"],
  [
    decodePipelineStatus,
    { status: "success", report: { sources_metadata: [1] } },
    "report.sources_metadata[0]",
  ],
  [decodePipelineStatus, { status: "success", report: { latency_reports: 1 } }, "report.latency_reports"],
  [decodeConsumed, { status: "success", outputs: [1] }, "outputs[0]"],
  [decodeConsumed, { status: "success", outputs: [], frames_metadata: {} }, "frames_metadata"],
  [
    decodeConsumed,
    { status: "success", outputs: [], frames_metadata: [{}] },
    "frames_metadata[0].frame_timestamp",
  ],
  [
    decodeConsumed,
    { status: "success", outputs: [], frames_metadata: [{ ...frame, source_id: "a" }] },
    "frames_metadata[0].source_id",
  ],
])("%o says where %j is wrong", (decode, body, path) => {
  expect(() => decode(body)).toThrow(expect.objectContaining({ code: "INVALID_RESPONSE", path }));
});
