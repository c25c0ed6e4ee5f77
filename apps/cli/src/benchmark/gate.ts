import type { Measurements } from "./measurements.ts";

/** What a gate can look at; `null` = was not measured. */
const METRICS = {
  min: ({ latency }: Measurements) => latency.summary()?.min ?? null,
  mean: ({ latency }: Measurements) => latency.summary()?.mean ?? null,
  p50: ({ latency }: Measurements) => latency.percentile(50),
  p75: ({ latency }: Measurements) => latency.percentile(75),
  p90: ({ latency }: Measurements) => latency.percentile(90),
  p95: ({ latency }: Measurements) => latency.percentile(95),
  p99: ({ latency }: Measurements) => latency.percentile(99),
  max: ({ latency }: Measurements) => latency.percentile(100),
  rps: ({ requestsPerS }: Measurements) => requestsPerS,
  ips: ({ imagesPerS }: Measurements) => imagesPerS,
  errors: ({ failed }: Measurements) => failed,
  "errors%": ({ errorPercent }: Measurements) => errorPercent,
} as const;

type Metric = keyof typeof METRICS;

const OPERATORS = {
  ">": (value: number, bound: number) => value > bound,
  ">=": (value: number, bound: number) => value >= bound,
  "<": (value: number, bound: number) => value < bound,
  "<=": (value: number, bound: number) => value <= bound,
} as const;

type Operator = keyof typeof OPERATORS;

/** Units by metric: what the number is multiplied with. Without a unit: milliseconds, requests, requests or pictures per second. */
const TIME_UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["ms", 1],
  ["s", 1000],
]);
const NO_UNITS: ReadonlyMap<string, number> = new Map([["", 1]]);

/** A condition under which a benchmark counts as failed. */
export interface Gate {
  /** As it was written. */
  readonly text: string;
  readonly metric: Metric;
  readonly operator: Operator;
  /** Times in milliseconds. */
  readonly bound: number;
}

/** What became of a gate. */
export interface GateOutcome {
  readonly gate: Gate;
  /** `null` where nothing was measured, which fails the gate. */
  readonly value: number | null;
  readonly ok: boolean;
}

/** The names that a gate can start with. */
export const GATE_METRICS: readonly string[] = Object.keys(METRICS).filter((name) => !name.endsWith("%"));

/** Reads a gate such as `p99>500`, `errors>1%` or `rps<20`; `null` when it is none. */
export function parseGate(text: string): Gate | null {
  const [, name = "", operator = "", digits = "", unit = ""] =
    /^\s*([a-z0-9]+)\s*(>=|<=|>|<)\s*(\d+(?:\.\d+)?)\s*([a-z%]*)\s*$/.exec(text) ?? [];
  const metric = name === "errors" && unit === "%" ? "errors%" : name;
  if (!isMetric(metric) || !isOperator(operator)) return null;
  const factor = metric === "errors%" ? 1 : unitsOf(metric).get(unit);
  return factor === undefined
    ? null
    : { text: text.trim(), metric, operator, bound: Number(digits) * factor };
}

/** Whether a gate's condition for failing holds. */
export function checkGate(gate: Gate, measured: Measurements): GateOutcome {
  const value = METRICS[gate.metric](measured);
  return { gate, value, ok: value !== null && !OPERATORS[gate.operator](value, gate.bound) };
}

/** Whether some gate says how many failures are allowed. */
export function limitsErrors(gates: readonly Gate[]): boolean {
  return gates.some(({ metric }) => metric === "errors" || metric === "errors%");
}

function unitsOf(metric: Metric): ReadonlyMap<string, number> {
  return ["rps", "ips", "errors"].includes(metric) ? NO_UNITS : TIME_UNITS;
}

const isMetric = (text: string): text is Metric => Object.hasOwn(METRICS, text);
const isOperator = (text: string): text is Operator => Object.hasOwn(OPERATORS, text);
