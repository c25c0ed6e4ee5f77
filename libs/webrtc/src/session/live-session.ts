import { ClosedError, DeadlineExceededError } from "@inference-ts/errors";
import type { OutputChange } from "../data-channel/output-change.ts";
import type { FramePixels } from "../peer/live-peer.ts";
import type { LiveData, LiveFrame, LiveStats, SessionEnd } from "./live-items.ts";
import { type LiveIterator, liveIterator } from "./live-iterator.ts";
import { SessionCore } from "./session-core.ts";
import type {
  DataHandler,
  EndHandler,
  FrameHandler,
  ProblemHandler,
  StateHandler,
} from "./session-handlers.ts";
import type { SessionParts } from "./session-parts.ts";
import type { SessionPhase } from "./session-state.ts";

/** How a loop over a session behaves. */
export interface ReadOptions {
  /** Leaving the loop early leaves the session open. Default false: it is closed. */
  readonly keepOpen?: boolean | undefined;
}

/**
 * One live video session: frames go to a worker of the server, pictures and results come back.
 *
 * Made by `client.webrtc.stream`; nothing happens until `run`, `start`, `wait` or the first step of a loop. Closing is up to the
 * caller (`await using`, `close`, leaving a loop) unless the session ends by itself.
 *
 * In a session that is not realtime the worker waits for the slowest handler or loop, so that nothing is lost. In a realtime
 * session the newest items win: above the capacity of the queue the oldest are dropped and counted in `stats`.
 *
 * @example
 * ```ts no-run: needs a camera
 * await using session = await client.webrtc.stream(rtspCamera("rtsp://camera.example/1"), { modelId: "colours/1" });
 * for await (const { image, data, metadata } of session.frames()) console.log(metadata?.frameId, image.kind, data);
 * ```
 */
export class LiveSession implements AsyncDisposable {
  readonly #core: SessionCore;
  #closed: Promise<void> | undefined;

  constructor(parts: SessionParts) {
    this.#core = new SessionCore(parts);
  }

  /** Where the session is on its way. */
  get phase(): SessionPhase {
    return this.#core.phase;
  }

  /**
   * Calls `handler` for every picture, with its results when it has some. Promises are waited for, one after the other. Returns a
   * function that takes the handler away.
   */
  onFrame(handler: FrameHandler): () => void {
    return this.#core.handlers.onFrame(handler);
  }

  /**
   * Calls `handler` for the outputs of every frame (null for a frame without any), or with `field` for one output of the frames that
   * have it, pictures included. Promises are waited for. Returns a function that takes the handler away.
   */
  onData(handler: DataHandler): () => void;
  onData(field: string, handler: DataHandler): () => void;
  onData(first: string | DataHandler, second?: DataHandler): () => void {
    if (typeof first === "function") return this.#core.handlers.onData(undefined, first);
    if (second === undefined) throw new TypeError("onData with a field needs a handler too.");
    return this.#core.handlers.onData(first, second);
  }

  /** Calls `handler` for everything that goes wrong without ending the session, handlers that throw included. */
  onError(handler: ProblemHandler): () => void {
    return this.#core.handlers.onProblem(handler);
  }

  /** Calls `handler` at every change of `phase`. */
  onState(handler: StateHandler): () => void {
    return this.#core.handlers.onState(handler);
  }

  /** Calls `handler` once, when all is delivered and closed. */
  onEnd(handler: EndHandler): () => void {
    return this.#core.handlers.onEnd(handler);
  }

