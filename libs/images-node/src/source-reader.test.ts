import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { InvalidInputFormatError } from "@inference-ts/errors";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeSourceReader } from "./source-reader.ts";

let root = "";
const opened: (string | number)[] = [];
const reader = nodeSourceReader((source) => {
  opened.push(source);
  return (async function* () {})();
});

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "source-reader-"));
  mkdirSync(join(root, "sub"));
  mkdirSync(join(root, "none"));
  for (const file of ["a10.JPG", "a2.png", "clip.MP4", "sub/b.png"]) writeFileSync(join(root, file), "");
  symlinkSync(root, join(root, "sub", "loop"));
});
afterAll(() => rmSync(root, { recursive: true }));

async function found(source: string, recursive = false): Promise<string[]> {
  const names: string[] = [];
  for await (const path of reader.findImages(source, { recursive, extensions: ["jpg", "png"] })) {
    names.push(basename(path));
  }
  return names;
}

test.each([
  ["rtsp://camera/1", true],
  ["https://example.com/clip", true],
  ["https://example.com/street.JPG?size=2", false],
  ["camera:0", true],
])("the address %s: video %s", async (source, isVideo) => {
  expect(await reader.isVideo(source)).toBe(isVideo);
});

test("files are told apart by their ending, whatever its case; folders and patterns are pictures", async () => {
  const kinds = ["clip.MP4", "a10.JPG", "sub", ".", "*.png"].map((name) => reader.isVideo(join(root, name)));
  expect(await Promise.all(kinds)).toEqual([true, false, false, false, false]);
  expect(await reader.isVideo(pathToFileURL(join(root, "clip.MP4")).href)).toBe(true);
});

test("what is not there is said before anything else", async () => {
  const missing = join(root, "missing.mp4");
  await expect(reader.isVideo(missing)).rejects.toThrow(new RegExp(missing));
  await expect(reader.isVideo(missing)).rejects.toThrow(InvalidInputFormatError);
  await expect(reader.isVideo("file://host:x/")).rejects.toThrow(InvalidInputFormatError);
});

test("folders come in natural order, each file once; an empty folder gives nothing, a pattern without match fails", async () => {
  expect(await found(root)).toEqual(["a2.png", "a10.JPG"]);
  expect(await found(pathToFileURL(root).href, true)).toEqual(["a2.png", "a10.JPG", "b.png"]);
  expect(await found(join(root, "none"))).toEqual([]);
  await expect(found(join(root, "*.webp"))).rejects.toThrow(InvalidInputFormatError);
});

test("an address of a picture is a stream of one", async () => {
  expect(await found("https://example.com/street.jpg")).toEqual(["street.jpg"]);
});

test("videos are opened by path, address or number", () => {
  const clip = join(root, "clip.MP4");
  for (const source of [pathToFileURL(clip).href, clip, "rtsp://camera/1", 0]) reader.openVideo(source, {});
  expect(opened).toEqual([clip, clip, "rtsp://camera/1", 0]);
});
