import {
  AbortedError,
  ClosedError,
  InvalidInputFormatError,
  InvalidParameterError,
  InvalidUrlInputError,
} from "@inference-ts/errors";
import type { LiveSource } from "@inference-ts/webrtc";
import { afterEach, describe, expect, test } from "vitest";
import { CollectingSender } from "../testing/collecting-sender.ts";
import { readFrame } from "../testing/painted-frame.ts";
import { type RtspServerOptions, startRtspServer } from "../testing/rtsp-server.ts";
import { streamAddress, webcamAddress } from "./capture-address.ts";
import { LiveCapture } from "./live-capture.ts";
import { localStream } from "./local-stream.ts";
import { webcam } from "./webcam.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});
const opened = <T extends { close(): Promise<void> }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
const camera = async (options: RtspServerOptions) => opened(await startRtspServer(options));
const never = new AbortController().signal;
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "no failure",
    (error) => error,
  );

describe("a stream of a camera on the network", () => {
  test("is sent on: newest pictures, in order, to its end", async () => {
    const { url } = await camera({ frames: 70 });
    const source = opened(localStream(url));
    expect(source.plan).toEqual({ kind: "local-stream", url });
    expect(await source.prepare?.(never)).toEqual({});
    const sender = new CollectingSender();
    await source.startFrames?.(sender, never);
    const numbers = sender.frames.map(readFrame);
    expect(numbers).toEqual([...new Set(numbers)].sort((left, right) => left - right));
    expect(numbers.at(-1)).toBe(69);
    expect(numbers.length).toBeGreaterThan(20);
    expect(sender.frames[0]).toMatchObject({ width: 320, height: 240, channels: 3 });
  });

  test("stops on abort and on close", async () => {
    for (const stopBy of ["abort", "close"] as const) {
      const { url } = await camera({ frames: 10_000 });
      const source = opened(localStream(url));
      await source.prepare?.(never);
      const stop = new AbortController();
      const sender = new CollectingSender();
      sender.onFrame = () => {
        if (sender.sent !== 3) return;
        if (stopBy === "abort") stop.abort();
        else source.close().catch(() => undefined);
      };
      const failure = await failureOf(source.startFrames?.(sender, stop.signal) ?? Promise.resolve());
      if (stopBy === "abort") expect(failure).toBeInstanceOf(AbortedError);
      else expect(failure).toBe("no failure");
      expect(sender.sent).toBe(3);
      await source.close();
    }
  });

  test.each([
    ["that says nothing", { frames: 1, isSilent: true }, "Could not open"],
    ["without video", { frames: 1, media: "audio" }, "no video"],
  ] as const)("%s is an error", async (_, options, message) => {
    const { url } = await camera(options);
    const source = opened(
      localStream(url.replace("rtsp://", "rtsp://user:secret-password@"), { silenceMs: 400 }),
    );
    const error = await failureOf(source.prepare?.(never) ?? Promise.resolve());
    expect(error).toBeInstanceOf(InvalidUrlInputError);
    expect(error).toHaveProperty("message", expect.stringContaining(message));
    expect(error).not.toHaveProperty("message", expect.stringContaining("secret-password"));
  });

  test("that is opened can be aborted", async () => {
    const { url } = await camera({ frames: 1, isSilent: true });
    const source = opened(localStream(url));
    const opening = source.prepare?.(AbortSignal.timeout(100)) ?? Promise.resolve();
    expect(await failureOf(opening)).toBeInstanceOf(AbortedError);
  });

  test("that is closed before it is open is never opened", async () => {
    const { url } = await camera({ frames: 1 });
    const source = localStream(url);
    const opening = failureOf(source.prepare?.(never) ?? Promise.resolve());
    await source.close();
    expect(await opening).toBeInstanceOf(AbortedError);
    expect(await failureOf(source.prepare?.(never) ?? Promise.resolve())).toBeInstanceOf(ClosedError);
  });

  test("that is not there, or no address of a stream, is an error", async () => {
    const source = opened(localStream("rtsp://127.0.0.1:1/none"));
    expect(await failureOf(source.prepare?.(never) ?? Promise.resolve())).toBeInstanceOf(
      InvalidUrlInputError,
    );
    expect(() => localStream("http://camera/live")).toThrow(InvalidParameterError);
    expect(() => localStream("rtsp://camera/live", { silenceMs: 0 })).toThrow("silenceMs is 0");
  });
});

