import { describe, expect, test, vi } from "vitest";
import { rtspCamera } from "../sources/server-cameras.ts";
import { FakePicture } from "../testing/fake-peer.ts";
import { quietSource, rig, settle } from "../testing/session-rig.ts";

describe("a session that goes well", () => {
  test("data reach handlers and loops in order, and the end is complete", async () => {
    const { session, result, complete, peer, clock, lifetimesEnded } = rig({
      source: rtspCamera("rtsp://camera"),
    });
    const seen: unknown[] = [];
    session.onData((data, metadata) => seen.push([data, metadata?.frameId]));
    session.onData("n", (n) => seen.push(n));
    const states: string[] = [];
    session.onState((phase) => states.push(phase));
    const ended = vi.fn();
    session.onEnd(ended);
    const done = session.run();
    await settle();
    for (const id of [1, 2, 3]) result(id);
    complete();
    expect(await done).toEqual({ reason: "complete", terminationReason: null, error: undefined });
    expect(seen).toEqual([[{ n: 1 }, 1], 1, [{ n: 2 }, 2], 2, [{ n: 3 }, 3], 3]);
    expect(states).toEqual(["starting", "connecting", "streaming", "ended"]);
    expect(ended).toHaveBeenCalledOnce();
    expect(peer().closes).toBe(1);
    expect(clock.pending).toBe(0);
    expect(lifetimesEnded()).toBe(1);
    expect(peer().calls).toEqual(["channel inference", "receive", "offer", "answer answer"]);
  });

  test("pictures are paired with their results and numbered", async () => {
    const { session, result, complete, peer, clock } = rig({
      source: rtspCamera("rtsp://camera"),
      byModel: true,
    });
    const frames = session.frames();
    const first = frames.next();
    await settle();
    const pictures = [0, 1, 2].map((tag) => new FakePicture(tag * 3000, tag));
    result(1, { predictions: 1 }, 0);
    for (const picture of pictures) peer().options.events.picture(picture);
    result(2, { predictions: 2 }, 2999);
    result(3, { predictions: 3 }, 6001);
    complete();
    await clock.pass(300);
    const got = [await first];
    for (let next = await frames.next(); next.done !== true; next = await frames.next()) got.push(next);
    expect(got.map(({ value }) => value)).toMatchObject(
      [0, 1, 2].map((tag) => ({
        index: tag,
        data: { predictions: tag + 1 },
        metadata: { frameId: tag + 1 },
        image: { kind: "pixels", data: new Uint8Array(3).fill(tag) },
      })),
    );
    expect(pictures.map(({ taken, dropped }) => [taken, dropped])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
    expect(peer().closes).toBe(1);
  });

  test("frames of the caller are sent, and finish waits for the end message", async () => {
    const { session, result, complete, peer } = rig({ config: { realtimeProcessing: false } });
    const frame = { data: new Uint8Array(12), width: 2, height: 2, channels: 3 as const };
    expect(await session.send(frame, 40)).toBe(true);
    const finished = session.finish();
    await settle();
    result(1);
    await settle();
    complete();
    expect((await finished).reason).toBe("complete");
    expect(peer().frames).toEqual([{ frame, timestampMs: 40 }]);
    expect(peer().calls.at(-1)).toBe("finish");
  });
});

describe("pictures after the end message", () => {
  const start = async () => {
    const of = rig({ source: rtspCamera("rtsp://camera"), byModel: true });
    await of.session.start();
    of.result(1, { predictions: 1 }, 0);
    of.result(2, { predictions: 2 }, 3000);
    return { ...of, ended: of.session.wait(), picture: of.peer().options.events.picture };
  };

  test("are waited for until each result has its own", async () => {
    const { session, complete, ended, picture } = await start();
    picture(new FakePicture(0));
    complete();
    await settle();
    expect(session.phase).toBe("draining");
    picture(new FakePicture(3000));
    expect((await ended).reason).toBe("complete");
    expect((await session.stats()).pairing.paired).toBe(2);
  });

  test("are not waited for when all are there; lost ones for 300 ms", async () => {
    const all = await start();
    for (const ticks of [0, 3000]) all.picture(new FakePicture(ticks));
    all.complete();
    await settle();
    expect((await all.ended).reason).toBe("complete");
    expect(all.clock.now()).toBe(0);
    const lost = await start();
    lost.picture(new FakePicture(0));
    lost.complete();
    await lost.clock.pass(299);
    expect(lost.session.phase).toBe("draining");
    await lost.clock.pass(1);
    expect((await lost.ended).reason).toBe("complete");
  });
});

describe("acks", () => {
  test("come after the handlers, from the first frame on, thrown ones included", async () => {
    const { session, result, channel } = rig({
      source: quietSource({ kind: "rtsp", url: "rtsp://camera" }),
      config: { realtimeProcessing: false },
    });
    const gate = Promise.withResolvers<void>();
    session.onData((_data, metadata) => {
      if (metadata?.frameId === 1) throw new Error("first");
      return gate.promise;
    });
    const problems: string[] = [];
    session.onError((problem) => problems.push(problem.kind));
    await session.start();
    result(1);
    await settle();
    expect(channel().sent).toEqual(['{"ack":1}']);
    expect(problems).toEqual(["handler"]);
    result(2);
    await settle();
    expect(channel().sent).toEqual(['{"ack":1}']);
    gate.resolve();
    await settle();
    expect(channel().sent).toEqual(['{"ack":1}', '{"ack":2}']);
    await session.close();
  });
});
