import { ClosedError, HTTPCallError, WebRTCSessionError } from "@inference-ts/errors";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { rtspCamera } from "../sources/server-cameras.ts";
import { videoUpload } from "../sources/video-upload.ts";
import { FakePicture } from "../testing/fake-peer.ts";
import { quietSource, type Rig, rig, settle } from "../testing/session-rig.ts";

const camera = () => rtspCamera("rtsp://camera/1");
const frame = { data: new Uint8Array(3), width: 1, height: 1, channels: 3 } as const;

/** Nothing of a session is left. */
const expectNothingLeft = async (of: Rig, peers = 1): Promise<void> => {
  await settle();
  expect(of.clock.pending).toBe(0);
  expect(of.session.phase).toBe("ended");
  if (peers > 0) expect(of.peer().closes).toBe(1);
};

describe("ends that are errors", () => {
  test("no connection: what the candidates were, what was tried, what to do", async () => {
    const it = rig({
      source: camera(),
      prepare: (peer) => {
        peer.connectsByItself = false;
      },
      negotiation: {
        iceServers: async () => ({ servers: [], notes: ["the platform gave no TURN servers"] }),
        answer: async () => ({ type: "answer", sdp: "answer" }),
      },
    });
    const run = it.session.run();
    const failed = expect(run).rejects.toMatchObject({
      code: "WEBRTC_SESSION_FAILED",
      reason: "connect-timeout",
      message: expect.stringMatching(
        /within 15 s\. Connection connecting, ICE checking, DTLS new; candidates here: 2 host, of the worker: none\. Notes: the platform gave no TURN servers\. .*turnServer/,
      ),
      connection: { iceState: "checking", localCandidates: { host: 2 } },
    });
    await it.clock.pass(15_000);
    await failed;
    await expectNothingLeft(it);
    expect(it.lifetimesEnded()).toBe(1);
  });

  test.each([
    ["first-message-timeout", 30_000, () => undefined],
    ["idle-timeout", 60_000, (it: Rig) => it.result(1)],
  ] as const)("a worker that dies without a sign: %s", async (reason, ms, before) => {
    const it = rig({ source: camera() });
    const run = it.session.run();
    const failed = expect(run).rejects.toMatchObject({ reason });
    await settle();
    before(it);
    await settle();
    await it.clock.pass(ms);
    await failed;
    await expectNothingLeft(it);
  });

  test("a lost connection and a closed channel, with what came before delivered", async () => {
    for (const reason of ["connection-failed", "channel-closed"] as const) {
      const it = rig({ source: camera() });
      const data = it.session.data();
      const first = data.next();
      await settle();
      it.result(1);
      it.result(2);
      if (reason === "channel-closed") it.channel().shut();
      else it.peer().options.events.failed(it.peer().report());
      expect((await first).value).toMatchObject({ data: { n: 1 } });
      expect((await data.next()).value).toMatchObject({ data: { n: 2 } });
      const rest = (async () => {
        for await (const _ of data);
      })();
      await expect(rest).rejects.toMatchObject({ reason });
      await expect(it.session.wait()).rejects.toBeInstanceOf(WebRTCSessionError);
      await expectNothingLeft(it);
    }
  });

  test("a start that fails closes everything and gives the error as it is", async () => {
    const refused = new HTTPCallError("no", {
      status: 401,
      method: "POST",
      url: "http://server",
      serverMessage: undefined,
    });
    const it = rig({
      source: camera(),
      negotiation: {
        iceServers: async () => ({ servers: [], notes: [] }),
        answer: () => Promise.reject(refused),
      },
    });
    await expect(it.session.start()).rejects.toBe(refused);
    await expect(it.session.run()).rejects.toBe(refused);
    await expectNothingLeft(it);
  });

  test("an unknown failure of the peer is wrapped, with its cause", async () => {
    const cause = new Error("bad description");
    const it = rig({
      source: camera(),
      prepare: (peer) => {
        peer.failing = { acceptAnswer: cause };
      },
    });
    await expect(it.session.run()).rejects.toMatchObject({ reason: "start-failed", cause });
    await expectNothingLeft(it);
  });

  test("a source that cannot be opened, and one that fails", async () => {
    const cause = new Error("no camera");
    const closed = quietSource({ kind: "webcam" });
    const it = rig({ source: Object.assign(closed, { prepare: () => Promise.reject(cause) }) });
    await expect(it.session.run()).rejects.toMatchObject({ reason: "start-failed", cause });
    expect(it.peer().calls).toEqual(["channel inference"]);
    expect(closed.closes).toBe(1);
    await expectNothingLeft(it);
    const gone = quietSource({ kind: "webcam" });
    const other = rig({ source: Object.assign(gone, { startFrames: () => Promise.reject(cause) }) });
    await expect(other.session.run()).rejects.toMatchObject({ reason: "source-failed", cause });
    expect(gone.closes).toBe(1);
    await expectNothingLeft(other);
  });
});

