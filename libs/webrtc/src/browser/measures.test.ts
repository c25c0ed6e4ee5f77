import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { workerCodecsFirst } from "./codec-order.ts";
import { toRgba } from "./frame-surface.ts";
import { readStats } from "./read-stats.ts";
import { RtpClock } from "./rtp-clock.ts";

describe("time of pictures", () => {
  test.prop([fc.nat({ max: 2 ** 32 - 1 }), fc.array(fc.integer({ min: -100_000, max: 2 ** 30 }))])(
    "is 0 for the first one and grows as the RTP time does, across its wrap",
    (start, steps) => {
      const clock = new RtpClock();
      expect(clock.ticksOf(start)).toBe(0);
      let ticks = 0;
      for (const step of steps) {
        ticks += step;
        const rtp = (((start + ticks) % 2 ** 32) + 2 ** 32) % 2 ** 32;
        expect(clock.ticksOf(rtp)).toBe(ticks);
      }
    },
  );
});

describe("order of codecs", () => {
  test("VP8, then H264 in the browser's order, then the rest", () => {
    const codecs = ["video/AV1", "video/H264", "video/rtx", "video/VP8", "video/H264"].map(
      (mimeType, id) => ({
        mimeType,
        id,
      }),
    );
    expect(workerCodecsFirst(codecs).map(({ id }) => id)).toEqual([3, 1, 4, 0, 2]);
  });
});

describe("pixels of frames", () => {
  test.each([
    [1, [7, 9], [7, 7, 7, 255, 9, 9, 9, 255]],
    [3, [1, 2, 3, 4, 5, 6], [1, 2, 3, 255, 4, 5, 6, 255]],
    [4, [1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8]],
  ] as const)("of %i channels become four", (channels, data, expected) => {
    const rgba = toRgba({ data: Uint8Array.from(data), width: 2, height: 1, channels });
    expect([...rgba]).toEqual(expected);
  });
});

describe("counters", () => {
  const own = { picturesReceived: 5, framesDropped: 2 };
  const entries = [
    { type: "transport", id: "T", selectedCandidatePairId: "P2", bytesSent: 100, bytesReceived: 200 },
    { type: "candidate-pair", id: "P1", currentRoundTripTime: 0.9, bytesSent: 1, bytesReceived: 1 },
    { type: "candidate-pair", id: "P2", currentRoundTripTime: 0.012, bytesSent: 7, bytesReceived: 8 },
    { type: "outbound-rtp", framesSent: 30, keyFramesEncoded: 2 },
    { type: "inbound-rtp", packetsLost: 3, pliCount: 4, firCount: 1 },
    { type: "codec", framesSent: 1000 },
  ];

  test("are read from the browser's", () => {
    expect(readStats(entries, own)).toEqual({
      framesSent: 30,
      framesDropped: 2,
      picturesReceived: 5,
      packetsLost: 3,
      keyFramesRequested: 5,
      keyFramesSent: 2,
      bytesSent: 100,
      bytesReceived: 200,
      roundTripMs: 12,
    });
  });

  test("without an entry for the transport, bytes are those of the pair in use", () => {
    const pairs = [
      { type: "candidate-pair", bytesSent: 1, bytesReceived: 1 },
      { type: "candidate-pair", nominated: true, bytesSent: 7, bytesReceived: 8 },
    ];
    expect(readStats(pairs, own)).toMatchObject({ bytesSent: 7, bytesReceived: 8, roundTripMs: null });
  });

  test("are 0 where the browser does not count", () => {
    expect(readStats([], own)).toMatchObject({
      framesSent: 0,
      packetsLost: 0,
      bytesSent: 0,
      roundTripMs: null,
    });
    expect(readStats([{ type: "outbound-rtp", framesSent: "many" }], own).framesSent).toBe(0);
  });
});
