/**
 * How a contender is kept busy: one request after the other, `window` calls at once, or one list that the contender works off by itself with a
 * window of `window` (where it can).
 */
export type Pace = "one-by-one" | "side-by-side" | "list";

/** A piece of work for a contender. */
export interface Work {
  readonly pace: Pace;
  /** Number of requests. */
  readonly requests: number;
  /** Most requests at once; 1 with `one-by-one`. */
  readonly window: number;
}

/** What a contender's process measured. */
export interface WorkReport {
  readonly durationMs: number;
  /** Resident memory before the first work, in bytes. */
  readonly idleBytes: number;
  /** Most resident memory since the process started, in bytes. */
  readonly peakBytes: number;
}

const PACES: ReadonlySet<unknown> = new Set<Pace>(["one-by-one", "side-by-side", "list"]);

/** Checks a message that came from another process. */
export function isWork(value: unknown): value is Work {
  return (
    typeof value === "object" &&
    value !== null &&
    "pace" in value &&
    PACES.has(value.pace) &&
    "requests" in value &&
    typeof value.requests === "number" &&
    "window" in value &&
    typeof value.window === "number"
  );
}

/** Checks a message that came from another process. */
export function isWorkReport(value: unknown): value is WorkReport {
  return (
    typeof value === "object" &&
    value !== null &&
    "durationMs" in value &&
    typeof value.durationMs === "number" &&
    "idleBytes" in value &&
    typeof value.idleBytes === "number" &&
    "peakBytes" in value &&
    typeof value.peakBytes === "number"
  );
}
