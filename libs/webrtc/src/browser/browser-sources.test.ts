import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cameraStream, screenStream } from "./camera-source.ts";
import { mediaStream, videoElementStream } from "./stream-source.ts";
import { FakeStream, FakeTrack, stubBrowser } from "./testing/fake-browser.ts";

const signal = new AbortController().signal;
let asked: unknown[] = [];
let answer: () => Promise<FakeStream>;

beforeEach(() => {
  stubBrowser();
  asked = [];
  const ask = async (given: unknown) => {
    asked.push(given);
    return answer();
  };
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia: ask, getDisplayMedia: ask } });
});
afterEach(() => vi.unstubAllGlobals());

describe("a camera", () => {
  test("is opened once, tells its rate, and is stopped on close", async () => {
    const track = new FakeTrack();
    track.settings.frameRate = 25;
    const stream = new FakeStream(new FakeTrack("audio"), track);
    answer = async () => stream;
    const source = cameraStream({ constraints: { facingMode: "environment" } });
    expect(source.plan).toEqual({ kind: "webcam" });
    expect(asked).toEqual([]);
    expect(await source.prepare?.(signal)).toEqual({ fps: 25 });
    expect(await source.track?.(signal)).toBe(track);
    expect(asked).toEqual([{ video: { facingMode: "environment" } }]);
    await source.close();
    await source.close();
    expect(stream.tracks.map(({ readyState }) => readyState)).toEqual(["ended", "ended"]);
    await expect(source.track?.(signal)).rejects.toMatchObject({ code: "CLOSED" });
  });

  test("that is allowed after the close is stopped then", async () => {
    const permission = Promise.withResolvers<FakeStream>();
    answer = () => permission.promise;
    const source = cameraStream();
    const prepared = source.prepare?.(signal);
    await source.close();
    const stream = new FakeStream(new FakeTrack());
    permission.resolve(stream);
    await prepared;
    await vi.waitFor(() => expect(stream.tracks[0]?.readyState).toBe("ended"));
    expect(asked).toEqual([{ video: true }]);
  });

  test.each([
    ["NotAllowedError", "WEBRTC_SESSION_FAILED", "was not allowed"],
    ["NotFoundError", "WEBRTC_SESSION_FAILED", "was not found"],
    ["NotReadableError", "WEBRTC_SESSION_FAILED", "cannot be read"],
    ["SomethingElse", "WEBRTC_SESSION_FAILED", "could not be opened"],
    ["TypeError", "INVALID_PARAMETER", "constraints"],
  ])("refused with %s is %s", async (name, code, message) => {
    const cause = new DOMException("the browser's words", name);
    answer = () => Promise.reject(cause);
    const failure = await cameraStream()
      .prepare?.(signal)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, cause, message: expect.stringContaining(message) });
    if (code === "WEBRTC_SESSION_FAILED") expect(failure).toHaveProperty("reason", "source-failed");
  });

  test("no camera meets a constraint: the constraint is named", async () => {
    answer = () => Promise.reject({ name: "OverconstrainedError", constraint: "deviceId" });
    await expect(cameraStream().prepare?.(signal)).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
      message: expect.stringContaining('"deviceId"'),
    });
  });

  test("without video is stopped and refused", async () => {
    const stream = new FakeStream(new FakeTrack("audio"));
    answer = async () => stream;
    await expect(cameraStream().prepare?.(signal)).rejects.toMatchObject({ reason: "source-failed" });
    expect(stream.tracks[0]?.readyState).toBe("ended");
  });

  test("in a page without media devices", async () => {
    vi.stubGlobal("navigator", {});
    await expect(cameraStream().prepare?.(signal)).rejects.toMatchObject({
      message: expect.stringContaining("https"),
    });
  });
});

test("a screen is asked for as a screen", async () => {
  const track = new FakeTrack();
  answer = async () => new FakeStream(track);
  const source = screenStream({ constraints: { frameRate: 5 } });
  expect(source.plan).toEqual({ kind: "manual" });
  expect(await source.prepare?.(signal)).toEqual({});
  expect(asked).toEqual([{ video: { frameRate: 5 } }]);
  await source.close();
  expect(track.readyState).toBe("ended");
});

describe("a stream of the page", () => {
  test("is not stopped", async () => {
    const track = new FakeTrack();
    const source = mediaStream(new FakeStream(new FakeTrack("audio"), track));
    expect(source.plan).toEqual({ kind: "manual" });
    expect(await source.track?.(signal)).toBe(track);
    await source.close();
    expect(track.readyState).toBe("live");
  });

  test("needs a video track", () => {
    expect(() => mediaStream(new FakeStream(new FakeTrack("audio")))).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }),
    );
  });

  test("must not have ended", async () => {
    const track = new FakeTrack();
    const source = mediaStream(new FakeStream(track));
    track.end();
    await expect(source.track?.(signal)).rejects.toMatchObject({ reason: "source-failed" });
  });
});

describe("a video element", () => {
  class FakeElement extends EventTarget {
    videoWidth = 4;
    videoHeight = 2;
    readyState = 0;
    error: { message: string } | null = null;
    captureStream: () => unknown = () => undefined;
  }
  class FakeMediaStream extends FakeStream {}
  let element: FakeElement;
  beforeEach(() => {
    vi.stubGlobal("HTMLVideoElement", FakeElement);
    vi.stubGlobal("MediaStream", FakeMediaStream);
    element = new FakeElement();
  });

  test("is captured when it has loaded; the clone of its track is stopped", async () => {
    const captured = new FakeTrack();
    const clone = new FakeTrack();
    Object.assign(captured, { clone: () => clone });
    element.captureStream = () => new FakeMediaStream(captured);
    const source = videoElementStream(element);
    const track = source.track?.(signal);
    element.dispatchEvent(new Event("loadedmetadata"));
    expect(await track).toBe(clone);
    await source.close();
    await vi.waitFor(() => expect([captured.readyState, clone.readyState]).toEqual(["live", "ended"]));
  });

  test("of another origin", async () => {
    element.readyState = 4;
    element.captureStream = () => {
      throw new DOMException("cross-origin", "SecurityError");
    };
    await expect(videoElementStream(element).track?.(signal)).rejects.toMatchObject({
      reason: "source-failed",
      hint: expect.stringContaining("crossorigin"),
    });
  });

  test("that fails before or while it loads", async () => {
    const late = videoElementStream(element).track?.(signal);
    element.error = { message: "404" };
    element.dispatchEvent(new Event("error"));
    await expect(late).rejects.toThrow("404");
    await expect(videoElementStream(element).track?.(signal)).rejects.toThrow("404");
  });

  test("is not waited for after an abort", async () => {
    const stop = new AbortController();
    const track = videoElementStream(element).track?.(stop.signal);
    stop.abort(new Error("enough"));
    await expect(track).rejects.toThrow("enough");
  });

  test("nothing else is one", () => {
    expect(() => videoElementStream({ videoWidth: 1, videoHeight: 1, readyState: 4 })).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }),
    );
  });
});
