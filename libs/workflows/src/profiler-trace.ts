/**
 * One event of a profiler trace, in the form of the Chrome trace viewer, as server 1.8.3 writes it. Times are microseconds of a
 * clock that only goes forward.
 */
export interface ProfilerEvent {
  readonly name?: string;
  /** `X` = with a duration, `B` and `E` = begin and end, `I` = a moment. */
  readonly ph?: string;
  /** Start. */
  readonly ts?: number;
  /** Duration, of events with `ph` `X`. */
  readonly dur?: number;
  readonly pid?: number | string;
  readonly tid?: number | string;
  /** Categories, separated by commas. */
  readonly cat?: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/**
 * The text of a trace file that `chrome://tracing`, Perfetto and the DevTools of browsers open.
 *
 * @example
 * ```ts no-run: needs a server with profiling switched on
 * const { profiler_trace } = await client.runWorkflow(workflow, { enableProfiling: true });
 * const file = new Blob([chromeTrace(profiler_trace)], { type: "application/json" });
 * ```
 */
export function chromeTrace(trace: readonly ProfilerEvent[]): string {
  return JSON.stringify({ traceEvents: trace, displayTimeUnit: "ms" });
}
