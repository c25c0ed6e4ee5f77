import type { ImageRuntime } from "@inference-ts/images";
import { expect, test, vi } from "vitest";
import { openClip } from "./open-clip.ts";

const pieces = async function* () {
  yield Uint8Array.of(1);
};
const open = vi.fn(async (source: string | URL) =>
  String(source).includes("none") ? null : { byteLength: 1, pieces },
);
const runtime: ImageRuntime = {
  codec: null,
  files: { read: async () => null, open },
  urls: { fetch: async () => new Uint8Array() },
};

test.each([
  ["a path", "clips/a.mp4"],
  ["a Windows path", "C:\\clips\\a.mp4"],
  ["a path that begins as an address does", "http:a.mp4"],
])("%s goes to the files as it is", async (_name, text) => {
  expect(await openClip(text, runtime)).toMatchObject({ kind: "local", label: text });
  expect(open).toHaveBeenLastCalledWith(text);
});

test.each(["file:///clips/a.mp4", new URL("file:///clips/a.mp4")])("%s is a file", async (source) => {
  expect(await openClip(source, runtime)).toMatchObject({ kind: "local", label: "/clips/a.mp4" });
  expect(open).toHaveBeenLastCalledWith(new URL("file:///clips/a.mp4"));
});

test("an address is left to the server", async () => {
  expect(await openClip("HTTPS://clips.test/a.mp4", runtime)).toMatchObject({ kind: "remote" });
});

test.each([
  ["file:///clips/none.mp4", /The clip \/clips\/none.mp4 does not exist/],
  ["http:none.mp4", /The text "http:none.mp4" is neither an existing file/],
  [`none0${"QUJD".repeat(100)}`, /^The text of 405 characters \(not shown/],
])("%s is refused", async (text, message) => {
  await expect(openClip(text, runtime)).rejects.toThrow(message);
});
