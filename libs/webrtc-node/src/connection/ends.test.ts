import { AbortedError, ClosedError, InvalidParameterError, InvalidResponseError } from "@inference-ts/errors";
import type { LivePeerEvents } from "@inference-ts/webrtc";
import { afterEach, describe, expect, test, vi } from "vitest";
import { paintFrame } from "../testing/painted-frame.ts";
import { connectPair, type PairOptions, type PeerPair } from "../testing/peer-pair.ts";
import { QUIET_ANSWER, QUIET_CHANNEL, QUIET_OFFER } from "../testing/quiet-events.ts";
import { answerPeer } from "./answering-peer.ts";
import { openWeriftPeer } from "./offering-peer.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function connected(options?: PairOptions): Promise<PeerPair> {
  const pair = await connectPair(options);
  closers.push(() => pair.close());
  return pair;
}

async function lonePeer(events: Partial<LivePeerEvents> = {}) {
  const peer = await openWeriftPeer({ iceServers: [], events: { ...QUIET_OFFER, ...events } });
  closers.push(() => peer.close());
  return peer;
}

const elapsedMs = async (work: Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work;
  return performance.now() - start;
};

describe("the other side notices a close within a second", () => {
  test.each([
    ["without video", "none"],
    ["with video", "sendrecv"],
  ] as const)("%s", async (_, video) => {
    const { offering, answerSeen } = await connected({ video });
    const noticed = elapsedMs(Promise.all([answerSeen.closed.promise, answerSeen.channelClosed.promise]));
    await offering.close();
    expect(await answerSeen.closed.promise).toBe("ended");
    expect(await noticed).toBeLessThan(1000);
  });

  test("while frames and messages are under way", async () => {
    const { offering, answerSeen, frames, channels } = await connected();
    for (let number = 0; number < 8; number++) {
      frames?.send(paintFrame(number)).catch(() => undefined);
      channels[0]?.send(new Uint8Array(200_000));
    }
    await answerSeen.until(() => answerSeen.messages.length > 0);
    const noticed = elapsedMs(answerSeen.closed.promise);
    await offering.close();
    expect(await noticed).toBeLessThan(1000);
  });

  test("of the answering side", async () => {
    const { answering, offerSeen, channels } = await connected();
    const noticed = elapsedMs(Promise.all([offerSeen.channelClosed.promise, offerSeen.trackEnded.promise]));
    await answering.close();
    expect(await noticed).toBeLessThan(1000);
    expect(channels[0]?.isOpen).toBe(false);
  });

  test("also when a handler has thrown", async () => {
    const { offering, answerSeen, opened } = await connected();
    vi.spyOn(answerSeen, "message").mockImplementation(() => {
      throw new Error("a handler's own fault");
    });
    opened[0]?.send("hello");
    const noticed = elapsedMs(answerSeen.closed.promise);
    await offering.close();
    expect(await noticed).toBeLessThan(1000);
  });
});

test("the end of a track is told while the connection stays", async () => {
  const { frames, answerSeen, channels } = await connected();
  await frames?.send(paintFrame(1));
  await frames?.finish();
  await answerSeen.trackEnded.promise;
  expect(await frames?.send(paintFrame(2))).toBe(false);
  channels[0]?.send("still here");
  await answerSeen.until(() => answerSeen.messages.length === 1);
});

test("an own close tells nothing but closed channels, may be called twice, and refuses what comes later", async () => {
  const failed = vi.fn();
  const peer = await lonePeer({ failed });
  const closed = vi.fn();
  peer.openChannel("inference", { ...QUIET_CHANNEL, closed });
  await peer.createOffer(new AbortController().signal);
  await Promise.all([peer.close(), peer.close()]);
  expect(failed).not.toHaveBeenCalled();
  expect(closed).toHaveBeenCalledOnce();
  await expect(peer.createOffer(new AbortController().signal)).rejects.toThrow(ClosedError);
  await expect(peer.acceptAnswer({ type: "answer", sdp: "" })).rejects.toThrow(ClosedError);
});