test.each<[string, Parameters<typeof rig>[0]]>([
  ["queueCapacity", { queueCapacity: 0 }],
  ["dataQueueCapacity", { dataQueueCapacity: 1.5 }],
  ["connectMs", { limits: { connectMs: Number.NaN } }],
  ["conectMs", { limits: JSON.parse('{"conectMs":1}') }],
])("a bad %s is refused when the session is made", (name, options) => {
  expect(() => rig(options)).toThrow(
    expect.objectContaining({ code: "INVALID_PARAMETER", message: expect.stringContaining(name) }),
  );
});

test("limits that are undefined are the defaults, Infinity is none", async () => {
  const it = rig({ source: camera(), limits: JSON.parse("{}") });
  const forever = rig({ source: camera(), limits: { firstMessageMs: Number.POSITIVE_INFINITY } });
  await forever.session.start();
  await forever.clock.pass(10_000_000);
  expect(forever.session.phase).toBe("streaming");
  await Promise.all([it.session.close(), forever.session.close()]);
});

test("a session whose client was closed meanwhile opens nothing", async () => {
  const closed = new ClosedError("The client was closed.");
  const it = rig({
    source: camera(),
    openLifetime: () => {
      throw closed;
    },
  });
  await expect(it.session.frames().next()).rejects.toBe(closed);
  await expect(it.session.run()).rejects.toBe(closed);
  await expectNothingLeft(it, 0);
});

describe("ends by the caller", () => {
  test("close from a handler that waits for it", async () => {
    const it = rig({ source: camera() });
    const after: string[] = [];
    it.session.onData(async () => {
      await it.session.close();
      after.push("closed");
    });
    const run = it.session.run();
    await settle();
    it.result(1);
    it.result(2);
    expect(await run).toMatchObject({ reason: "closed", error: undefined });
    expect(after).toEqual(["closed"]);
    await expectNothingLeft(it);
  });

  test("close from a handler while the end waits for it", async () => {
    const it = rig({ source: camera() });
    const ended = vi.fn();
    it.session.onEnd(ended);
    it.session.onData(async () => {
      await settle();
      await it.session.close();
    });
    const run = it.session.run();
    await settle();
    it.result(1);
    it.complete();
    expect(await run).toMatchObject({ reason: "complete" });
    expect(ended).toHaveBeenCalledOnce();
    await expectNothingLeft(it);
  });

  test("after close nothing but waiting is possible", async () => {
    const it = rig({ source: camera() });
    await it.session.start();
    await Promise.all([it.session.close(), it.session.close()]);
    for (const use of [
      () => it.session.run(),
      () => it.session.start(),
      () => it.session.send(frame),
      () => it.session.finish(),
      async () => it.session.frames(),
      async () => it.session.changeOutputs({ dataOutput: [] }),
    ]) {
      await expect(use()).rejects.toMatchObject({ code: "CLOSED" });
    }
    expect(await it.session.wait()).toMatchObject({ reason: "closed" });
    await expectNothingLeft(it);
  });

  test("a session that was never started closes its source and opens nothing", async () => {
    const source = quietSource({ kind: "rtsp", url: "rtsp://camera" });
    const it = rig({ source });
    await it.session.close();
    expect(source.closes).toBe(1);
    await expectNothingLeft(it, 0);
    await expect(it.session.wait())
      .resolves.toMatchObject({ reason: "closed" })
      .catch(() => undefined);
  });

  test("leaving a loop closes the session, unless it shall stay open", async () => {
    for (const keepOpen of [false, true]) {
      const it = rig({ source: camera() });
      const loop = (async () => {
        for await (const _ of it.session.data({ keepOpen })) break;
      })();
      await settle();
      it.result(1);
      await loop;
      expect(it.session.phase).toBe(keepOpen ? "streaming" : "ended");
      await it.session.close();
      await expectNothingLeft(it);
    }
  });

  test("an aborted signal ends start, stream and loops with its error", async () => {
    const before = rig({ source: camera() });
    before.abort.abort();
    await expect(before.session.run()).rejects.toMatchObject({ code: "ABORTED" });
    await expectNothingLeft(before, 0);
    const during = rig({ source: camera() });
    const frames = during.session.frames();
    const next = frames.next();
    await settle();
    during.abort.abort();
    await expect(next).rejects.toMatchObject({ code: "ABORTED" });
    await expect(during.session.wait()).rejects.toMatchObject({ code: "ABORTED" });
    await expectNothingLeft(during);
  });

  test("wait gives up after its time, and the session goes on", async () => {
    const it = rig({ source: camera() });
    const waited = expect(it.session.wait({ timeoutMs: 500 })).rejects.toMatchObject({
      code: "TIMEOUT",
      timeoutMs: 500,
    });
    await it.clock.pass(500);
    await waited;
    expect(it.session.phase).toBe("streaming");
    await it.session.close();
    await expectNothingLeft(it);
  });
});

