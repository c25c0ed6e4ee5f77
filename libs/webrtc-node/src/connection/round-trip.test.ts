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
    const {
      framesSent,
      framesDropped,
      picturesReceived,
      keyFramesSent,
      packetsLost,
      bytesSent,
      bytesReceived,
    } = offering.stats();
    expect({ framesSent, framesDropped, picturesReceived, keyFramesSent, packetsLost }).toEqual({
      framesSent: FRAMES,
      framesDropped: 0,
      picturesReceived: FRAMES,
      keyFramesSent: 1,
      packetsLost: 0,
    });
    expect(Math.min(bytesSent, bytesReceived)).toBeGreaterThan(10_000);
  });
});

describe("a frame sender", () => {
  test("drops the oldest of too many, and none of a caller who waits", async () => {
    const { frames, answerSeen } = await connected({ release: "marker" });
    if (frames === undefined) throw new Error("no frames");
    const sent = await Promise.all(numbers(25).map((number) => frames.send(paintFrame(number))));
    const kept = numbers(25).filter((number) => sent[number]);
    expect(kept).toEqual([...kept.slice(0, -10), ...numbers(25).slice(-10)]);
    expect([frames.sent, frames.dropped]).toEqual([kept.length, 25 - kept.length]);
    expect(frames.dropped).toBeGreaterThanOrEqual(13);
    await answerSeen.until(() => answerSeen.pictures.length === kept.length);
    expect(answerSeen.pictures.map(({ number }) => number)).toEqual(kept);
  });

  test("keeps to 30 frames a second, and times that are too near or go back apart", async () => {
    const { frames, answerSeen } = await connected({ release: "marker" });
    if (frames === undefined) throw new Error("no frames");
    const start = performance.now();
    for (const [number, timeMs] of [1000, 1033, 1033, 900, 1100].entries()) {
      await frames.send(paintFrame(number), timeMs);
    }
    // Three may come at once after a pause.
    expect(performance.now() - start).toBeGreaterThan(30);
    await answerSeen.until(() => answerSeen.pictures.length === 5);
    expect(answerSeen.pictures.map(({ ticks }) => ticks)).toEqual([0, 2970, 3151, 3332, 9000]);
  });

  test("answers a request for a key frame", async () => {
    const { frames, offering, answeringConnection, answerSeen } = await connected({
      release: "marker",
    });
    if (frames === undefined) throw new Error("no frames");
    await frames.send(paintFrame(0));
    await frames.send(paintFrame(1));
    await answerSeen.until(() => answerSeen.pictures.length === 2);
    const [transceiver] = answeringConnection.peer.getTransceivers();
    const [, ssrc] = /a=ssrc:(\d+)/.exec(offering.connection.peer.localDescription?.sdp ?? "") ?? [];
    await transceiver?.receiver.sendRtcpPLI(Number(ssrc));
    await expect
      .poll(async () => {
        await frames.send(paintFrame(2));
        return offering.stats().keyFramesSent;
      })
      .toBe(2);
  });

  test("refuses what is no frame and no time", async () => {
    const { frames } = await connected();
    await expect(frames?.send({ ...paintFrame(0), width: 7 })).rejects.toThrow("bytes");
    await expect(frames?.send(paintFrame(0), Number.NaN)).rejects.toThrow("NaN");
  });

  test("settles what waits when the connection ends", async () => {
    const { frames, offering } = await connected();
    const waiting = numbers(8).map((number) => frames?.send(paintFrame(number)));
    await offering.close();
    expect((await Promise.all(waiting)).slice(-1)).toEqual([false]);
    expect(await frames?.send(paintFrame(9))).toBe(false);
    await frames?.finish();
  });
});

test("an offer that only receives gets the pictures of the other side", async () => {
  const { answering, offerSeen } = await connected({ video: "recvonly" });
  for (const number of numbers(10)) await answering.frames?.send(paintFrame(number));
  await offerSeen.until(() => offerSeen.pictures.length === 10);
  expect(offerSeen.pictures.map(({ number }) => number)).toEqual(numbers(10));
});
