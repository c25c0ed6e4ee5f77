import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UPLOAD_BUFFERED_BYTES, UPLOAD_PAYLOAD_BYTES } from "../data-channel/upload.ts";
import type { UploadBody } from "../peer/live-source.ts";
import { FakeClock, settle } from "../testing/fake-clock.ts";
import { FakeChannel } from "../testing/fake-peer.ts";
import { uploadFile } from "./upload-file.ts";

const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7) % 251);

const bodyOf = (
  bytes: Uint8Array,
  mostAtOnce = Number.POSITIVE_INFINITY,
): UploadBody & { closes: number } => {
  const body = {
    totalBytes: bytes.length,
    closes: 0,
    read: async (offset: number, into: Uint8Array) => {
      const piece = bytes.subarray(offset, offset + Math.min(into.length, mostAtOnce));
      into.set(piece);
      return piece.length;
    },
    close: async () => {
      body.closes += 1;
    },
  };
  return body;
};

const openChannel = (): FakeChannel => {
  const channel = new FakeChannel("video_upload", {
    opened: () => undefined,
    message: () => undefined,
    closed: () => undefined,
  });
  channel.isOpen = true;
  return channel;
};

const run = (body: Promise<UploadBody>, channel: FakeChannel, signal = new AbortController().signal) => {
  const clock = new FakeClock();
  const progress: number[] = [];
  const done = uploadFile(
    { open: () => body, channel, clock, onSent: ({ sentBytes }) => progress.push(sentBytes) },
    signal,
  );
  done.catch(() => undefined);
  return { clock, progress, done };
};

describe("uploadFile", () => {
  test("any file arrives whole, in order, in fresh messages with right headers, however it is read", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 * UPLOAD_PAYLOAD_BYTES }),
        fc.constantFrom(1000, 4096, UPLOAD_PAYLOAD_BYTES, Number.POSITIVE_INFINITY),
        async (length, mostAtOnce) => {
          const bytes = bytesOf(length);
          const body = bodyOf(bytes, mostAtOnce);
          const channel = openChannel();
          const { clock, progress, done } = run(Promise.resolve(body), channel);
          await clock.pass(1000);
          await done;
          const messages = channel.sent.filter((message) => typeof message !== "string");
          const total = Math.ceil(length / UPLOAD_PAYLOAD_BYTES);
          expect(messages).toHaveLength(total);
          expect(new Set(messages.map(({ buffer }) => buffer)).size).toBe(total);
          for (const [index, message] of messages.entries()) {
            const header = new DataView(message.buffer, message.byteOffset);
            expect([header.getUint32(0, true), header.getUint32(4, true)]).toEqual([index, total]);
          }
          expect(Buffer.concat(messages.map((message) => message.subarray(8))).equals(bytes)).toBe(true);
          expect(progress.at(-1)).toBe(length);
          expect(body.closes).toBe(1);
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("waits while more than 256 KiB are queued", async () => {
    const channel = openChannel();
    channel.bufferedBytes = UPLOAD_BUFFERED_BYTES + 1;
    const { clock, done } = run(Promise.resolve(bodyOf(bytesOf(100))), channel);
    await clock.pass(500);
    expect(channel.sent).toEqual([]);
    channel.bufferedBytes = UPLOAD_BUFFERED_BYTES;
    await clock.pass(10);
    await done;
    expect(channel.sent).toHaveLength(1);
  });

  test("an abort ends it between chunks, and the file is closed", async () => {
    const channel = openChannel();
    const abort = new AbortController();
    const body = bodyOf(bytesOf(3 * UPLOAD_PAYLOAD_BYTES));
    const send = channel.send.bind(channel);
    channel.send = (message) => {
      send(message);
      channel.bufferedBytes = UPLOAD_BUFFERED_BYTES + 1;
    };
    const { clock, done } = run(Promise.resolve(body), channel, abort.signal);
    await settle();
    expect(channel.sent).toHaveLength(1);
    const reason = new Error("enough");
    abort.abort(reason);
    await expect(done).rejects.toBe(reason);
    expect(body.closes).toBe(1);
    expect(clock.pending).toBe(0);
  });

  test("a file that opens late is closed when nobody wants it any more", async () => {
    const opening = Promise.withResolvers<UploadBody>();
    const abort = new AbortController();
    const { done, clock } = run(opening.promise, openChannel(), abort.signal);
    abort.abort(new Error("enough"));
    await expect(done).rejects.toThrow("enough");
    const body = bodyOf(bytesOf(1));
    opening.resolve(body);
    await settle();
    expect(body.closes).toBe(1);
    expect(clock.pending).toBe(0);
  });

  test("an empty file, a file that became shorter and a closed channel are told", async () => {
    const empty = run(Promise.resolve(bodyOf(new Uint8Array())), openChannel());
    await expect(empty.done).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
    const shorter = run(Promise.resolve({ ...bodyOf(bytesOf(10)), totalBytes: 20 }), openChannel());
    await expect(shorter.done).rejects.toMatchObject({ code: "INVALID_INPUT_FORMAT" });
    const channel = openChannel();
    channel.isOpen = false;
    const closed = run(Promise.resolve(bodyOf(bytesOf(10))), channel);
    await expect(closed.done).rejects.toMatchObject({
      code: "WEBRTC_SESSION_FAILED",
      reason: "channel-closed",
    });
  });

  test("a slow file keeps the worker alive with single bytes", async () => {
    const channel = openChannel();
    const opening = Promise.withResolvers<UploadBody>();
    const { clock, done } = run(opening.promise, channel);
    await clock.pass(45_000);
    expect(channel.sent).toEqual([Uint8Array.of(0), Uint8Array.of(0)]);
    opening.resolve(bodyOf(bytesOf(3)));
    await clock.pass(10);
    await done;
    expect(channel.sent).toHaveLength(3);
    expect(clock.pending).toBe(0);
  });
});