describe("abort", () => {
  test("before and while candidates are gathered", async () => {
    const early = await lonePeer();
    await expect(early.createOffer(AbortSignal.abort("no"))).rejects.toThrow(AbortedError);
    const late = await lonePeer();
    late.openChannel("inference", QUIET_CHANNEL);
    const stop = new AbortController();
    const offer = late.createOffer(stop.signal);
    stop.abort();
    await expect(offer).rejects.toThrow(AbortedError);
    await late.close();
  });

  test("while it connects", async () => {
    const failed = vi.fn();
    const peer = await lonePeer({ failed });
    peer.openChannel("inference", QUIET_CHANNEL);
    const offer = await peer.createOffer(new AbortController().signal);
    const answering = await answerPeer({
      offer,
      sendsVideo: false,
      events: QUIET_ANSWER,
    });
    closers.push(() => answering.close());
    await peer.acceptAnswer(answering.answer);
    await peer.close();
    expect(failed).not.toHaveBeenCalled();
  });
});

describe("an answer", () => {
  test.each(["", "nonsense", "v=0\r\n"])("that is %o is refused", async (sdp) => {
    const peer = await lonePeer();
    peer.openChannel("inference", QUIET_CHANNEL);
    await peer.createOffer(new AbortController().signal);
    const error: unknown = await peer
      .acceptAnswer({ type: "answer", sdp })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toHaveProperty("path", "sdp");
  });

  test.each([
    ["inactive", /^a=(?:sendrecv|recvonly)/m, "a=inactive"],
    ["refused", /^m=video \d+/m, "m=video 0"],
    ["sending alone", /^a=(?:sendrecv|recvonly)/m, "a=sendonly"],
  ])("whose video is %s is refused when frames are to be sent", async (_, line, replaced) => {
    const peer = await lonePeer();
    peer.sendFrames();
    peer.openChannel("inference", QUIET_CHANNEL);
    const offer = await peer.createOffer(new AbortController().signal);
    const answering = await answerPeer({ offer, sendsVideo: false, events: QUIET_ANSWER });
    closers.push(() => answering.close());
    const sdp = answering.answer.sdp.replace(line, replaced);
    expect(sdp).not.toBe(answering.answer.sdp);
    const work = peer.acceptAnswer({ type: "answer", sdp });
    await expect(work).rejects.toThrow("takes no video");
  });

  test("of a peer with another certificate fails the connection and says how far it came", async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const peer = await lonePeer({ failed: resolve });
    peer.openChannel("inference", QUIET_CHANNEL);
    const offer = await peer.createOffer(new AbortController().signal);
    const answering = await answerPeer({
      offer,
      sendsVideo: false,
      events: QUIET_ANSWER,
    });
    closers.push(() => answering.close());
    const sdp = answering.answer.sdp.replaceAll(/(fingerprint:sha-256 )\S\S/g, "$100");
    await peer.acceptAnswer({ type: "answer", sdp });
    const report = await promise;
    expect(report).toMatchObject({
      dtlsState: "failed",
      iceState: expect.stringMatching(/connected|completed/),
    });
    expect(report).toHaveProperty("localCandidates.host", expect.any(Number));
    expect(report).toHaveProperty("remoteCandidates.host", expect.any(Number));
  });
});

test("an offer that is none cannot be answered", async () => {
  const offer = { type: "offer", sdp: "v=0\r\n" } as const;
  const work = answerPeer({ offer, sendsVideo: false, events: QUIET_ANSWER });
  await expect(work).rejects.toThrow(InvalidParameterError);
});

test("a MediaStreamTrack and a second video line are refused", async () => {
  const peer = await lonePeer();
  expect(() => peer.sendTrack({})).toThrow("browser only");
  peer.receiveVideo();
  expect(() => peer.sendFrames()).toThrow("one video line");
});

test("the offer holds every candidate, one bundle, VP8 before H264", async () => {
  const peer = await lonePeer();
  peer.openChannel("inference", QUIET_CHANNEL);
  peer.sendFrames();
  const { type, sdp } = await peer.createOffer(new AbortController().signal);
  expect(type).toBe("offer");
  expect(sdp).toContain("a=end-of-candidates");
  expect(sdp).toMatch(/a=candidate:.* typ host/);
  expect(sdp).not.toMatch(/typ (?:srflx|relay)/);
  expect(sdp).toMatch(/a=group:BUNDLE 0 1|a=group:BUNDLE 1 0/);
  expect(sdp.indexOf("VP8/90000")).toBeGreaterThan(0);
  expect(sdp.indexOf("VP8/90000")).toBeLessThan(sdp.indexOf("H264/90000"));
  expect(new Set(sdp.match(/a=ice-ufrag:.*/g)).size).toBe(1);
});
