import { InvalidResponseError, isInferenceError } from "@inference-ts/errors";
import type { VideoMetadata } from "../data-channel/video-metadata.ts";
import { DropOldestQueue } from "./drop-oldest-queue.ts";
import { HandlerPump } from "./handler-pump.ts";
import type { LiveData, LiveFrame } from "./live-items.ts";
import type { SessionHandlers } from "./session-handlers.ts";
import type { SharedPicture } from "./shared-picture.ts";

/** A picture that was not taken yet, with what belongs to it. */
export interface FrameEntry extends Omit<LiveFrame, "image" | "index"> {
  readonly picture: SharedPicture;
  readonly metadata: VideoMetadata | null;
}

type NumberedEntry = FrameEntry & { readonly index: number };

interface HandledData {
  readonly item: LiveData;
  readonly outputs: unknown;
}

/** Items that may wait for a reader. */
export interface DeliveryCapacity {
  readonly frames: number;
  readonly data: number;
}

/**
 * Brings pictures and data to handlers and readers. Every reader has a queue of its own; what a slow one misses is counted.
 * Until somebody takes items the newest wait for the first reader.
 */
export class Delivery {
  readonly #handlers: SessionHandlers;
  readonly #capacity: DeliveryCapacity;
  readonly #onFree: () => void;
  readonly #framePump: HandlerPump<NumberedEntry>;
  readonly #dataPump: HandlerPump<HandledData>;
  readonly #frameQueues = new Set<DropOldestQueue<NumberedEntry>>();
  readonly #dataQueues = new Set<DropOldestQueue<LiveData>>();
  /** What came before anybody wanted anything. */
  #earlyFrames: DropOldestQueue<NumberedEntry> | undefined;
  #earlyData: DropOldestQueue<LiveData> | undefined;
  #frames = 0;
  #data = 0;
  #framesDropped = 0;
  #dataDropped = 0;
  #end: { readonly error: unknown } | undefined;

