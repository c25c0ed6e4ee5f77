import { expect, test } from "vitest";
import { AckWindow } from "./ack-window.ts";
import { TrackFrames } from "./track-frames.ts";
import { UploadReceiver } from "./upload-receiver.ts";

const running = new AbortController().signal;

/** Whether a promise has settled once everything that can happen now has happened. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.finally(() => {
    settled = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

test("nothing is paced before the first ack, then the worker stays one frame ahead", async () => {
  const acks = new AckWindow(false);
  await acks.until(50, running);
  acks.record(9);
  await acks.until(10, running);
  const waiting = acks.until(11, running);
  expect(await isSettled(waiting)).toBe(false);
  acks.record(8);
  expect(await isSettled(waiting)).toBe(false);
  acks.record(10);
  expect(await isSettled(waiting)).toBe(true);
});

test("a realtime session is never paced, and a wait ends with the session", async () => {
  const realtime = new AckWindow(true);
  realtime.record(1);
  await realtime.until(50, running);
  const acks = new AckWindow(false);
  acks.record(1);
  const stop = new AbortController();
  const waiting = acks.until(50, stop.signal);
  expect(await isSettled(waiting)).toBe(false);
  stop.abort();
  expect(await isSettled(waiting)).toBe(true);
});

function picture(ticks: number, dropped: number[]) {
  return {
    ticks,
    take: async () => ({
      kind: "pixels" as const,
      data: Uint8Array.of(1, 2, 3),
      width: 1,
      height: 1,
      channels: 3 as const,
    }),
    drop: () => void dropped.push(ticks),
  };
}

test("a realtime session keeps the first frame and leaves out what comes while nobody asks", async () => {
  const dropped: number[] = [];
  const frames = new TrackFrames(true);
  for (const ticks of [0, 3_000]) frames.push(picture(ticks, dropped));
  expect(await frames.next()).toMatchObject({ pts: 0, timeBase: 1 / 90_000 });
  frames.push(picture(6_000, dropped));
  const next = frames.next();
  for (const ticks of [9_000, 12_000]) frames.push(picture(ticks, dropped));
  expect(await next).toMatchObject({ pts: 9_000 });
  expect(dropped).toEqual([3_000, 6_000, 12_000]);
});

test("without realtime every frame is given out in order, and what waits is dropped at the end", async () => {
  const dropped: number[] = [];
  const frames = new TrackFrames(false);
  for (const ticks of [0, 3_000, 6_000]) frames.push(picture(ticks, dropped));
  expect(await frames.next()).toMatchObject({ pts: 0 });
  expect(await frames.next()).toMatchObject({ pts: 3_000 });
  await frames.close();
  expect(dropped).toEqual([6_000]);
  expect(await frames.next()).toBeNull();
});

test("a track that ends is read to its end", async () => {
  const frames = new TrackFrames(false);
  frames.push(picture(0, []));
  frames.end();
  expect(await frames.next()).toMatchObject({ pts: 0 });
  expect(await frames.next()).toBeNull();
});

function chunk(index: number, total: number, text: string): Uint8Array {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(index, 0);
  header.writeUInt32LE(total, 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

test("chunks of an upload may come in any order and twice", () => {
  const upload = new UploadReceiver();
  expect(upload.take(chunk(2, 3, "c"))).toBeNull();
  expect(upload.take(Uint8Array.of(1))).toBeNull();
  expect(upload.take(chunk(0, 3, "x"))).toBeNull();
  expect(upload.take(chunk(0, 3, "a"))).toBeNull();
  expect(Buffer.from(upload.take(chunk(1, 3, "b")) ?? []).toString()).toBe("abc");
  expect(upload.take(chunk(1, 3, "b"))).toBeNull();
});
