import { expect, test, vi } from "vitest";
import { type Losses, loseFirst, loseForever, loseShare } from "../testing/lossy.ts";
import { paintFrame } from "../testing/painted-frame.ts";
import { connectPair } from "../testing/peer-pair.ts";

const FRAMES = 180;
const ENOUGH = Math.ceil(0.99 * FRAMES);
const FRAME_TICKS = 3000;

/** Packet numbers and times that begin at random values; so high they begin anew within the first seconds. */
const NEAR_THE_END = 0.9985;

test.each([
  ["VP8", 11, undefined],
  ["H264", 23, undefined],
  ["VP8", 6, NEAR_THE_END],
] as const)(
  "of two percent of all packets both ways cost at most one percent of the frames: %s, seed %i, start %s",
  async (onlyCodec, seed, start) => {
    const losses: Losses = { isOn: false, dropped: 0 };
    using random = vi.spyOn(Math, "random");
    if (start !== undefined) random.mockReturnValue(start);
    const pair = await connectPair({
      onlyCodec,
      release: "next-frame",
      onConnection: (connection, side) =>
        loseShare(connection, 0.02, side === "offer" ? seed : seed + 1, losses),
    });
    const { frames, offerSeen, answerSeen, channels } = pair;
    if (frames === undefined) throw new Error("no frames");
    losses.isOn = true;
    for (let number = 0; number < FRAMES; number++) {
      await frames.send(paintFrame(number), (number * 1000) / 30);
      channels[0]?.send(new Uint8Array(2000).fill(number));
    }
    await frames.finish();
    await answerSeen.until(() => answerSeen.messages.length === FRAMES);
    await offerSeen.until(() => offerSeen.pictures.length >= ENOUGH);
    const stats = pair.offering.stats();
    await pair.close();
    expect(losses.dropped).toBeGreaterThan(20);
    for (const { pictures } of [answerSeen, offerSeen]) {
      expect(pictures.length).toBeGreaterThanOrEqual(ENOUGH);
      let last = -1;
      let longestGap = 0;
      for (const { number, ticks } of pictures) {
        // The picture shows the number that belongs to its time: nothing is put in the wrong place, nothing is broken.
        expect(ticks).toBe(number * FRAME_TICKS);
        expect(number).toBeGreaterThan(last);
        longestGap = Math.max(longestGap, number - last);
        last = number;
      }
      expect(longestGap).toBeLessThanOrEqual(30);
    }
    expect(stats.framesDropped).toBe(0);
  },
);

test.each([
  ["VP8", 1],
  ["VP8", 3],
  ["H264", 1],
] as const)(
  "of the first %s packets of a track (%i) cost nothing: both sides begin with the same frame",
  async (onlyCodec, count) => {
    const pair = await connectPair({
      onlyCodec,
      release: "next-frame",
      onConnection: (connection) => loseFirst(connection, count),
    });
    const { frames, offerSeen, answerSeen } = pair;
    if (frames === undefined) throw new Error("no frames");
    for (let number = 0; number < 20; number++) await frames.send(paintFrame(number), (number * 1000) / 30);
    await frames.finish();
    await offerSeen.until(() => offerSeen.pictures.length === 20);
    await pair.close();
    for (const { pictures } of [answerSeen, offerSeen]) {
      expect(pictures.slice(0, 20)).toEqual(
        Array.from({ length: 20 }, (_, number) => ({
          number,
          ticks: number * FRAME_TICKS,
          isBeginningLost: false,
        })),
      );
    }
  },
);

test("a beginning that never comes again is told", async () => {
  const pair = await connectPair({
    onlyCodec: "VP8",
    release: "marker",
    onConnection: (connection, side) => {
      if (side === "offer") loseForever(connection, 3);
    },
  });
  const { frames, answerSeen } = pair;
  if (frames === undefined) throw new Error("no frames");
  for (let number = 0; number < 30; number++) await frames.send(paintFrame(number), (number * 1000) / 30);
  await answerSeen.until(() => answerSeen.pictures.length >= 10);
  await pair.close();
  expect(answerSeen.pictures.every(({ isBeginningLost }) => isBeginningLost)).toBe(true);
});
