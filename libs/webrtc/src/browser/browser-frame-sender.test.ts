import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FramePixels } from "../peer/live-peer.ts";
import { BrowserFrameSender } from "./browser-frame-sender.ts";
import { FakeTrack } from "./testing/fake-browser.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaStreamTrack", FakeTrack);
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const frame = (value: number): FramePixels => ({
  data: Uint8Array.of(value),
  width: 1,
  height: 1,
  channels: 1,
});

function sending({ takesFrom = 1 } = {}) {
  const shown: { value: number; at: number; timestampMs: number }[] = [];
  const connected = Promise.withResolvers<void>();
  let closed = 0;
  let failure: Error | undefined;
  const track: unknown = new FakeTrack();
  if (!(track instanceof MediaStreamTrack)) throw new Error("no track");
  const sender = new BrowserFrameSender({
    surface: {
      track,
      show: async ({ data }, timestampMs) => {
        if (failure !== undefined) throw failure;
        shown.push({ value: data[0] ?? 0, at: performance.now(), timestampMs });
      },
      close: () => {
        closed += 1;
      },
    },
    connected: connected.promise,
    encodesFrames: async () => shown.length >= takesFrom,
  });
  return {
    sender,
    shown,
    connect: connected.resolve,
    fail: (error: Error) => {
      failure = error;
    },
    closed: () => closed,
  };
}

test("frames wait for the connection; the oldest are dropped when too many do", async () => {
  const { sender, shown, connect } = sending();
  const sent = Promise.all(Array.from({ length: 13 }, (_, value) => sender.send(frame(value))));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(shown).toEqual([]);
  connect();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await sent).toEqual([false, false, false, ...Array(10).fill(true)]);
  expect(shown.map(({ value }) => value)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect([sender.dropped, sender.sent]).toEqual([3, 10]);
});

test("no more than 30 a second, with the time of the caller", async () => {
  const { sender, shown, connect } = sending();
  connect();
  const times = [0, 40, 80, 120];
  const all = (async () => {
    for (const [value, ms] of times.entries()) await sender.send(frame(value), ms);
  })();
  await vi.advanceTimersByTimeAsync(1_000);
  await all;
  expect(shown.map(({ timestampMs }) => timestampMs)).toEqual(times);
  const steps = shown.slice(1).map(({ at }, index) => at - (shown[index]?.at ?? 0));
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(33);
});

test("the first one is shown until the encoder takes it, but not for ever", async () => {
  const slow = sending({ takesFrom: 3 });
  slow.connect();
  const sent = slow.sender.send(frame(1), 500);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await sent).toBe(true);
  expect(slow.shown.map(({ value }) => value)).toEqual([1, 1, 1]);
  expect(slow.sender.sent).toBe(1);

  const dead = sending({ takesFrom: Number.POSITIVE_INFINITY });
  dead.connect();
  const given = dead.sender.send(frame(1));
  await vi.advanceTimersByTimeAsync(1_200);
  expect(await given).toBe(true);
});

test("the last one is sent twice", async () => {
  const { sender, shown, connect } = sending();
  connect();
  void sender.send(frame(1), 0);
  void sender.send(frame(2), 40);
  const finished = sender.finish();
  await vi.advanceTimersByTimeAsync(1_000);
  await finished;
  expect(shown.map(({ value }) => value)).toEqual([1, 2, 2]);
  expect(shown[2]?.timestampMs).toBeGreaterThan(40);
  expect(sender.sent).toBe(2);
  await sender.finish();
  expect(shown).toHaveLength(3);
});

test("nothing to finish is finished at once", async () => {
  const { sender } = sending();
  await sender.finish();
});

test("pixels that cannot be shown fail their call alone", async () => {
  const { sender, connect, fail, shown } = sending();
  connect();
  fail(new Error("no memory"));
  const failed = sender.send(frame(1));
  failed.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(100);
  await expect(failed).rejects.toThrow("no memory");
  expect([shown.length, sender.sent]).toEqual([0, 0]);
});

test("closing lets go what waits, and takes no more", async () => {
  const { sender, closed } = sending();
  const waiting = [sender.send(frame(1)), sender.send(frame(2))];
  sender.close();
  sender.close();
  expect(await Promise.all(waiting)).toEqual([false, false]);
  expect(await sender.send(frame(3))).toBe(false);
  expect(closed()).toBe(1);
  await sender.finish();
});

test("closing does not wait for the next turn", async () => {
  const { sender, connect, shown } = sending();
  connect();
  const first = sender.send(frame(1));
  await vi.advanceTimersByTimeAsync(100);
  await first;
  const second = sender.send(frame(2));
  const third = sender.send(frame(3));
  await vi.advanceTimersByTimeAsync(1);
  sender.close();
  expect(await third).toBe(false);
  await second;
  expect(shown.length).toBeLessThanOrEqual(2);
});
