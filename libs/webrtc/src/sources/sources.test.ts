import { describe, expect, test } from "vitest";
import { manualFrames } from "./manual-frames.ts";
import { mjpegCamera, rtspCamera } from "./server-cameras.ts";
import { videoUpload } from "./video-upload.ts";

describe("cameras of the server", () => {
  test("are plans and nothing else", async () => {
    expect(rtspCamera("rtsp://user:pw@camera/1").plan).toEqual({
      kind: "rtsp",
      url: "rtsp://user:pw@camera/1",
    });
    expect(mjpegCamera("https://camera/mjpeg").plan).toEqual({ kind: "mjpeg", url: "https://camera/mjpeg" });
    await manualFrames().close();
  });

  test.each([
    [rtspCamera, "http://user:secret@camera"],
    [mjpegCamera, "rtsp://user:secret@camera"],
    [rtspCamera, ""],
  ])("refuse other addresses without repeating them", (make, url) => {
    try {
      make(url);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "INVALID_PARAMETER" });
      expect(String(error)).not.toContain("secret");
    }
  });
});

describe("videoUpload", () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 256);

  test.each([
    ["bytes", bytes],
    ["a Blob", new Blob([bytes])],
  ])("reads %s piece by piece", async (_what, video) => {
    const source = videoUpload(video, { realtimeProcessing: true });
    expect(source.plan).toEqual({ kind: "file", pictures: "data", realtimeProcessing: true });
    const body = await source.openUpload?.(new AbortController().signal);
    expect(body?.totalBytes).toBe(1000);
    const into = new Uint8Array(300);
    expect(await body?.read(900, into)).toBe(100);
    expect(into.subarray(0, 100)).toEqual(bytes.subarray(900));
    expect(await body?.read(1000, into)).toBe(0);
  });

  test.each([new Uint8Array(), new Blob([]), "video.mp4"])("refuses %j", (video) => {
    expect(() => Reflect.apply(videoUpload, undefined, [video])).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT_FORMAT" }),
    );
  });
});
