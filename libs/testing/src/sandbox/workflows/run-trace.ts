/** One event in the form of Chrome's trace viewer, as the server's profiler writes it; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  /** `X` = from `ts` for `dur`; `B` and `E` = beginning and end. */
  readonly ph: "X" | "B" | "E";
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly args?: object;
}

const CATEGORY = "execution_engine_operation";
const THREAD = 1;

const now = () => Math.round(performance.now() * 1000);

/** What a run did when, by the names of the server's profiler (recorded on 1.8.3 with `ENABLE_WORKFLOWS_PROFILING=True`). */
export class RunTrace {
  readonly events: TraceEvent[] = [];

  /** Notes the beginning or the end of the run. */
  mark(ph: "B" | "E"): void {
    this.events.push({ name: "workflow_run", ph, pid: process.pid, tid: THREAD, ts: now() });
  }

  /** Does a part of the work and notes how long it took, also where it fails. */
  async span<T>(name: string, work: () => T | Promise<T>, args?: object): Promise<T> {
    const ts = now();
    try {
      return await work();
    } finally {
      const event = {
        name,
        ph: "X",
        pid: process.pid,
        tid: THREAD,
        ts,
        dur: now() - ts,
        cat: CATEGORY,
      } as const;
      this.events.push(args === undefined ? event : { ...event, args });
    }
  }
}
