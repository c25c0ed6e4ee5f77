import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunkMessage, readChunk, writeChunk } from "./chunk.ts";
import { ChunkReassembler } from "./reassembler.ts";

const empty = new Uint8Array();
const piece = (frameId: number, index: number, total: number, length = 1): Uint8Array =>
  writeChunk({ frameId, index, total, payload: new Uint8Array(length) });

describe("chunks", () => {
  test("a written chunk is read back, also from the middle of a larger buffer", () => {
    const u32 = fc.nat(0xff_ff_ff_ff);
    fc.assert(
      fc.property(u32, u32, u32, fc.uint8Array(), fc.nat(9), (frameId, index, total, payload, lead) => {
        const written = writeChunk({ frameId, index, total, payload });
        const larger = new Uint8Array(lead + written.length);
        larger.set(written, lead);
        expect(readChunk(larger.subarray(lead))).toEqual({ frameId, index, total, payload });
      }),
    );
  });

  test("an empty message is one chunk", () => {
    expect(chunkMessage(4, empty)).toEqual([writeChunk({ frameId: 4, index: 0, total: 1, payload: empty })]);
  });
});

describe("ChunkReassembler", () => {
  test("puts messages together in any order of chunks, with frames mixed and chunks repeated", () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        messages,
        fc.integer({ min: 1, max: 50 }),
        fc.infiniteStream(fc.nat()),
        (sent, size, dice) => {
          const arriving = sent
            .flatMap((message, at) => {
              const chunks = chunkMessage(at + 1, message, size);
              // Only a chunk that is not the last to come can be repeated: a complete frame is forgotten.
              return chunks.length > 1 ? chunks : chunks.slice(0, 1);
            })
            .map((chunk) => ({ chunk, rank: dice.next().value }))
            .sort((a, b) => a.rank - b.rank);
          const reassembler = new ChunkReassembler();
          const got = new Map<number, Uint8Array>();
          for (const { chunk } of arriving) {
            const step = reassembler.add(chunk, 0);
            if (step.kind === "complete") got.set(step.frameId, step.message);
            else if (step.kind === "incomplete") {
              expect(reassembler.add(chunk, 0)).toEqual({ kind: "ignored", reason: "duplicate" });
            }
          }
          expect([...got].sort(([a], [b]) => a - b).map(([, message]) => message)).toEqual(sent);
          expect(reassembler.openFrames).toBe(0);
          expect(reassembler.heldBytes).toBe(0);
        },
      ),
    );
  });

  test.each([
    ["too-short", new Uint8Array(11)],
    ["bad-header", piece(1, 0, 0)],
    ["bad-header", piece(1, 1, 1)],
    ["bad-header", piece(1, 7, 3)],
    ["too-large", piece(1, 0, 1, 101)],
  ])("puts aside: %s", (reason, bytes) => {
    const reassembler = new ChunkReassembler({ maxMessageBytes: 100 });
    expect(reassembler.add(bytes, 0)).toEqual({ kind: "ignored", reason });
    expect([...reassembler.ignored]).toEqual([[reason, 1]]);
    expect(reassembler.openFrames).toBe(0);
  });

  test("a total that changes within a frame is put aside, the frame can still be completed", () => {
    const reassembler = new ChunkReassembler();
    reassembler.add(piece(1, 0, 2), 0);
    expect(reassembler.add(piece(1, 1, 3), 0)).toEqual({ kind: "ignored", reason: "other-total" });
    expect(reassembler.add(piece(1, 1, 2), 0).kind).toBe("complete");
  });

  test("a message over the limit is let go at once, and the rest of it too", () => {
    const reassembler = new ChunkReassembler({ maxMessageBytes: 100 });
    expect(reassembler.add(piece(1, 0, 3, 60), 0).kind).toBe("incomplete");
    expect(reassembler.add(piece(1, 1, 3, 60), 0)).toEqual({ kind: "ignored", reason: "too-large" });
    expect(reassembler.heldBytes).toBe(0);
    expect(reassembler.add(piece(1, 2, 3, 10), 0)).toEqual({ kind: "ignored", reason: "too-large" });
    expect(reassembler.add(piece(2, 0, 1, 100), 0).kind).toBe("complete");
  });

  test("the oldest incomplete frame makes room", () => {
    const reassembler = new ChunkReassembler({ maxOpenFrames: 2 });
    for (const frame of [1, 2, 3]) reassembler.add(piece(frame, 0, 2), 0);
    expect(reassembler.openFrames).toBe(2);
    expect(reassembler.ignored.get("crowded-out")).toBe(1);
    expect(reassembler.add(piece(2, 1, 2), 0).kind).toBe("complete");
    expect(reassembler.add(piece(3, 1, 2), 0).kind).toBe("complete");
  });

  test("an incomplete frame is given up when it is too old", () => {
    const reassembler = new ChunkReassembler({ maxAgeMs: 50 });
    reassembler.add(piece(1, 0, 2), 1000);
    reassembler.add(piece(2, 0, 1), 1050);
    expect(reassembler.openFrames).toBe(1);
    reassembler.add(piece(3, 0, 1), 1051);
    expect(reassembler.openFrames).toBe(0);
    expect(reassembler.ignored.get("too-old")).toBe(1);
    expect(reassembler.heldBytes).toBe(0);
  });

  test("memory stays bounded whatever the headers claim", () => {
    const limits = { maxMessageBytes: 1000, maxOpenFrames: 3 };
    const few = fc.nat(5);
    const chunk = fc.record({
      frameId: few,
      index: fc.oneof(few, fc.nat(0xff_ff_ff_ff)),
      total: fc.oneof(few, fc.nat(0xff_ff_ff_ff)),
      payload: fc.uint8Array({ maxLength: 400 }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(chunk.map(writeChunk), fc.uint8Array()), { maxLength: 60 }),
        (arriving) => {
          const reassembler = new ChunkReassembler(limits);
          for (const bytes of arriving) {
            const step = reassembler.add(bytes, 0);
            expect(reassembler.openFrames).toBeLessThanOrEqual(limits.maxOpenFrames);
            if (step.kind === "complete")
              expect(step.message.length).toBeLessThanOrEqual(limits.maxMessageBytes);
          }
          expect(reassembler.heldBytes).toBeLessThanOrEqual(3 * (limits.maxMessageBytes + 30 * 128));
        },
      ),
    );
  });

  test("a flood of empty chunks ends as too large", () => {
    const reassembler = new ChunkReassembler({ maxMessageBytes: 1000 });
    let most = 0;
    for (let index = 0; index < 10_000; index += 1) {
      reassembler.add(writeChunk({ frameId: 1, index, total: 0xff_ff_ff_ff, payload: empty }), 0);
      most = Math.max(most, reassembler.heldBytes);
    }
    expect(most).toBeLessThan(600_000);
    expect(reassembler.heldBytes).toBe(0);
    expect(reassembler.ignored.get("too-large")).toBeGreaterThan(0);
  });
});
