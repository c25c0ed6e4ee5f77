import { pathToFileURL } from "node:url";
import { InvalidParameterError } from "@inference-ts/errors";
import { describe, expect, test } from "vitest";
import { videoAddress } from "./video-address.ts";

describe("videoAddress", () => {
  test.each([
    [0, "linux", "v4l2", "/dev/video0"],
    ["camera:2", "linux", "v4l2", "/dev/video2"],
    ["/dev/video1", "linux", "v4l2", "/dev/video1"],
    ["camera:/dev/v4l/by-id/desk", "linux", "v4l2", "/dev/v4l/by-id/desk"],
    [1, "darwin", "avfoundation", "1:none"],
    ["camera:FaceTime HD Camera", "darwin", "avfoundation", "FaceTime HD Camera:none"],
    ["camera:Integrated Webcam", "win32", "dshow", "video=Integrated Webcam"],
  ] as const)("%s on %s is a camera", (source, platform, format, url) => {
    expect(videoAddress(source, platform)).toMatchObject({ kind: "camera", format, url });
  });

  test.each(["clip.mp4", "concat:a|b", "pipe:0", "/dev/videos/clip.mp4", "C:\\clips\\a.mp4"])(
    "%s is nothing but a path",
    (path) => {
      expect(videoAddress(path)).toMatchObject({ kind: "file", format: null, url: `file:${path}` });
    },
  );

  test("a file URL is the path that it names", () => {
    const { href } = pathToFileURL("/clips/a b.mp4");
    expect(videoAddress(href)).toMatchObject({ kind: "file", url: "file:/clips/a b.mp4" });
  });

  test("a stream is opened as given and shown without its secrets", () => {
    const address = videoAddress("rtsp://ada:secret@cam.local/live?token=abcdef&pwd=secret", "linux");
    expect(address).toMatchObject({ kind: "url", options: { rtsp_transport: "tcp" } });
    expect(address.url).toContain("ada:secret@");
    expect(address.shown).toBe("rtsp://cam.local/live");
  });

  test.each([
    ["a negative number", -1, "linux"],
    ["half a camera", 0.5, "linux"],
    ["an empty path", "", "linux"],
    ["a zero character", "a\0b", "linux"],
    ["an unknown protocol", "gopher://host/a", "linux"],
    ["a protocol that every object has a field of", "constructor://host/a", "linux"],
    ["a camera without a name", "camera:", "linux"],
    ["a camera of a system without a reader", 0, "aix"],
    ["a number on Windows", 0, "win32"],
    ["a file URL of another machine", "file://host/a.mp4", "linux"],
  ] as const)("refuses %s", (_, source, platform) => {
    expect(() => videoAddress(source, platform)).toThrow(InvalidParameterError);
  });
});
