import { afterEach, describe, expect, test } from "vitest";
import { paintFrame } from "../testing/painted-frame.ts";
import { connectPair, type PairOptions, type PeerPair } from "../testing/peer-pair.ts";

const pairs: PeerPair[] = [];
async function connected(options?: PairOptions): Promise<PeerPair> {
  const pair = await connectPair(options);
  pairs.push(pair);
  return pair;
}
afterEach(async () => {
  await Promise.all(pairs.splice(0).map((pair) => pair.close()));
});

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

describe.each(["VP8", "H264"] as const)("frames in %s", (onlyCodec) => {
  test("go there and come back, each with its number, in order, with its time", async () => {
    const { frames, offerSeen, answerSeen, offering } = await connected({ onlyCodec });
    if (frames === undefined) throw new Error("no frames");
    const FRAMES = 45;
    for (const number of numbers(FRAMES)) {
      expect(await frames.send(paintFrame(number), (number * 1000) / 30)).toBe(true);
    }
    await frames.finish();
    await answerSeen.trackEnded.promise;
    await offerSeen.until(() => offerSeen.pictures.length >= FRAMES);
    for (const { pictures } of [offerSeen, answerSeen]) {
      expect(pictures.map(({ number }) => number)).toEqual(numbers(FRAMES));
      expect(pictures.map(({ ticks }) => ticks)).toEqual(numbers(FRAMES).map((number) => number * 3000));
    }
    const { framesSent, framesDropped, picturesReceived, keyFramesSent, packetsLost, bytesSent } =
      offering.stats();
    expect({ framesSent, framesDropped, picturesReceived, keyFramesSent, packetsLost }).toEqual({
      framesSent: FRAMES,
      framesDropped: 0,
      picturesReceived: FRAMES,
      keyFramesSent: 1,
      packetsLost: 0,
    });
    expect(bytesSent).toBeGreaterThan(1000);
  });
});