describe("frames of the caller", () => {
  test("a handler may finish the session and wait for its end", async () => {
    for (const end of ["finish", "wait", "run"] as const) {
      const it = rig({ config: { realtimeProcessing: false } });
      const told: string[] = [];
      it.session.onData(async () => {
        told.push((await it.session[end]()).reason);
      });
      await it.session.send(frame);
      it.result(1);
      await settle();
      expect(it.channel().sent).toEqual(['{"ack":1}']);
      it.complete();
      expect((await it.session.wait()).reason).toBe("complete");
      await settle();
      expect(told).toEqual(["complete"]);
      await expectNothingLeft(it);
    }
  });

  test("without an end message the session is complete once the worker is silent", async () => {
    const it = rig({ config: { realtimeProcessing: true } });
    await it.session.send(frame);
    const finished = it.session.finish();
    await settle();
    it.result(1);
    await it.clock.pass(1999);
    expect(it.session.phase).toBe("streaming");
    await it.clock.pass(1);
    expect((await finished).reason).toBe("complete");
    await expectNothingLeft(it);
  });

  test("a slow worker that still owes results is waited for", async () => {
    const it = rig({ config: { realtimeProcessing: false } });
    await it.session.send(frame);
    await it.session.send(frame);
    const finished = it.session.finish();
    await it.clock.pass(20_000);
    expect(it.session.phase).toBe("streaming");
    it.result(1);
    it.result(2);
    await it.clock.pass(2000);
    expect((await finished).reason).toBe("complete");
    await expectNothingLeft(it);
  });

  test("frames that do not fit, and frames of another source, are refused before anything is opened", async () => {
    const it = rig();
    for (const wrong of [
      { ...frame, width: 2 },
      { ...frame, width: 0, data: new Uint8Array() },
      { ...frame, channels: 2 as never, data: new Uint8Array(2) },
    ]) {
      await expect(it.session.send(wrong)).rejects.toMatchObject({ code: "INVALID_INPUT_FORMAT" });
    }
    const other = rig({ source: camera() });
    await expect(other.session.send(frame)).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
    expect([it.session.phase, other.session.phase]).toEqual(["new", "new"]);
    await Promise.all([it.session.close(), other.session.close()]);
  });

  test("a frame after the end is dropped, also from a handler of the end's last data", async () => {
    const it = rig();
    const answers: boolean[] = [];
    it.session.onData(async () => {
      await settle();
      answers.push(await it.session.send(frame));
    });
    await it.session.start();
    const run = it.session.run();
    it.result(1);
    it.complete();
    expect((await run).reason).toBe("complete");
    expect(answers).toEqual([false]);
    await expectNothingLeft(it);
  });
});

describe("a track of the caller", () => {
  const track = () => ({ ...quietSource({ kind: "webcam" }), track: () => Promise.resolve("track") });

  test.each(["before", "after"])(
    "that ends %s the worker listens ends the session in order",
    async (when) => {
      const it = rig({
        source: track(),
        prepare: (peer) => {
          peer.connectsByItself = false;
        },
      });
      const run = it.session.run();
      await settle();
      const { sourceEnded } = it.peer().options.events;
      if (when === "before") sourceEnded(undefined);
      await settle();
      it.peer().connect();
      await settle();
      if (when === "after") sourceEnded(undefined);
      await settle();
      expect(it.session.phase).toBe("streaming");
      await it.clock.pass(2_000);
      expect(await Promise.race([run, settle().then(() => "goes on")])).toMatchObject({ reason: "complete" });
      await expectNothingLeft(it);
    },
  );
});

