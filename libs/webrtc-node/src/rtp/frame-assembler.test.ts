import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { H264Packetizer, type Packetizer, Vp8Packetizer } from "werift";
import type { Depacketizer } from "./depacketizer.ts";
import { type EncodedPicture, FrameAssembler } from "./frame-assembler.ts";
import { readH264Payload } from "./h264-depacketizer.ts";
import { ReorderBuffer } from "./reorder-buffer.ts";
import type { VideoPacket } from "./video-packet.ts";
import { readVp8Payload } from "./vp8-depacketizer.ts";

const FRAME_TICKS = 3000;
const START = 2 ** 32 - 2 * FRAME_TICKS;

interface Codec {
  readonly packetizer: () => Packetizer;
  readonly depacketize: Depacketizer;
  readonly frame: (number: number, isKey: boolean, bytes: number) => Buffer;
}

const unit = (header: number, number: number, bytes: number) => {
  // No zero bytes, so that nothing in it looks like a start code.
  const unit = Buffer.alloc(bytes + 1, 1 + (number % 250));
  unit[0] = header;
  return Buffer.concat([Buffer.of(0, 0, 0, 1), unit]);
};

const CODECS: Readonly<Record<"VP8" | "H264", Codec>> = {
  VP8: {
    packetizer: () => new Vp8Packetizer({ maxPayloadSize: 60, sequenceNumber: 65_530 }),
    depacketize: readVp8Payload,
    frame: (number, isKey, bytes) => Buffer.concat([Buffer.of(isKey ? 0 : 1), Buffer.alloc(bytes, number)]),
  },
  H264: {
    packetizer: () =>
      new H264Packetizer({ maxPayloadSize: 60, sequenceNumber: 65_530, inputFormat: "annexb" }),
    depacketize: readH264Payload,
    frame: (number, isKey, bytes) =>
      isKey
        ? Buffer.concat([unit(0x67, number, 8), unit(0x68, number, 4), unit(0x65, number, bytes)])
        : Buffer.concat([unit(0x41, number, bytes), unit(0x41, number, 1 + (bytes >> 1))]),
  },
};

interface Sent {
  readonly frames: readonly Buffer[];
  readonly packets: readonly VideoPacket[];
}

function send({ packetizer, frame }: Codec, keys: readonly boolean[], bytes: readonly number[]): Sent {
  const sender = packetizer();
  const frames = keys.map((isKey, at) => frame(at, isKey, bytes[at] ?? 1));
  const packets = frames.flatMap((data, at) =>
    sender.packetize(data, (START + at * FRAME_TICKS) % 2 ** 32).map(({ header, payload }) => ({
      sequence: header.sequenceNumber,
      timestamp: header.timestamp,
      marker: header.marker,
      payload,
    })),
  );
  return { frames, packets };
}

function receive({ depacketize }: Codec, packets: readonly VideoPacket[], gapMs = 1): EncodedPicture[] {
  const buffer = new ReorderBuffer(({ payload }) => {
    const fragment = depacketize(payload);
    return fragment?.startsFrame === true && fragment.isKey;
  });
  const assembler = new FrameAssembler(depacketize);
  const out: EncodedPicture[] = [];
  packets.forEach((packet, at) => {
    const ordered = [...buffer.expire(at * gapMs), ...buffer.push(packet, at * gapMs)];
    for (const item of ordered) out.push(...assembler.push(item));
  });
  for (const item of buffer.expire(Number.POSITIVE_INFINITY)) out.push(...assembler.push(item));
  return out;
}

