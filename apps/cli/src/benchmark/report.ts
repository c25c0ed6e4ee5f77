import { availableParallelism } from "node:os";
import type { ServerInfo } from "@inference-ts/sdk/node";
import type { GateOutcome } from "./gate.ts";
import type { LatencyRecorder, TimeSummary } from "./latency-recorder.ts";
import type { LoadPlan } from "./load-plan.ts";
import type { Measurements } from "./measurements.ts";

/** Everything that a benchmark tells. */
export interface ReportSource {
  readonly apiUrl: string;
  readonly mode: string;
  readonly modelId: string;
  /** `null` where the server does not say what it is. */
  readonly server: ServerInfo | null;
  readonly plan: LoadPlan;
  readonly pictures: { readonly count: number; readonly bytes: number; readonly generated: boolean };
  readonly warmup: Measurements;
  readonly measured: Measurements;
  readonly interrupted: boolean;
  readonly gates: readonly GateOutcome[];
}

/** The report for programs; times in milliseconds, `null` = not measured. */
export function jsonReport(source: ReportSource): object {
  const { apiUrl, mode, modelId, server, plan, pictures, warmup, measured, interrupted, gates } = source;
  const { clients, ratePerS, requests, durationMs, batch } = plan;
  const { latency, startDelay, processing } = measured;
  return {
    target: {
      api_url: apiUrl,
      mode,
      model_id: modelId,
      server: server === null ? null : { name: server.name, version: server.version },
    },
    machine: {
      node: process.version,
      platform: process.platform,
      arch: process.arch,
      cpus: availableParallelism(),
    },
    load: {
      kind: ratePerS === null ? "closed" : "open",
      clients,
      rate_per_s: ratePerS,
      requests: finiteOrNull(requests),
      duration_s: finiteOrNull(durationMs / 1000),
      batch,
    },
    pictures,
    warmup: {
      ok: warmup.ok,
      failed: warmup.failed,
      seconds: rounded(warmup.seconds),
      latency_ms: times(warmup.latency),
    },
    interrupted,
    requests: {
      finished: measured.finished,
      ok: measured.ok,
      failed: measured.failed,
      unfinished: measured.unfinished,
      cold_starts: measured.coldStarts,
    },
    errors: Object.fromEntries(measured.errors),
    seconds: rounded(measured.seconds),
    requests_per_s: rounded(measured.requestsPerS),
    images_per_s: rounded(measured.imagesPerS),
    latency_ms: times(latency),
    percentiles_exact: latency.isExact,
    start_delay_ms: ratePerS === null ? null : times(startDelay),
    server_processing_ms: times(processing),
    gates: gates.map(({ gate, value, ok }) => ({
      gate: gate.text,
      value: value === null ? null : rounded(value),
      ok,
    })),
  };
}

/** The report for people. */
export function textReport(source: ReportSource): string {
  const { apiUrl, mode, modelId, server, measured, warmup, interrupted, gates, plan } = source;
  const { latency, startDelay, processing } = measured;
  const host = server === null ? "" : `, ${server.name} ${server.version}`;
  const before = warmup.finished === 0 ? "" : `, after ${warmup.finished} to warm up`;
  const rows: [string, string][] = [
    ["model", `${modelId} at ${apiUrl} (${mode}${host})`],
    ["load", loadText(plan)],
    ["requests", `${countsText(measured)} in ${measured.seconds.toFixed(2)} s${before}`],
    [
      "throughput",
      `${measured.requestsPerS.toFixed(1)} requests/s, ${measured.imagesPerS.toFixed(1)} pictures/s`,
    ],
    ...timesRows("latency", latency),
    ...(plan.ratePerS === null ? [] : timesRows("start delay", startDelay)),
    ...timesRows("on the server", processing),
    ...[...measured.errors].map(([name, count]): [string, string] => ["errors", `${count} x ${name}`]),
    ...gates.map(({ gate, value, ok }): [string, string] => [
      "gate",
      `${ok ? "passed" : "FAILED"}  fails if ${gate.text}; measured ${value === null ? "nothing" : rounded(value)}`,
    ]),
    ...(interrupted
      ? [["note", "interrupted: this is what was measured until then"] satisfies [string, string]]
      : []),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .map(([name, text], index) => `${(rows[index - 1]?.[0] === name ? "" : name).padEnd(width)}  ${text}\n`)
    .join("");
}

function loadText({ clients, ratePerS, batch }: LoadPlan): string {
  const pictures = batch === 1 ? "1 picture" : `${batch} pictures`;
  const kind =
    ratePerS === null
      ? `closed loop, ${clients} ${clients === 1 ? "client" : "clients"}`
      : `open loop, ${ratePerS} requests/s, at most ${clients} at once`;
  return `${kind}, ${pictures} in a request`;
}

function countsText({ ok, failed, unfinished, coldStarts }: Measurements): string {
  const counts = [`${ok} ok`, `${failed} failed`];
  if (unfinished > 0) counts.push(`${unfinished} cut off`);
  if (coldStarts > 0) counts.push(`${coldStarts} with a model load`);
  return counts.join(", ");
}

function timesRows(name: string, recorder: LatencyRecorder): [string, string][] {
  const summary = recorder.summary();
  if (summary === null) return [];
  const { min, mean, max, ...percentiles } = summary;
  const list = Object.entries({ ...percentiles, max }).map(([label, value]) => `${label} ${inMs(value)}`);
  return [
    [name, `${list.join("  ")}  (ms)`],
    [name, `min ${inMs(min)}  mean ${inMs(mean)}${recorder.isExact ? "" : "  percentiles within 0.1 %"}`],
  ];
}

const inMs = (value: number): string => value.toFixed(value < 100 ? 2 : 1);

function times(recorder: LatencyRecorder): TimeSummary | null {
  const summary = recorder.summary();
  if (summary === null) return null;
  const { min, mean, p50, p75, p90, p95, p99, max } = summary;
  return {
    min: rounded(min),
    mean: rounded(mean),
    p50: rounded(p50),
    p75: rounded(p75),
    p90: rounded(p90),
    p95: rounded(p95),
    p99: rounded(p99),
    max: rounded(max),
  };
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
