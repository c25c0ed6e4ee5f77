import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readPaintedNumber, writeNumberedVideo } from "../../video/numbered-video.ts";
import { FileFrames } from "./file-frames.ts";

const FRAMES = 12;
const FPS = 30;

let folder: string;
let video: Uint8Array;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "file-frames-"));
  // Whatever the frames of a file write shall be found in here.
  vi.stubEnv("TMPDIR", folder);
  const path = join(folder, "numbers.mp4");
  await writeNumberedVideo(path, { width: 160, height: 120, frames: FRAMES, fps: FPS });
  video = await readFile(path);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** What was written beside the video itself. */
const leftBehind = async () => (await readdir(folder)).filter((name) => name !== "numbers.mp4");

test("the frames of an upload come in order, with the times of their container", async () => {
  const { frames, facts } = await FileFrames.open(video, false);
  const seen: { number: number; seconds: number }[] = [];
  for (let frame = await frames.next(); frame !== null; frame = await frames.next()) {
    const { pixels, pts, timeBase } = frame;
    const number = readPaintedNumber(pixels.data, pixels.width);
    seen.push({ number, seconds: Math.round((pts ?? Number.NaN) * timeBase * FPS) / FPS });
  }
  await frames.close();
  expect(seen).toEqual(Array.from({ length: FRAMES }, (_, number) => ({ number, seconds: number / FPS })));
  expect(facts).toEqual({ fps: FPS, totalFrames: FRAMES });
  expect(await leftBehind()).toEqual([]);
});

test("in real time a frame comes no sooner than it is shown", async () => {
  const { frames } = await FileFrames.open(video, true);
  const startedAt = performance.now();
  while ((await frames.next()) !== null);
  await frames.close();
  expect(performance.now() - startedAt).toBeGreaterThan(((FRAMES - 1) * 1000) / FPS - 5);
});

test("closing ends a read that is under way, and what is no video leaves nothing behind", async () => {
  const { frames } = await FileFrames.open(video, true);
  await frames.next();
  const reading = frames.next();
  await frames.close();
  expect(await reading).toBeNull();
  expect(await frames.next()).toBeNull();
  await expect(FileFrames.open(Buffer.from("no video"), false)).rejects.toThrow();
  expect(await leftBehind()).toEqual([]);
});