  /**
   * The pictures of the session. Starts the session with the first step; ends when it ends, after what still waited. Leaving the
   * loop closes the session unless `keepOpen` is set.
   *
   * @throws ClosedError after `close`; in the loop, what `run` throws.
   */
  frames({ keepOpen = false }: ReadOptions = {}): LiveIterator<LiveFrame> {
    this.#assertUsable();
    const { delivery } = this.#core;
    const queue = delivery.openFrames();
    return this.#iterate(
      () => delivery.nextFrame(queue),
      () => delivery.closeFrames(queue),
      keepOpen,
    );
  }

  /** The results of the session, one message of the worker each. Otherwise as `frames`. */
  data({ keepOpen = false }: ReadOptions = {}): LiveIterator<LiveData> {
    this.#assertUsable();
    const { delivery } = this.#core;
    const queue = delivery.openData();
    return this.#iterate(
      () => delivery.nextData(queue),
      () => delivery.closeData(queue),
      keepOpen,
    );
  }

  /**
   * Connects. Resolves when the worker listens; calling it again gives the same.
   *
   * @throws What `run` throws.
   */
  async start(): Promise<void> {
    this.#assertUsable();
    const end = await this.#core.begin();
    if (end?.error !== undefined) throw end.error;
  }

  /**
   * Starts the session unless it runs, and waits for its end; handlers get everything that comes, and the end comes after them.
   *
   * @returns How it ended: `complete`, `processing-timeout` or `closed`.
   * @throws ClosedError after `close`, AbortedError, WebRTCSessionError (no connection, no sign of the worker, a source that failed), what the
   *   source throws, and the errors of the request that starts the worker: HTTPCallError, RouteNotAvailableError, ServerConnectionError,
   *   DeadlineExceededError, InvalidResponseError.
   */
  async run(): Promise<SessionEnd> {
    this.#assertUsable();
    return this.wait();
  }

  /**
   * As `run`, also after the end. With `timeoutMs` no longer than that; the session goes on.
   *
   * @throws DeadlineExceededError when the time is up, and what `run` throws.
   */
  async wait({ timeoutMs }: { readonly timeoutMs?: number | undefined } = {}): Promise<SessionEnd> {
    const core = this.#core;
    core.handlers.waitForEnd();
    if (core.phase === "new") this.#assertUsable();
    void core.begin();
    core.delivery.forgetEarly();
    const end = timeoutMs === undefined ? await core.done : await within(core, timeoutMs);
    if (end.error !== undefined) throw end.error;
    return end;
  }

  /**
   * Sends a frame of a source `manualFrames`. Starts the session unless it runs, and waits until the worker listens.
   *
   * @param timestampMs - Time of the frame in the video; the time of the call when left out.
   * @returns False when the frame was dropped: too many waited, or the session has ended. Whoever awaits each call loses none.
   * @throws InvalidParameterError for another source, InvalidInputFormatError for pixels that do not fit their size, and what `run` throws.
   */
  async send(frame: FramePixels, timestampMs?: number): Promise<boolean> {
    this.#assertUsable();
    return this.#core.send(frame, timestampMs);
  }

  /**
   * Ends a source `manualFrames`: sends what waits, tells the worker, and waits for the results of all frames and the worker's end
   * message (without it, until the worker has been silent for `limits.finishMs`). The end comes after the handlers: one that waits for
   * it calls this before it waits for anything else.
   *
   * @returns How the session ended.
   * @throws What `run` throws.
   */
  async finish(): Promise<SessionEnd> {
    this.#assertUsable();
    this.#core.handlers.waitForEnd();
    await this.#core.finishFrames();
    return this.wait();
  }

  /**
   * Changes what the worker sends, from one of the next frames on.
   *
   * @throws InvalidParameterError for what would end the worker or break its video: lists that hold no names, a change of the video of a
   *   session without video. ClosedError when the session does not stream.
   */
  changeOutputs(change: OutputChange): void {
    this.#assertUsable();
    this.#core.changeOutputs(change);
  }

  /** Counters of queues, channels and the connection. */
  stats(): Promise<LiveStats> {
    return this.#core.stats();
  }

  /**
   * Ends the session: tells the worker, releases connection, source and timers. May be called twice, and from a handler. What still
   * waited is not delivered.
   */
  close(): Promise<void> {
    this.#closed ??= this.#core.close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #iterate<Item extends object>(
    next: () => Promise<Item | undefined>,
    leave: () => void,
    keepOpen: boolean,
  ): LiveIterator<Item> {
    const core = this.#core;
    return liveIterator(
      () => {
        void core.begin();
        return next();
      },
      async () => {
        leave();
        if (!keepOpen) await this.close();
      },
    );
  }

  #assertUsable(): void {
    if (this.#closed === undefined) return;
    throw new ClosedError("The live video session was closed.", { hint: "Make a new one with stream." });
  }
}

async function within(core: SessionCore, timeoutMs: number): Promise<SessionEnd> {
  const late = Promise.withResolvers<never>();
  const cancel = core.clock.after(timeoutMs, () =>
    late.reject(
      new DeadlineExceededError(`The live video session did not end within ${timeoutMs} ms; it goes on.`, {
        timeoutMs,
      }),
    ),
  );
  try {
    return await Promise.race([core.done, late.promise]);
  } finally {
    cancel();
  }
}