  /** `onFree` is called whenever a reader or handler has caught up. */
  constructor(handlers: SessionHandlers, capacity: DeliveryCapacity, onFree: () => void) {
    this.#handlers = handlers;
    this.#capacity = capacity;
    this.#onFree = onFree;
    this.#framePump = new HandlerPump({
      capacity: capacity.frames,
      work: (entry) => this.#handleFrame(entry),
      onDrop: (entry) => this.#dropFrame(entry),
      onFree,
    });
    this.#dataPump = new HandlerPump({
      capacity: capacity.data,
      work: ({ item, outputs }) => handlers.data(item, outputs),
      onDrop: () => {
        this.#dataDropped += 1;
      },
      onFree,
    });
    this.#earlyFrames = new DropOldestQueue({ capacity: capacity.frames });
    this.#earlyData = new DropOldestQueue({ capacity: capacity.data });
  }

  /** Somebody still has to take something: what the worker sends now would pile up. */
  get isBehind(): boolean {
    if (this.#framePump.isBusy || this.#dataPump.isBusy) return true;
    const early = this.#hasTaker ? [] : [this.#earlyFrames, this.#earlyData];
    return [...early, ...this.#frameQueues, ...this.#dataQueues].some((queue) => (queue?.size ?? 0) > 0);
  }

  counts(): { frames: { received: number; dropped: number }; data: { received: number; dropped: number } } {
    return {
      frames: { received: this.#frames, dropped: this.#framesDropped },
      data: { received: this.#data, dropped: this.#dataDropped },
    };
  }

  frame(entry: FrameEntry): void {
    const numbered = { ...entry, index: this.#frames };
    this.#frames += 1;
    const { picture } = entry;
    // Held while it is handed around, so that the first to let it go does not drop it under the others.
    picture.hold();
    if (this.#hasTaker) this.forgetEarly();
    if (this.#handlers.takesFrames) {
      picture.hold();
      this.#framePump.push(numbered);
    }
    for (const queue of withEarly(this.#frameQueues, this.#earlyFrames)) {
      picture.hold();
      const oldest = queue.push(numbered);
      if (oldest !== undefined) this.#dropFrame(oldest);
    }
    picture.release();
  }

  /** `outputs`: with the pictures, for handlers of one output. */
  data(item: LiveData, outputs: unknown = item.data): void {
    this.#data += 1;
    if (this.#hasTaker) this.forgetEarly();
    this.#dataPump.push({ item, outputs });
    for (const queue of withEarly(this.#dataQueues, this.#earlyData)) {
      if (queue.push(item) !== undefined) this.#dataDropped += 1;
    }
  }

  /** Nobody will ask for what came before. */
  forgetEarly(): void {
    for (const { picture } of this.#earlyFrames?.clear() ?? []) picture.release();
    this.#earlyFrames = undefined;
    this.#earlyData = undefined;
  }

  /** A queue of pictures for one reader; the first one gets what came before. */
  openFrames(): DropOldestQueue<NumberedEntry> {
    const queue = this.#earlyFrames ?? new DropOldestQueue({ capacity: this.#capacity.frames });
    this.#earlyFrames = undefined;
    this.#frameQueues.add(queue);
    if (this.#end !== undefined) finish(queue, this.#end.error);
    return queue;
  }

  /** A queue of data for one reader; the first one gets what came before. */
  openData(): DropOldestQueue<LiveData> {
    const queue = this.#earlyData ?? new DropOldestQueue({ capacity: this.#capacity.data });
    this.#earlyData = undefined;
    this.#dataQueues.add(queue);
    if (this.#end !== undefined) finish(queue, this.#end.error);
    return queue;
  }

  /** The reader has left. */
  closeFrames(queue: DropOldestQueue<NumberedEntry>): void {
    this.#frameQueues.delete(queue);
    for (const { picture } of queue.clear()) picture.release();
    queue.end();
    this.#onFree();
  }

  /** The reader has left. */
  closeData(queue: DropOldestQueue<LiveData>): void {
    this.#dataQueues.delete(queue);
    queue.clear();
    queue.end();
    this.#onFree();
  }

  /** The next picture of a reader; one that cannot be read is reported and left out. */
  async nextFrame(queue: DropOldestQueue<NumberedEntry>): Promise<LiveFrame | undefined> {
    for (;;) {
      const { done, value } = await queue.next();
      if (done === true) return undefined;
      this.#onFree();
      const frame = await this.#take(value);
      if (frame !== undefined) return frame;
    }
  }

  /** The next data of a reader. */
  async nextData(queue: DropOldestQueue<LiveData>): Promise<LiveData | undefined> {
    const { done, value } = await queue.next();
    if (done === true) return undefined;
    this.#onFree();
    return value;
  }

  /** Makes sure that what waits for readers can be had without the connection. */
  async keepPictures(): Promise<void> {
    const queues = withEarly(this.#frameQueues, this.#earlyFrames);
    const entries = [...this.#framePump.waiting, ...queues.flatMap((queue) => queue.waiting)];
    await Promise.allSettled(entries.map(({ picture }) => picture.keep()));
  }

  /** Settles when every handler is done with what came. */
  async settled(): Promise<void> {
    await Promise.all([this.#framePump.idle(), this.#dataPump.idle()]);
  }

  /** Nobody gets what still waits. */
  discard(): void {
    this.#framePump.discard();
    this.#dataPump.discard();
    for (const queue of withEarly(this.#frameQueues, this.#earlyFrames)) {
      for (const { picture } of queue.clear()) picture.release();
    }
    for (const queue of withEarly(this.#dataQueues, this.#earlyData)) queue.clear();
  }

  /** Readers get what waits for them, then the end, or the error when there is one. */
  end(error: unknown): void {
    this.#end = { error };
    for (const queue of withEarly(this.#frameQueues, this.#earlyFrames)) finish(queue, error);
    for (const queue of withEarly(this.#dataQueues, this.#earlyData)) finish(queue, error);
  }

  get #hasTaker(): boolean {
    return this.#handlers.takesItems || this.#frameQueues.size + this.#dataQueues.size > 0;
  }

  #handleFrame(entry: NumberedEntry): Promise<void> {
    return this.#take(entry).then((frame) => (frame === undefined ? undefined : this.#handlers.frame(frame)));
  }

  async #take({ picture, ...entry }: NumberedEntry): Promise<LiveFrame | undefined> {
    try {
      return { image: await picture.take(), ...entry };
    } catch (error) {
      this.#handlers.problem({
        kind: "message",
        error: isInferenceError(error)
          ? error
          : new InvalidResponseError(`Picture ${entry.index} of the session could not be read.`, {
              cause: error,
            }),
      });
      return undefined;
    } finally {
      picture.release();
    }
  }

  #dropFrame({ picture }: NumberedEntry): void {
    this.#framesDropped += 1;
    picture.release();
  }
}

function withEarly<Item extends object>(
  queues: Iterable<DropOldestQueue<Item>>,
  early: DropOldestQueue<Item> | undefined,
): readonly DropOldestQueue<Item>[] {
  return early === undefined ? [...queues] : [...queues, early];
}

function finish<Item extends object>(queue: DropOldestQueue<Item>, error: unknown): void {
  if (error === undefined) queue.end();
  else queue.fail(error);
}
