import { type Chunk, readChunk } from "./chunk.ts";

/** What limits the memory that incomplete frames of a live session take. */
export interface ReassemblyLimits {
  /** Longest message, in bytes before inflating. Default 64 MiB: the server itself holds at most 32 MiB back. */
  readonly maxMessageBytes: number;
  /** Most frames that may be incomplete at one time; the oldest is given up. Default 8. */
  readonly maxOpenFrames: number;
  /** Longest time a frame may stay incomplete, in ms. Default 130,000: the server gives a message up after 120 s. */
  readonly maxAgeMs: number;
}

export const DEFAULT_REASSEMBLY_LIMITS: ReassemblyLimits = {
  maxMessageBytes: 64 * 1024 * 1024,
  maxOpenFrames: 8,
  maxAgeMs: 130_000,
};

/** Why a binary message or an incomplete frame of a live session was put aside. */
export type IgnoredReason =
  /** Shorter than the header. */
  | "too-short"
  /** No chunks at all, or an index that is not below the total. */
  | "bad-header"
  /** The total is not the one that the first chunk of the frame named. */
  | "other-total"
  /** A chunk that is there already. */
  | "duplicate"
  /** The message is over the limit; the rest of it is put aside too. */
  | "too-large"
  /** Given up because too many frames, or too many bytes, were incomplete. */
  | "crowded-out"
  /** Given up because it stayed incomplete too long. */
  | "too-old";

/** What one binary message led to. */
export type ReassemblyStep =
  | { readonly kind: "complete"; readonly frameId: number; readonly message: Uint8Array }
  | { readonly kind: "incomplete" }
  | { readonly kind: "ignored"; readonly reason: IgnoredReason };

interface OpenFrame {
  readonly total: number;
  readonly openedAt: number;
  /** Emptied when the frame is given up as too large. */
  readonly chunks: Map<number, Uint8Array>;
  bytes: number;
  tooLarge: boolean;
}

/** What the bookkeeping of one stored chunk costs; so that empty chunks cannot fill the memory either. */
const CHUNK_OVERHEAD_BYTES = 128;

/** How much bookkeeping a frame may need beside the bytes of its message. */
const MAX_OVERHEAD_BYTES = 4096 * CHUNK_OVERHEAD_BYTES;

/**
 * Puts the chunks of channel `inference` together. Order within a frame is free.
 *
 * Never throws, and never holds more than two messages of the longest allowed length and their bookkeeping: the server leaves a message
 * unfinished for good when its own buffer stays full, and the totals in the headers are only claims.
 */
export class ChunkReassembler {
  readonly #limits: ReassemblyLimits;
  readonly #open = new Map<number, OpenFrame>();
  readonly #ignored = new Map<IgnoredReason, number>();
  readonly #maxFrameBytes: number;
  #heldBytes = 0;

  constructor(limits: Partial<ReassemblyLimits> = {}) {
    this.#limits = { ...DEFAULT_REASSEMBLY_LIMITS, ...limits };
    this.#maxFrameBytes = this.#limits.maxMessageBytes + MAX_OVERHEAD_BYTES;
  }

  /** Bytes held for incomplete frames, bookkeeping included. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Frames that are incomplete. */
  get openFrames(): number {
    return this.#open.size;
  }

  /** How often something was put aside, by reason. */
  get ignored(): ReadonlyMap<IgnoredReason, number> {
    return this.#ignored;
  }

  /** Takes one binary message. `now` is a monotonic clock in ms. */
  add(bytes: Uint8Array, now: number): ReassemblyStep {
    this.#giveUpOld(now);
    const chunk = readChunk(bytes);
    if (chunk === undefined) return this.#ignore("too-short");
    if (chunk.total === 0 || chunk.index >= chunk.total) return this.#ignore("bad-header");
    if (chunk.payload.length > this.#limits.maxMessageBytes) return this.#ignore("too-large");
    if (chunk.total === 1 && !this.#open.has(chunk.frameId)) {
      return { kind: "complete", frameId: chunk.frameId, message: chunk.payload };
    }
    return this.#store(chunk, now);
  }

  /** Gives up what is incomplete. */
  clear(): void {
    this.#open.clear();
    this.#heldBytes = 0;
  }

  #store(chunk: Chunk, now: number): ReassemblyStep {
    const frame = this.#open.get(chunk.frameId) ?? this.#openFrame(chunk, now);
    if (frame.total !== chunk.total) return this.#ignore("other-total");
    if (frame.tooLarge) return this.#ignore("too-large");
    if (frame.chunks.has(chunk.index)) return this.#ignore("duplicate");
    const cost = chunk.payload.length + CHUNK_OVERHEAD_BYTES;
    const payload = frame.bytes - frame.chunks.size * CHUNK_OVERHEAD_BYTES + chunk.payload.length;
    if (payload > this.#limits.maxMessageBytes || frame.bytes + cost > this.#maxFrameBytes) {
      return this.#refuse(frame);
    }
    // A copy: a view would keep the whole receive buffer of the peer alive.
    frame.chunks.set(chunk.index, chunk.payload.slice());
    frame.bytes += cost;
    this.#heldBytes += cost;
    if (frame.chunks.size < frame.total) {
      this.#giveUpUntilFits(chunk.frameId);
      return { kind: "incomplete" };
    }
    this.#drop(chunk.frameId, frame);
    return { kind: "complete", frameId: chunk.frameId, message: joined(frame) };
  }

  #openFrame(chunk: Chunk, now: number): OpenFrame {
    const frame: OpenFrame = {
      total: chunk.total,
      openedAt: now,
      chunks: new Map(),
      bytes: 0,
      tooLarge: false,
    };
    this.#open.set(chunk.frameId, frame);
    while (this.#open.size > this.#limits.maxOpenFrames) this.#giveUpOldest(chunk.frameId);
    return frame;
  }

  #refuse(frame: OpenFrame): ReassemblyStep {
    this.#heldBytes -= frame.bytes;
    frame.bytes = 0;
    frame.chunks.clear();
    frame.tooLarge = true;
    return this.#ignore("too-large");
  }

  #giveUpOld(now: number): void {
    for (const [frameId, frame] of this.#open) {
      // Frames stand in the order in which they were opened.
      if (now - frame.openedAt <= this.#limits.maxAgeMs) return;
      this.#drop(frameId, frame);
      this.#count("too-old");
    }
  }

  #giveUpUntilFits(keep: number): void {
    while (this.#heldBytes > 2 * this.#maxFrameBytes && this.#open.size > 1) this.#giveUpOldest(keep);
  }

  #giveUpOldest(keep: number): void {
    for (const [frameId, frame] of this.#open) {
      if (frameId === keep && this.#open.size > 1) continue;
      this.#drop(frameId, frame);
      this.#count("crowded-out");
      return;
    }
  }

  #drop(frameId: number, frame: OpenFrame): void {
    this.#open.delete(frameId);
    this.#heldBytes -= frame.bytes;
  }

  #ignore(reason: IgnoredReason): ReassemblyStep {
    this.#count(reason);
    return { kind: "ignored", reason };
  }

  #count(reason: IgnoredReason): void {
    this.#ignored.set(reason, (this.#ignored.get(reason) ?? 0) + 1);
  }
}

function joined(frame: OpenFrame): Uint8Array {
  const message = new Uint8Array(frame.bytes - frame.total * CHUNK_OVERHEAD_BYTES);
  let offset = 0;
  for (let index = 0; index < frame.total; index += 1) {
    const chunk = frame.chunks.get(index);
    if (chunk === undefined) continue;
    message.set(chunk, offset);
    offset += chunk.length;
  }
  return message;
}
