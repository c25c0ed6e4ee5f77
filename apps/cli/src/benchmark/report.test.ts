import { HTTPCallError } from "@inference-ts/sdk/node";
import { expect, test } from "vitest";
import { checkGate, parseGate } from "./gate.ts";
import { Measurements } from "./measurements.ts";
import { jsonReport, type ReportSource, textReport } from "./report.ts";

function source(more: Partial<ReportSource> = {}): ReportSource {
  const measured = new Measurements();
  measured.start(0);
  for (const latencyMs of [10, 20, 200]) {
    measured.addAnswer({
      dueAtMs: 0,
      startedAtMs: 5,
      endedAtMs: latencyMs,
      pictures: 2,
      processingTimeMs: 4,
      coldStart: latencyMs === 200,
    });
  }
  const details = { status: 503, method: "POST", url: "http://x", serverMessage: "busy" };
  measured.addFailure(new HTTPCallError("busy", details), 500);
  measured.addUnfinished();
  const gate = parseGate("p99>100");
  return {
    apiUrl: "http://127.0.0.1:9001",
    mode: "v1",
    modelId: "colours/1",
    server: { name: "Server", version: "1.8.3", uuid: "x" },
    plan: { clients: 8, ratePerS: 20, requests: 5, durationMs: Number.POSITIVE_INFINITY, batch: 2 },
    pictures: { count: 1, bytes: 1_000, generated: true },
    warmup: new Measurements(),
    measured,
    interrupted: true,
    gates: gate === null ? [] : [checkGate(gate, measured)],
    ...more,
  };
}

test("the table", () => {
  expect(textReport(source()).split("\n")).toEqual([
    "model          colours/1 at http://127.0.0.1:9001 (v1, Server 1.8.3)",
    "load           open loop, 20 requests/s, at most 8 at once, 2 pictures in a request",
    "requests       3 ok, 1 failed, 1 cut off, 1 with a model load in 0.50 s",
    "throughput     6.0 requests/s, 12.0 pictures/s",
    "latency        p50 20.00  p75 200.0  p90 200.0  p95 200.0  p99 200.0  max 200.0  (ms)",
    "               min 10.00  mean 76.67",
    "start delay    p50 5.00  p75 5.00  p90 5.00  p95 5.00  p99 5.00  max 5.00  (ms)",
    "               min 5.00  mean 5.00",
    "on the server  p50 4.00  p75 4.00  p90 4.00  p95 4.00  p99 4.00  max 4.00  (ms)",
    "               min 4.00  mean 4.00",
    "errors         1 x HTTP_ERROR 503",
    "gate           FAILED  fails if p99>100; measured 200",
    "note           interrupted: this is what was measured until then",
    "",
  ]);
});

test("the JSON report says the same, with null for what was not measured", () => {
  expect(jsonReport(source())).toMatchObject({
    load: { kind: "open", clients: 8, rate_per_s: 20, requests: 5, duration_s: null, batch: 2 },
    requests: { finished: 4, ok: 3, failed: 1, unfinished: 1, cold_starts: 1 },
    errors: { "HTTP_ERROR 503": 1 },
    seconds: 0.5,
    requests_per_s: 6,
    images_per_s: 12,
    latency_ms: { min: 10, mean: 76.667, p50: 20, p75: 200, p90: 200, p95: 200, p99: 200, max: 200 },
    start_delay_ms: { max: 5 },
    server_processing_ms: { max: 4 },
    gates: [{ gate: "p99>100", value: 200, ok: false }],
  });
  const empty = { measured: new Measurements(), gates: [], server: null };
  expect(jsonReport(source(empty))).toMatchObject({
    target: { server: null },
    requests_per_s: 0,
    latency_ms: null,
    server_processing_ms: null,
  });
});
