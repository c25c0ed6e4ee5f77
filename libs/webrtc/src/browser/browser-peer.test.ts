import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ConnectionReport, LivePeer, LivePeerEvents } from "../peer/live-peer.ts";
import { openBrowserPeer } from "./browser-peer.ts";
import { FakeConnection, FakeTrack, stubBrowser } from "./testing/fake-browser.ts";

const signal = new AbortController().signal;

class Told implements LivePeerEvents {
  readonly what: string[] = [];
  readonly reports: ConnectionReport[] = [];
  readonly sourceEnds: unknown[] = [];
  connected = () => void this.what.push("connected");
  picture = () => void this.what.push("picture");
  trackEnded = () => void this.what.push("trackEnded");
  failed = (report: ConnectionReport) => {
    this.what.push("failed");
    this.reports.push(report);
  };
  sourceEnded = (error: unknown) => {
    this.what.push("sourceEnded");
    this.sourceEnds.push(error);
  };
}

let told: Told;
let peer: LivePeer;
let connection: FakeConnection;

beforeEach(async () => {
  stubBrowser();
  told = new Told();
  peer = await openBrowserPeer({
    iceServers: [{ urls: ["turn:turn.example:3478"], username: "u", credential: "c" }],
    events: told,
  });
  connection = FakeConnection.last;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("there is none in Node and in web workers", () => {
  vi.unstubAllGlobals();
  expect(() => openBrowserPeer({ iceServers: [], events: new Told() })).toThrow(
    expect.objectContaining({ code: "WEBRTC_SESSION_FAILED", reason: "start-failed" }),
  );
});

test("servers are those that were given, in one bundle", () => {
  expect(connection.configuration).toEqual({
    iceServers: [{ urls: ["turn:turn.example:3478"], username: "u", credential: "c" }],
    bundlePolicy: "max-bundle",
  });
});

describe("video lines", () => {
  test("receive alone", () => {
    peer.receiveVideo();
    expect(connection.transceivers).toMatchObject([{ sending: "video", direction: "recvonly" }]);
    expect(connection.transceivers[0]?.codecs?.map(({ mimeType }) => mimeType)).toEqual([
      "video/VP8",
      "video/AV1",
    ]);
  });

  test("send a track in its full size, and receive", () => {
    const track = new FakeTrack();
    peer.sendTrack(track);
    expect(connection.transceivers).toMatchObject([
      { sending: track, direction: "sendrecv", degradationPreference: "maintain-resolution" },
    ]);
    track.end();
    expect(told.sourceEnds).toEqual([undefined]);
  });

  test("a track that has ended before says so", async () => {
    const track = new FakeTrack();
    track.stop();
    peer.sendTrack(track);
    await Promise.resolve();
    expect(told.what).toEqual(["sourceEnded"]);
  });

  test.each([
    ["audio", () => new FakeTrack("audio")],
    ["a text", () => "video"],
    ["nothing", () => undefined],
  ])("%s cannot be sent", (_, track) => {
    expect(() => peer.sendTrack(track())).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
  });
});

describe("channels", () => {
  const open = () => {
    const heard: unknown[] = [];
    const channel = peer.openChannel("inference", {
      opened: () => void heard.push("opened"),
      closed: () => void heard.push("closed"),
      message: (data) => void heard.push(data),
    });
    const [native] = connection.channels;
    if (native === undefined) throw new Error("no channel");
    return { heard, channel, native };
  };

  test("bring text and bytes; what the browser could not turn into bytes is left out", () => {
    const { heard, native } = open();
    expect([native.label, native.binaryType]).toEqual(["inference", "arraybuffer"]);
    native.open();
    for (const data of ["text", Uint8Array.of(1, 2).buffer, { size: 3 }]) {
      native.dispatchEvent(Object.assign(new Event("message"), { data }));
    }
    native.dispatchEvent(new Event("close"));
    expect(heard).toEqual(["opened", "text", Uint8Array.of(1, 2), "closed"]);
    // Chromium opens channels first.
    expect(told.what).toEqual(["connected"]);
    connection.become("connected");
    expect(told.what).toEqual(["connected"]);
  });

  test("send views as they are, and shared memory as a copy", () => {
    const { channel, native } = open();
    native.open();
    native.bufferedAmount = 12;
    channel.send("text");
    channel.send(Uint8Array.of(1, 2, 3).subarray(1));
    const shared = new Uint8Array(new SharedArrayBuffer(2)).fill(7);
    channel.send(shared);
    expect(native.sent).toEqual(["text", Uint8Array.of(2, 3), Uint8Array.of(7, 7)]);
    expect([channel.isOpen, channel.bufferedBytes]).toEqual([true, 12]);
    for (const empty of ["", new Uint8Array()]) {
      expect(() => channel.send(empty)).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
    }
  });

  test("say nothing after close", async () => {
    const { heard, native } = open();
    await peer.close();
    native.open();
    native.dispatchEvent(new Event("close"));
    expect(heard).toEqual([]);
  });
});

describe("the offer", () => {
  const HOST = "candidate:1 1 udp 2113937151 2d0ad919-d18a.local 56433 typ host generation 0";
  const RELAY = "candidate:2 1 udp 2113937151 192.0.2.9 56433 typ relay raddr 0.0.0.0 rport 0";

  test("has every candidate", async () => {
    const offer = peer.createOffer(signal);
    await vi.waitFor(() => expect(connection.iceGatheringState).toBe("gathering"));
    connection.find(HOST);
    connection.find(RELAY);
    connection.finishGathering();
    expect((await offer).sdp).toBe(`v=0\r\na=${HOST}\r\na=${RELAY}\r\n`);
    await peer.acceptAnswer({ type: "answer", sdp: `v=0\r\na=${RELAY}\r\n` });
    expect(peer.report()).toEqual({
      connectionState: "new",
      iceState: "new",
      dtlsState: "new",
      localCandidates: { host: 1, relay: 1 },
      remoteCandidates: { relay: 1 },
      notes: [expect.stringContaining("1 of our candidates are mDNS names")],
    });
  });

  test.each([
    ["two seconds after the first candidate", true, 2_000],
    ["five seconds without one", false, 5_000],
  ])("waits no longer than %s", async (_, isFound, ms) => {
    vi.useFakeTimers();
    let offered = false;
    const offer = peer.createOffer(signal).then(() => {
      offered = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    if (isFound) connection.find(HOST);
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(offered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await offer;
    expect(peer.report().notes.join()).toContain(`sent after ${ms / 1000} s`);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("stops with the signal", async () => {
    vi.useFakeTimers();
    const stop = new AbortController();
    const offer = peer.createOffer(stop.signal);
    offer.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(0);
    stop.abort(new Error("enough"));
    await expect(offer).rejects.toThrow("enough");
    expect(vi.getTimerCount()).toBe(0);
    await expect(peer.createOffer(stop.signal)).rejects.toThrow("enough");
  });
});

describe("ends", () => {
  test.each(["failed", "closed"])("a connection that becomes %s is reported once", (state) => {
    connection.become("connected");
    connection.become("disconnected");
    expect(told.what).toEqual(["connected"]);
    connection.become(state);
    connection.become(state);
    expect(told.what).toEqual(["connected", "failed"]);
    expect(told.reports).toMatchObject([{ connectionState: state }]);
  });

  test("servers that gave nothing are named by their kind alone", () => {
    const failure = {
      url: "turn:turn.example:3478?transport=udp",
      errorCode: 401,
      errorText: "Unauthorized",
    };
    connection.dispatchEvent(Object.assign(new Event("icecandidateerror"), failure));
    connection.dispatchEvent(Object.assign(new Event("icecandidateerror"), failure));
    connection.become("failed");
    expect(told.reports[0]?.notes).toEqual(["a turn server gave no candidate: 401 Unauthorized"]);
  });

  test("a page that is left closes the connection", () => {
    dispatchEvent(new Event("pagehide"));
    expect([connection.closed, told.what]).toEqual([1, ["failed"]]);
    expect(told.reports[0]?.notes).toEqual(["the page was left"]);
  });

  test("an own close says nothing, can be repeated, and stops listening", async () => {
    const track = new FakeTrack();
    peer.sendTrack(track);
    await peer.close();
    await peer.close();
    track.end();
    dispatchEvent(new Event("pagehide"));
    connection.become("closed");
    expect(told.what).toEqual([]);
  });

  test("counters tell what the browser and we have counted", async () => {
    connection.statistics = [{ type: "outbound-rtp", framesSent: 3 }];
    expect(await peer.stats()).toMatchObject({ framesSent: 3, framesDropped: 0, picturesReceived: 0 });
  });
});