describe("a webcam", () => {
  /** FFmpeg's own generator of pictures in the place of a camera. */
  const generated = (seconds: number): LiveSource =>
    opened(
      new LiveCapture(
        { kind: "webcam" },
        {
          kind: "camera",
          url: `testsrc=size=320x240:rate=25:duration=${seconds}`,
          format: "lavfi",
          options: {},
          shown: "webcam 0",
        },
      ),
    );

  test("tells its rate and sends pictures until it ends", async () => {
    const source = generated(2);
    expect(await source.prepare?.(never)).toEqual({ fps: 25 });
    const sender = new CollectingSender();
    await source.startFrames?.(sender, never);
    expect(sender.sent).toBeGreaterThan(0);
    expect(sender.frames[0]).toMatchObject({ width: 320, height: 240, channels: 3 });
  });

  test("passes on what its receiver throws, and stops reading", async () => {
    const source = generated(3600);
    await source.prepare?.(never);
    const sender = new CollectingSender();
    sender.onFrame = () => {
      throw new Error("no room");
    };
    await expect(source.startFrames?.(sender, never)).rejects.toThrow("no room");
  });

  test("that is not there is an error that names it", async () => {
    const source = opened(webcam({ device: 97 }));
    const error = await failureOf(source.prepare?.(never) ?? Promise.resolve());
    expect(error).toBeInstanceOf(InvalidInputFormatError);
    expect(error).toHaveProperty("message", expect.stringContaining("webcam 97"));
  });

  test("is opened as its system wants it", () => {
    const request = { device: 2, resolution: [1280, 720], fps: 15 } as const;
    const options = { video_size: "1280x720", framerate: "15" };
    expect(webcamAddress(request, "linux")).toMatchObject({ format: "v4l2", url: "/dev/video2", options });
    expect(webcamAddress(request, "darwin")).toMatchObject({
      format: "avfoundation",
      url: "2:none",
      options,
    });
    expect(webcamAddress({ device: "HD Cam" }, "win32")).toMatchObject({
      format: "dshow",
      url: "video=HD Cam",
      options: {},
    });
    expect(() => webcamAddress({ device: 0 }, "win32")).toThrow("by name");
    expect(() => webcamAddress({ device: 0 }, "aix")).toThrow("not read");
  });

  test.each([
    [{ device: -1 }, "device"],
    [{ device: "" }, "device"],
    [{ resolution: [0, 10] }, "resolution"],
    [{ resolution: [640, 480.5] }, "resolution"],
    [{ fps: 0 }, "fps"],
    [{ fps: Number.NaN }, "fps"],
  ] as const)("refuses %o", (options, name) => {
    expect(() => webcam(options)).toThrow(name);
    expect(() => webcam(options)).toThrow(InvalidParameterError);
  });
});

test("streams are read over TCP, and not waited for longer than was said", () => {
  expect(streamAddress("rtsps://a/b", 5000)).toMatchObject({
    format: "rtsp",
    options: { rtsp_transport: "tcp", rtsp_flags: "prefer_tcp", timeout: "5000000" },
  });
  expect(streamAddress("rtmp://a/b", 5000)).toMatchObject({
    format: null,
    options: { rw_timeout: "5000000" },
  });
  // Cameras take a password by any name.
  expect(streamAddress("rtsp://ada:secret@cam/live?pwd=secret", 5000)).toMatchObject({
    url: "rtsp://ada:secret@cam/live?pwd=secret",
    shown: "rtsp://cam/live",
  });
});
