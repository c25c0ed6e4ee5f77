import { isRecord } from "../data-channel/record.ts";
import type { VideoMetadata } from "../data-channel/video-metadata.ts";
import type { FrameImage } from "../peer/live-peer.ts";
import type { LiveData, LiveFrame, LiveProblem, SessionEnd } from "./live-items.ts";
import type { EndReason, SessionPhase } from "./session-state.ts";

/** Gets every picture; `data` and `metadata` are null when no result belongs to it. */
export type FrameHandler = (
  image: FrameImage,
  data: unknown,
  metadata: VideoMetadata | null,
  frame: LiveFrame,
) => unknown;
/**
 * Gets the outputs of a frame by name, null for a frame without any; or with an output's name that output alone. `item` is the whole.
 */
export type DataHandler = (data: unknown, metadata: VideoMetadata | null, item: LiveData) => unknown;
/** Gets what went wrong without ending the session. */
export type ProblemHandler = (problem: LiveProblem) => unknown;
/** Gets every change of the phase; `reason` is set from `draining` on. */
export type StateHandler = (phase: SessionPhase, reason: EndReason | undefined) => unknown;
/** Gets the end, once. */
export type EndHandler = (end: SessionEnd) => unknown;

/** The caller's handlers. None of them can break the session: what they throw becomes a problem. */
export class SessionHandlers {
  readonly #frame = new Set<FrameHandler>();
  readonly #data = new Set<{ readonly field: string | undefined; readonly handler: DataHandler }>();
  readonly #problem = new Set<ProblemHandler>();
  readonly #state = new Set<StateHandler>();
  readonly #end = new Set<EndHandler>();
  /** What the handler that is called right now has said. */
  #called: { waitsForEnd: boolean } | undefined;

  /** Somebody wants pictures or data. */
  get takesItems(): boolean {
    return this.takesFrames || this.#data.size > 0;
  }

  get takesFrames(): boolean {
    return this.#frame.size > 0;
  }

  /** The handler that is called right now, if any, waits for the end of the session: the end must not wait for it. */
  waitForEnd(): void {
    if (this.#called !== undefined) this.#called.waitsForEnd = true;
  }

  onFrame(handler: FrameHandler): () => void {
    return add(this.#frame, handler);
  }

  onData(field: string | undefined, handler: DataHandler): () => void {
    return add(this.#data, { field, handler });
  }

  onProblem(handler: ProblemHandler): () => void {
    return add(this.#problem, handler);
  }

  onState(handler: StateHandler): () => void {
    return add(this.#state, handler);
  }

  onEnd(handler: EndHandler): () => void {
    return add(this.#end, handler);
  }

  frame(frame: LiveFrame): Promise<void> | undefined {
    const { image, data, metadata } = frame;
    return this.#all("onFrame", this.#frame, (handler) => handler(image, data, metadata, frame));
  }

  /** Handlers for everything first, then those of single outputs, in the order of the outputs. */
  data(item: LiveData, outputs: unknown): Promise<void> | undefined {
    const { data, metadata } = item;
    const entries = [...this.#data];
    const whole = entries.flatMap(({ field, handler }) =>
      field === undefined ? [{ handler, value: data }] : [],
    );
    const single = isRecord(outputs)
      ? Object.entries(outputs).flatMap(([name, value]) =>
          entries.flatMap(({ field, handler }) => (field === name ? [{ handler, value }] : [])),
        )
      : [];
    return this.#all("onData", [...whole, ...single], ({ handler, value }) => handler(value, metadata, item));
  }

  problem(problem: LiveProblem): void {
    for (const handler of this.#problem) {
      // A handler of problems that fails has nobody left to tell.
      try {
        const settled = handler(problem);
        if (isThenable(settled)) Promise.resolve(settled).catch(() => undefined);
      } catch {}
    }
  }

  state(phase: SessionPhase, reason: EndReason | undefined): void {
    void this.#all("onState", this.#state, (handler) => handler(phase, reason));
  }

  end(end: SessionEnd): void {
    void this.#all("onEnd", this.#end, (handler) => handler(end));
  }

  /** Calls all of them at once; returns a promise only when one of them works on, so that quick handlers cost no wait. */
  #all<Handler>(
    name: string,
    handlers: Iterable<Handler>,
    call: (handler: Handler) => unknown,
  ): Promise<void> | undefined {
    const running: Promise<unknown>[] = [];
    const failed = (error: unknown): void => this.problem({ kind: "handler", handler: name, error });
    for (const handler of [...handlers]) {
      const outer = this.#called;
      const called = { waitsForEnd: false };
      this.#called = called;
      try {
        const result = call(handler);
        if (!isThenable(result)) continue;
        const settled = Promise.resolve(result).catch(failed);
        if (!called.waitsForEnd) running.push(settled);
      } catch (error) {
        failed(error);
      } finally {
        this.#called = outer;
      }
    }
    return running.length === 0 ? undefined : Promise.all(running).then(() => undefined);
  }
}

function add<Handler>(handlers: Set<Handler>, handler: Handler): () => void {
  handlers.add(handler);
  return () => {
    handlers.delete(handler);
  };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