describe.each(["VP8", "H264"] as const)("frames of %s", (name) => {
  const codec = CODECS[name];
  const keys = [true, false, false, true, false, false];
  const bytes = [400, 30, 90, 200, 1, 150];

  test("come out whole, with times from the first, over the end of 32 and of 16 bits", () => {
    const { frames, packets } = send(codec, keys, bytes);
    const out = receive(codec, packets);
    expect(out.map(({ data }) => data)).toEqual(frames);
    expect(out.map(({ isKey }) => isKey)).toEqual(keys);
    expect(out.map(({ ticks }) => ticks)).toEqual(keys.map((_, at) => at * FRAME_TICKS));
  });

  test("that lack any one packet are left out, with all up to the next key frame", () => {
    const { frames, packets } = send(codec, keys, bytes);
    for (const missing of packets) {
      const out = receive(
        codec,
        packets.filter((packet) => packet !== missing),
        200,
      );
      const broken = packets
        .filter(({ marker }) => marker)
        .findIndex(({ timestamp }) => timestamp === missing.timestamp);
      const expected = frames.filter((_, at) => at < broken || (broken < 3 && at >= 3));
      // A lost beginning is not even seen, so the numbers may count from a later packet.
      expect(out.map(({ data }) => data)).toEqual(expected);
    }
  });

  test("whatever is lost, doubled or late: never a broken one, never out of order, none without its predecessors", () => {
    const plan = fc.record({
      shape: fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 300 })), {
        minLength: 1,
        maxLength: 25,
      }),
      gapMs: fc.constantFrom(1, 20, 200),
      fates: fc.array(
        fc.record({
          copies: fc.constantFrom(1, 1, 1, 1, 1, 0, 2),
          delay: fc.constantFrom(0, 0, 0, 1, 3, 20),
        }),
        { minLength: 200, maxLength: 200 },
      ),
    });
    fc.assert(
      fc.property(plan, ({ shape, gapMs, fates }) => {
        const isKey = shape.map(([key], at) => key || at === 0);
        const sent = send(
          codec,
          isKey,
          shape.map(([, size]) => size),
        );
        const arriving = sent.packets
          .flatMap((packet, at) => {
            const { copies, delay } = fates[at % fates.length] ?? { copies: 1, delay: 0 };
            return Array.from({ length: copies }, (_, copy) => ({ packet, at: at + delay + copy * 2 }));
          })
          .sort((left, right) => left.at - right.at)
          .map(({ packet }) => packet);
        let last = -1;
        for (const { data, isKey: gotKey } of receive(codec, arriving, gapMs)) {
          const number = sent.frames.findIndex((frame) => frame.equals(data));
          expect(number).toBeGreaterThan(last);
          expect(gotKey).toBe(isKey[number]);
          if (!gotKey) expect(number).toBe(last + 1);
          last = number;
        }
      }),
      { numRuns: 200 },
    );
  });

  test("of noise are none or at least in order", () => {
    const noise = fc.record({
      sequence: fc.integer({ min: 0, max: 40 }),
      timestamp: fc.constantFrom(0, 3000, 6000),
      marker: fc.boolean(),
      payload: fc.uint8Array({ maxLength: 20 }),
    });
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 60 }), (packets) => {
        expect(() => receive(codec, packets)).not.toThrow();
      }),
    );
  });
});

describe("FrameAssembler", () => {
  const codec = CODECS.VP8;

  test("asks for a key frame only when waiting does not help", () => {
    const { packets } = send(codec, [true, false, false], [200, 10, 10]);
    const assembler = new FrameAssembler(readVp8Payload);
    const wants = packets.map((packet, at) => {
      assembler.push({ packet, isAfterGap: at === packets.length - 1 });
      return assembler.wantsKeyFrame;
    });
    expect(wants.slice(0, -1).includes(true)).toBe(false);
    expect(wants.at(-1)).toBe(true);
    const [key] = send(codec, [true], [5]).packets;
    if (key === undefined) throw new Error("no packet");
    assembler.push({ packet: { ...key, timestamp: 12 }, isAfterGap: false });
    expect(assembler.wantsKeyFrame).toBe(false);
  });

  test("can hold each frame until the next one begins, as aiortc does", () => {
    const { frames, packets } = send(codec, [true, false, false], [200, 10, 10]);
    const assembler = new FrameAssembler(readVp8Payload, "next-frame");
    const out = packets.flatMap((packet) => assembler.push({ packet, isAfterGap: false }));
    expect(out.map(({ data }) => data)).toEqual(frames.slice(0, 2));
  });

  test("ends a frame whose sender sets no marker with the next one", () => {
    const { frames, packets } = send(codec, [true, false, true], [200, 70, 10]);
    const assembler = new FrameAssembler(readVp8Payload);
    const out = packets.flatMap((packet) =>
      assembler.push({ packet: { ...packet, marker: false }, isAfterGap: false }),
    );
    expect(out.map(({ data }) => data)).toEqual(frames.slice(0, 2));
  });
});

describe.each(["VP8", "H264"] as const)("a %s frame without end", (codec) => {
  test("is given up before it fills the memory, and the next key frame comes through", () => {
    const { depacketize, frame } = CODECS[codec];
    const assembler = new FrameAssembler(depacketize);
    const payload = Buffer.alloc(100_000, 1);
    const begin = codec === "VP8" ? Buffer.of(0x10, 0) : Buffer.of(0x67, 1);
    const more = codec === "VP8" ? Buffer.of(0) : Buffer.of(0x41);
    let sequence = 0;
    const push = (data: Buffer, timestamp: number, marker: boolean): EncodedPicture[] =>
      assembler.push({
        packet: { sequence: sequence++, timestamp, marker, payload: data },
        isAfterGap: false,
      });
    push(begin, 0, false);
    for (let sent = 0; sent < 200; sent++) push(Buffer.concat([more, payload]), 0, false);
    expect([assembler.incomplete, assembler.wantsKeyFrame]).toEqual([1, true]);
    expect(push(Buffer.concat([more, payload]), 0, true)).toEqual([]);
    const next = frame(1, true, 20);
    const parts =
      codec === "VP8"
        ? [Buffer.concat([Buffer.of(0x10), next])]
        : [unit(0x67, 1, 8).subarray(4), unit(0x65, 1, 20).subarray(4)];
    const out = parts.flatMap((part, at) => push(part, FRAME_TICKS, at === parts.length - 1));
    expect(out).toMatchObject([{ isKey: true, ticks: FRAME_TICKS }]);
  });
});
