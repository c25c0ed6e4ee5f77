import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { REORDER_CAPACITY, REORDER_WAIT_MS, ReorderBuffer } from "./reorder-buffer.ts";
import type { VideoPacket } from "./video-packet.ts";

const packet = (sequence: number): VideoPacket => ({
  sequence: sequence & 0xffff,
  timestamp: 0,
  marker: false,
  payload: Uint8Array.of(1),
});
const numbers = (released: readonly { packet: VideoPacket }[]) =>
  released.map(({ packet }) => packet.sequence);
const started = (first: number) => {
  const buffer = new ReorderBuffer(() => true);
  buffer.push(packet(first), 0);
  return buffer;
};

describe("ReorderBuffer", () => {
  test("holds what came too early until the missing one is there", () => {
    const buffer = started(10);
    expect(buffer.push(packet(12), 1)).toEqual([]);
    expect(buffer.push(packet(13), 2)).toEqual([]);
    expect(buffer.expiresAtMs).toBe(1 + REORDER_WAIT_MS);
    const released = buffer.push(packet(11), 100);
    expect(numbers(released)).toEqual([11, 12, 13]);
    expect(released.every(({ isAfterGap }) => !isAfterGap)).toBe(true);
    expect(buffer.expiresAtMs).toBeUndefined();
    expect(buffer.lost).toBe(0);
  });

  test("gives a missing one up when its time has passed, and says so", () => {
    const buffer = started(65_535);
    buffer.push(packet(65_536 + 2), 10);
    buffer.push(packet(65_536 + 3), 20);
    buffer.push(packet(65_536 + 5), 170);
    expect(buffer.expire(159)).toEqual([]);
    const released = buffer.expire(160);
    expect(released.map(({ packet: { sequence }, isAfterGap }) => [sequence, isAfterGap])).toEqual([
      [2, true],
      [3, false],
    ]);
    expect(buffer.lost).toBe(2);
    expect(numbers(buffer.push(packet(65_536 + 1), 165))).toEqual([]);
    expect(numbers(buffer.expire(320))).toEqual([5]);
  });

  test("tells what is missing, over the end of 16 bits, and no more than can help", () => {
    const buffer = started(65_534);
    expect(buffer.missing).toEqual([]);
    buffer.push(packet(65_536), 1);
    buffer.push(packet(65_536 + 3), 1);
    expect(buffer.missing).toEqual([65_535, 1, 2]);
    buffer.push(packet(65_536 + 300), 1);
    expect(buffer.missing).toHaveLength(64);
    buffer.expire(Number.POSITIVE_INFINITY);
    expect(buffer.missing).toEqual([]);
  });

  test("never holds more than its capacity", () => {
    const buffer = started(0);
    for (let sequence = 2; sequence < REORDER_CAPACITY + 2; sequence++) {
      expect(buffer.push(packet(sequence), 1)).toEqual([]);
    }
    expect(buffer.push(packet(REORDER_CAPACITY + 2), 1)).toHaveLength(REORDER_CAPACITY + 1);
  });

  test("waits for the beginning of a stream whose first packets change places", () => {
    const buffer = new ReorderBuffer(({ sequence }) => sequence === 5);
    expect(buffer.push(packet(6), 0)).toEqual([]);
    expect(buffer.push(packet(7), 1)).toEqual([]);
    expect(numbers(buffer.push(packet(5), 2))).toEqual([5, 6, 7]);
  });

  test("starts without a beginning when none comes", () => {
    const buffer = new ReorderBuffer(() => false);
    buffer.push(packet(6), 0);
    expect(buffer.isBeginningLost).toBe(false);
    expect(buffer.expire(REORDER_WAIT_MS)).toEqual([{ packet: packet(6), isAfterGap: true }]);
    expect(buffer.isBeginningLost).toBe(true);
  });

  test("misses what stands before the first packet until the beginning is there", () => {
    const buffer = new ReorderBuffer(({ sequence }) => sequence === 65_535);
    buffer.push(packet(3), 0);
    buffer.push(packet(5), 1);
    expect(buffer.missing).toEqual([
      65_522, 65_523, 65_524, 65_525, 65_526, 65_527, 65_528, 65_529, 65_530, 65_531, 65_532, 65_533, 65_534,
      65_535, 0, 1, 2, 4,
    ]);
    expect(numbers(buffer.push(packet(65_535), 2))).toEqual([65_535]);
    expect(buffer.missing).toEqual([0, 1, 2, 4]);
    expect(buffer.isBeginningLost).toBe(false);
  });

  test.each([
    ["tells that a beginning was lost when a later one is taken", packet(4), true],
    [
      "knows that nothing began with a packet without a payload",
      { ...packet(4), payload: new Uint8Array() },
      false,
    ],
  ])("%s", (_name, first, isLost) => {
    const buffer = new ReorderBuffer(({ sequence }) => sequence === 6);
    buffer.push(first, 0);
    expect(numbers(buffer.push(packet(6), 1))).toEqual([6]);
    expect(buffer.isBeginningLost).toBe(isLost);
  });

  test("whatever the order and the losses: each once, upwards, gaps marked, all of it in the end", () => {
    const arrival = fc.record({
      sequence: fc.integer({ min: 65_400, max: 65_700 }),
      afterMs: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 200 }), (arrivals) => {
        const buffer = new ReorderBuffer(() => true);
        let nowMs = 0;
        let last: number | undefined;
        const seen = new Set<number>();
        const take = (released: ReturnType<ReorderBuffer["push"]>) => {
          for (const { packet, isAfterGap } of released) {
            const number = packet.sequence < 32_768 ? packet.sequence + 65_536 : packet.sequence;
            if (last !== undefined) {
              expect(number).toBeGreaterThan(last);
              expect(isAfterGap).toBe(number !== last + 1);
            }
            last = number;
            seen.add(number);
          }
        };
        for (const { sequence, afterMs } of arrivals) {
          nowMs += afterMs;
          const isNew = last === undefined || sequence > last;
          take(buffer.expire(nowMs));
          const isStillNew = last === undefined || sequence > last;
          take(buffer.push(packet(sequence), nowMs));
          if (isNew && isStillNew) seen.add(sequence);
        }
        take(buffer.expire(Number.POSITIVE_INFINITY));
        expect(buffer.expiresAtMs).toBeUndefined();
        if (last !== undefined) expect(Math.max(...seen)).toBe(last);
      }),
    );
  });
});
