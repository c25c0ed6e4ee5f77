import type { VideoPacket } from "./video-packet.ts";
import { WrappingCounter } from "./wrapping-counter.ts";

/** How long packets wait for one that is missing: a resent one takes a round trip. */
export const REORDER_WAIT_MS = 150;
/** Packets that wait at most. */
export const REORDER_CAPACITY = 400;

/** Numbers of missing packets that are told at most: more are not sent again in time. */
const MAX_MISSING = 64;
/** How far before the first packet its stream may have begun: what one entry of a request for packets can name. */
const MAX_MISSED_BEGINNING = 17;

/** A packet whose turn has come. */
export interface OrderedPacket {
  readonly packet: VideoPacket;
  /** Whether packets before it were given up. */
  readonly isAfterGap: boolean;
}

interface HeldPacket {
  readonly packet: VideoPacket;
  readonly arrivedMs: number;
}

/** Puts packets of one track back in order, each once; a missing one holds the rest for a while. Knows no clock of its own. */
export class ReorderBuffer {
  readonly #isStart: (packet: VideoPacket) => boolean;
  readonly #numbers = new WrappingCounter(16);
  /** In the order of their arrival. */
  readonly #held = new Map<number, HeldPacket>();
  #next: number | undefined;
  #lost = 0;
  #isBeginningLost = false;

  /** @param isStart - Whether a stream begins with this packet; one that does not waits for those before it. */
  constructor(isStart: (packet: VideoPacket) => boolean) {
    this.#isStart = isStart;
  }

  /** Packets that were given up. */
  get lost(): number {
    return this.#lost;
  }

  /** The stream had begun before the first packet that was given out: what it began with never came. */
  get isBeginningLost(): boolean {
    return this.#isBeginningLost;
  }

  /** When `expire` has something to do; undefined when nothing waits. */
  get expiresAtMs(): number | undefined {
    const oldest = this.#held.values().next();
    return oldest.done === true ? undefined : oldest.value.arrivedMs + REORDER_WAIT_MS;
  }

  /** Numbers (16 bits) of packets that those that wait are waiting for, the first ones of many. */
  get missing(): number[] {
    if (this.#held.size === 0) return [];
    const highest = Math.max(...this.#held.keys());
    const missing: number[] = [];
    const first = this.#next ?? Math.min(...this.#held.keys()) - MAX_MISSED_BEGINNING;
    for (let number = first; number < highest && missing.length < MAX_MISSING; number++) {
      if (!this.#held.has(number)) missing.push(number & 0xffff);
    }
    return missing;
  }

  /** Takes a packet; returns those whose turn has come. */
  push(packet: VideoPacket, nowMs: number): OrderedPacket[] {
    const number = this.#numbers.unwrap(packet.sequence);
    if (this.#next === undefined && this.#isStart(packet)) this.#startAt(number);
    const isLate = this.#next !== undefined && number < this.#next;
    if (isLate || this.#held.has(number)) return [];
    this.#held.set(number, { packet, arrivedMs: nowMs });
    const ordered: OrderedPacket[] = [];
    this.#releaseRun(ordered, false);
    while (this.#held.size > REORDER_CAPACITY) this.#skipGap(ordered);
    return ordered;
  }

  /** Gives up what has been missing for too long. */
  expire(nowMs: number): OrderedPacket[] {
    const ordered: OrderedPacket[] = [];
    for (let at = this.expiresAtMs; at !== undefined && at <= nowMs; at = this.expiresAtMs) {
      this.#skipGap(ordered);
    }
    return ordered;
  }

  /** What came before the beginning is the tail of something else. */
  #startAt(number: number): void {
    this.#next = number;
    for (const [before, { packet }] of this.#held) {
      if (before > number) continue;
      // Packets without a payload begin nothing.
      this.#isBeginningLost ||= packet.payload.length > 0;
      this.#held.delete(before);
    }
  }

  #skipGap(ordered: OrderedPacket[]): void {
    const lowest = Math.min(...this.#held.keys());
    if (this.#next === undefined) this.#isBeginningLost = true;
    else this.#lost += Math.max(0, lowest - this.#next);
    this.#next = lowest;
    this.#releaseRun(ordered, true);
  }

  #releaseRun(ordered: OrderedPacket[], isFirstAfterGap: boolean): void {
    if (this.#next === undefined) return;
    let isAfterGap = isFirstAfterGap;
    for (let held = this.#held.get(this.#next); held !== undefined; held = this.#held.get(this.#next)) {
      ordered.push({ packet: held.packet, isAfterGap });
      isAfterGap = false;
      this.#held.delete(this.#next);
      this.#next++;
    }
  }
}
