import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { chooseSource } from "./live-source.ts";

const HERE = fileURLToPath(import.meta.url);
const settings = { realtime: undefined, relay: undefined, onProgress: () => undefined };

test.each([
  [HERE, "file", false],
  [import.meta.url, "file", false],
  ["https://host.example/videos/street.MP4?token=1", "file", false],
  ["0", "webcam", true],
  ["camera:1", "webcam", true],
  ["camera:Front door", "webcam", true],
  ["rtsp://user:pass@camera.example/live", "rtsp", true],
  ["RTSPS://camera.example/live", "rtsp", true],
  ["http://camera.example/stream.cgi", "mjpeg", true],
  ["rtmp://host.example/live", "local-stream", true],
])("%s is a source %s", async (text, kind, realtime) => {
  const chosen = await chooseSource(text, settings);
  expect([chosen.source.plan.kind, chosen.realtime]).toEqual([kind, realtime]);
  await chosen.source.close();
});

test("a stream is read by this machine when it shall be relayed", async () => {
  const { source } = await chooseSource("rtsp://camera.example/live", { ...settings, relay: true });
  expect(source.plan.kind).toBe("local-stream");
  await source.close();
});

test("the pace that is asked for wins", async () => {
  const file = await chooseSource(HERE, { ...settings, realtime: true });
  expect([file.realtime, file.source.plan]).toMatchObject([true, { realtimeProcessing: true }]);
  const camera = await chooseSource("rtsp://camera.example/live", { ...settings, realtime: false });
  expect(camera.realtime).toBe(false);
});

test.each([["ftp://host.example/street.mp4", "INVALID_PARAMETER"]])("%s is refused", async (text, code) => {
  await expect(chooseSource(text, settings)).rejects.toMatchObject({ code });
});