describe("a caller that is slow", () => {
  test("in a session that is not realtime holds the worker back, for as long as it takes, and loses nothing", async () => {
    const it = rig({
      source: camera(),
      config: { realtimeProcessing: false },
      queueCapacity: 1,
      dataQueueCapacity: 1,
    });
    const gates: PromiseWithResolvers<void>[] = [];
    const seen: unknown[] = [];
    it.session.onData("n", async (n) => {
      seen.push(n);
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      await gate.promise;
    });
    await it.session.start();
    it.result(1);
    await settle();
    // The first ack paces the worker; without it everything would come at once.
    expect(it.channel().sent).toEqual(['{"ack":1}']);
    it.result(2);
    await settle();
    await it.clock.pass(600_000);
    expect(it.session.phase).toBe("streaming");
    expect(it.channel().sent).toEqual(['{"ack":1}']);
    gates[0]?.resolve();
    await settle();
    expect(it.channel().sent).toEqual(['{"ack":1}']);
    gates[1]?.resolve();
    await settle();
    expect(it.channel().sent).toEqual(['{"ack":1}', '{"ack":2}']);
    expect(seen).toEqual([1, 2]);
    expect((await it.session.stats()).data).toEqual({ received: 2, dropped: 0 });
    const failed = expect(it.session.wait()).rejects.toMatchObject({ reason: "idle-timeout" });
    await it.clock.pass(60_000);
    await failed;
    await expectNothingLeft(it);
  });

  test("in a realtime session misses the oldest, counted, and the end all the same", async () => {
    const it = rig({ source: camera(), byModel: true, queueCapacity: 2 });
    const frames = it.session.frames();
    await it.session.start();
    const pictures = Array.from({ length: 6 }, (_, tag) => new FakePicture(tag * 3000, tag));
    for (const [tag, picture] of pictures.entries()) {
      it.peer().options.events.picture(picture);
      it.result(tag + 1, { predictions: tag }, tag * 3000);
    }
    it.complete();
    await it.clock.pass(300);
    await it.session.wait();
    const indexes: number[] = [];
    for await (const { index } of frames) indexes.push(index);
    expect(indexes).toEqual([4, 5]);
    expect((await it.session.stats()).frames).toEqual({ received: 6, dropped: 4 });
    for (const { taken, dropped } of pictures) expect(taken + dropped).toBe(1);
    expect(it.channel().sent).toEqual([]);
    await expectNothingLeft(it);
  });
});

test("an abort or close at any moment leaves nothing behind", async () => {
  const sources = {
    camera,
    manual: () => undefined,
    file: () => videoUpload(new Uint8Array(200_000)),
    failing: () =>
      Object.assign(quietSource({ kind: "webcam" }), { prepare: () => Promise.reject(new Error("gone")) }),
  };
  const steps = fc.array(
    fc.constantFrom("result", "picture", "settle", "pass", "complete", "channel", "failed", "send", "read"),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("camera", "manual", "file", "failing"),
      fc.boolean(),
      fc.boolean(),
      steps,
      fc.constantFrom("close", "abort", "handler"),
      async (kind, realtime, throws, plan, how) => {
        const source = sources[kind]();
        const it = rig({
          ...(source === undefined ? {} : { source }),
          byModel: true,
          config: { realtimeProcessing: realtime },
        });
        it.session.onData(() => {
          if (how === "handler") void it.session.close();
          if (throws) throw new Error("handler");
        });
        const frames = it.session.frames();
        const run = it.session.run().catch(() => undefined);
        const pictures: FakePicture[] = [];
        const pending: Promise<unknown>[] = [];
        for (const step of plan) {
          const isOpen = it.session.phase === "streaming";
          if (step === "settle") await settle();
          else if (step === "pass") await it.clock.pass(5000);
          else if (step === "read") pending.push(frames.next().catch(() => undefined));
          else if (step === "send") pending.push(it.session.send(frame).catch(() => undefined));
          else if (!isOpen) continue;
          else if (step === "result")
            it.result(pictures.length + 1, { predictions: 1 }, pictures.length * 3000);
          else if (step === "complete") it.complete();
          else if (step === "channel") it.channel().shut();
          else if (step === "failed") it.peer().options.events.failed(it.peer().report());
          else {
            const picture = new FakePicture(pictures.length * 3000);
            pictures.push(picture);
            it.peer().options.events.picture(picture);
          }
        }
        if (how === "abort") it.abort.abort();
        await it.session.close();
        await run;
        await Promise.all(pending);
        while ((await frames.next().catch(() => ({ done: true }))).done !== true);
        await settle();
        expect(it.session.phase).toBe("ended");
        expect(it.clock.pending).toBe(0);
        for (const { taken, dropped } of pictures) expect(taken + dropped).toBe(1);
        expect(it.peersClosed()).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});
