import { InvalidResponseError } from "@inference-ts/errors";
import { inflateGzip, isGzip } from "./inflate.ts";
import { ChunkReassembler, type IgnoredReason, type ReassemblyLimits } from "./reassembler.ts";
import { readWorkerMessage, type WorkerMessage } from "./worker-message.ts";

/** What limits the memory of a {@link ChannelReader}. */
export interface ChannelLimits extends ReassemblyLimits {
  /** Longest message after inflating, in bytes. Default 256 MiB. */
  readonly maxInflatedBytes: number;
}

export const DEFAULT_INFLATED_BYTES = 256 * 1024 * 1024;

/** What one message on channel `inference` led to. */
export type ChannelEvent =
  | { readonly kind: "message"; readonly message: WorkerMessage }
  | { readonly kind: "invalid"; readonly error: InvalidResponseError }
  | { readonly kind: "incomplete" }
  | { readonly kind: "ignored"; readonly reason: IgnoredReason };

/** Counters of a {@link ChannelReader}. */
export interface ChannelCounts {
  readonly messages: number;
  readonly invalid: number;
  readonly ignored: Readonly<Partial<Record<IgnoredReason, number>>>;
  readonly openFrames: number;
  readonly heldBytes: number;
  /** Messages that arrived and are being read, such as inflated. */
  readonly reading: number;
}

/**
 * Reads channel `inference`: chunks, gzip, JSON. Whatever arrives, `receive` neither throws nor rejects.
 *
 * Results come in the order of arrival, although inflating takes a moment: each call waits for the one before.
 */
export class ChannelReader {
  readonly #chunks: ChunkReassembler;
  readonly #maxInflatedBytes: number;
  #last: Promise<unknown> = Promise.resolve();
  #messages = 0;
  #invalid = 0;
  #reading = 0;

  constructor(limits: Partial<ChannelLimits> = {}) {
    const { maxInflatedBytes = DEFAULT_INFLATED_BYTES, ...reassembly } = limits;
    this.#chunks = new ChunkReassembler(reassembly);
    this.#maxInflatedBytes = maxInflatedBytes;
  }

  /** Takes one message: text, or the bytes of one chunk. `now` is a monotonic clock in ms. */
  receive(received: string | Uint8Array, now: number): Promise<ChannelEvent> {
    const read = this.#begin(received, now);
    this.#reading += 1;
    const event = this.#last.then(read).finally(() => {
      this.#reading -= 1;
    });
    this.#last = event;
    return event;
  }

  /** What came in so far. */
  counts(): ChannelCounts {
    return {
      messages: this.#messages,
      invalid: this.#invalid,
      ignored: Object.fromEntries(this.#chunks.ignored),
      openFrames: this.#chunks.openFrames,
      heldBytes: this.#chunks.heldBytes,
      reading: this.#reading,
    };
  }

  /** Gives up incomplete frames. */
  clear(): void {
    this.#chunks.clear();
  }

  /** Does at once what depends on the order of arrival, and returns what is left to do. */
  #begin(received: string | Uint8Array, now: number): () => ChannelEvent | Promise<ChannelEvent> {
    if (typeof received === "string") return () => this.#read(received, undefined);
    if (isBareJson(received)) return () => this.#read(received, undefined);
    const step = this.#chunks.add(received, now);
    if (step.kind !== "complete") return () => step;
    const { message, frameId } = step;
    if (!isGzip(message)) return () => this.#read(message, frameId);
    return async () => {
      try {
        return this.#read(await inflateGzip(message, this.#maxInflatedBytes), frameId);
      } catch (error) {
        return this.#fail(error);
      }
    };
  }

  #read(message: string | Uint8Array, frameId: number | undefined): ChannelEvent {
    try {
      const read = readWorkerMessage(message, frameId);
      this.#messages += 1;
      return { kind: "message", message: read };
    } catch (error) {
      return this.#fail(error);
    }
  }

  #fail(error: unknown): ChannelEvent {
    this.#invalid += 1;
    return {
      kind: "invalid",
      error:
        error instanceof InvalidResponseError
          ? error
          : new InvalidResponseError("A message of the live video worker could not be read.", {
              cause: error,
            }),
    };
  }
}

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
/** The smallest number of chunks that four printable characters read as. No server cuts a message so finely. */
const TEXT_AS_TOTAL = 0x09_09_09_09;

/** True for JSON bytes without a chunk header; read as a header they claim hundreds of millions of chunks. */
function isBareJson(bytes: Uint8Array): boolean {
  if (bytes[0] !== OPEN_BRACE || bytes.at(-1) !== CLOSE_BRACE) return false;
  if (bytes.length < 12) return true;
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true) >= TEXT_AS_TOTAL;
}
