import { once } from "node:events";
import { copyFile, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AbortedError, InvalidInputFormatError, InvalidUrlInputError } from "@inference-ts/errors";
import type { OpenVideoOptions, VideoFrame } from "@inference-ts/images";
import { readPaintedNumber, writeNumberedVideo } from "@inference-ts/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sharpCodec } from "../sharp-codec.ts";
import { openVideo } from "./open-video.ts";

const FRAMES = 45;
const FPS = 30;
const WIDTH = 320;

let folder: string;
let clip: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "open-video-"));
  clip = join(folder, "clip.mp4");
  await writeNumberedVideo(clip, { width: WIDTH, height: 240, frames: FRAMES, fps: FPS });
});
afterAll(() => rm(folder, { recursive: true }));

const painted = ({ image }: VideoFrame) => readPaintedNumber(image.data, image.width);
const failureOf = (source: string | number, options: OpenVideoOptions = {}): Promise<unknown> =>
  collect(source, options).then(
    () => "no failure",
    (error: unknown) => error,
  );

async function collect(source: string | number, options: OpenVideoOptions = {}): Promise<VideoFrame[]> {
  return framesOf(openVideo(source, options));
}

async function framesOf(video: AsyncIterable<VideoFrame>): Promise<VideoFrame[]> {
  const frames: VideoFrame[] = [];
  for await (const frame of video) frames.push(frame);
  return frames;
}

/** Descriptors of the clip that this process holds open; `null` on systems that do not tell. */
async function openClips(): Promise<number | null> {
  if (process.platform !== "linux") return null;
  const { readlink } = await import("node:fs/promises");
  const names = await readdir("/proc/self/fd");
  const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => "")));
  return targets.filter((target) => target.startsWith(folder)).length;
}

describe("pictures", () => {
  test("come in order, each with its number, its time and its own pixels", async () => {
    const frames = await collect(clip);
    expect(frames.map(painted)).toEqual(Array.from({ length: FRAMES }, (_, number) => number));
    expect(frames.map(({ index }) => index)).toEqual(frames.map((_, number) => number));
    for (const { index, timestampMs, image } of frames) {
      expect(timestampMs).toBeCloseTo((index * 1000) / FPS, 3);
      expect(image).toMatchObject({ width: WIDTH, height: 240, channels: 3 });
      expect(image.data).toHaveLength(WIDTH * 240 * 3);
    }
  });

  test.each([
    ["every seventh", { stride: 7 }, [0, 7, 14, 21, 28, 35, 42]],
    ["three a second", { maxFps: 3 }, [0, 10, 20, 30, 40]],
  ])("are chosen: %s", async (_, options, expected) => {
    const frames = await collect(clip, options);
    expect(frames.map(({ index }) => index)).toEqual(expected);
    expect(frames.map(painted)).toEqual(expected);
  });

  test("with B-frames, decoded out of order, still come in order", async () => {
    const path = join(folder, "b-frames.mp4");
    await writeNumberedVideo(path, { width: WIDTH, height: 240, frames: 20, codec: "libx264", isBusy: true });
    const frames = await collect(path);
    expect(frames.map(painted)).toEqual(Array.from({ length: 20 }, (_, number) => number));
    expect(frames.map(({ timestampMs }) => Math.round(timestampMs))).toEqual(
      frames.map((_, number) => Math.round((number * 1000) / FPS)),
    );
  });

  test("of a width that is no round number have no gaps and no shear", async () => {
    const path = join(folder, "odd.mp4");
    await writeNumberedVideo(path, { width: 182, height: 98, frames: 3 });
    for (const frame of await collect(path)) {
      const { data, width, height } = frame.image;
      expect([width, height, data.length]).toEqual([182, 98, 182 * 98 * 3]);
      expect(painted(frame)).toBe(frame.index);
      // Grey below the numbers, to the last pixel of every row.
      for (let at = 20 * width * 3; at < data.length; at++) {
        expect(Math.abs((data[at] ?? 0) - 130)).toBeLessThan(12);
      }
    }
  });

  test("of a phone held upright are turned", async () => {
    const path = join(folder, "turned.mp4");
    const displayMatrix = [0, 65_536, 0, -65_536, 0, 0, 0, 0, 1 << 30];
    await writeNumberedVideo(path, { width: WIDTH, height: 160, frames: 2, displayMatrix });
    const [first, second] = await collect(path);
    expect(first?.image).toMatchObject({ width: 160, height: WIDTH });
    // The number's first block, at the top left before, is at the top right now; it is bright in picture 1.
    const topRight = (frame: VideoFrame | undefined) => frame?.image.data[(10 * 160 + 150) * 3];
    expect(topRight(first)).toBeLessThan(60);
    expect(topRight(second)).toBeGreaterThan(190);
  });

  test("can be encoded as they are", async () => {
    const [first] = await collect(clip, { stride: FRAMES });
    if (first === undefined) throw new Error("no picture");
    const jpeg = await sharpCodec().encode(first.image, { format: "jpeg" });
    expect([...jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8]);
  });

  test("are read again by a second iteration", async () => {
    const video = openVideo(clip, { stride: 20 });
    expect(await framesOf(video)).toHaveLength(3);
    expect(await framesOf(video)).toHaveLength(3);
  });
});

describe("an early end", () => {
  test("leaves the loop: the file is closed", async () => {
    for await (const { index } of openVideo(clip, {})) {
      if (index === 3) break;
    }
    expect(await openClips()).toBeOneOf([0, null]);
  });

  test("by the signal: AbortedError, nothing more, the file is closed", async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const work = (async () => {
      for await (const { index } of openVideo(clip, { signal: stop.signal })) {
        seen.push(index);
        if (index === 5) stop.abort(new Error("enough"));
      }
    })();
    await expect(work).rejects.toThrow(AbortedError);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await openClips()).toBeOneOf([0, null]);
  });

  test("before the beginning: nothing is opened", async () => {
    expect(await failureOf(clip, { signal: AbortSignal.abort() })).toBeInstanceOf(AbortedError);
  });
});

describe("what is no video", () => {
  test.each([
    ["text", "notes.txt", "Only words.\n".repeat(400)],
    ["an empty file", "empty.mp4", ""],
    ["noise", "noise.mp4", "\u0001\u0007ab\u0000".repeat(3000)],
  ])("%s", async (_, name, content) => {
    const path = join(folder, name);
    await writeFile(path, content);
    const error = await failureOf(path);
    expect(error).toBeInstanceOf(InvalidInputFormatError);
    expect(error).toHaveProperty("message", expect.stringContaining(path));
  });

  test("a missing file, a folder, a camera that is not there", async () => {
    expect(await failureOf(join(folder, "none.mp4"))).toBeInstanceOf(InvalidInputFormatError);
    expect(await failureOf(folder)).toBeInstanceOf(InvalidInputFormatError);
    if (process.platform === "linux") expect(await failureOf(97)).toBeInstanceOf(InvalidInputFormatError);
  });

  test("a file whose end, and with it the index of its pictures, is missing", async () => {
    const path = join(folder, "cut.mp4");
    await copyFile(clip, path);
    await truncate(path, Math.floor((await stat(path)).size / 2));
    const outcome = await collect(path).catch((error: unknown) => error);
    // The index of this container is at its end.
    expect(outcome).toBeInstanceOf(InvalidInputFormatError);
  });

  test("damage in the middle costs the pictures that it hits", async () => {
    const path = join(folder, "damaged.mp4");
    await copyFile(clip, path);
    const file = await open(path, "r+");
    await file.write(Buffer.alloc(1500, 0x55), 0, 1500, Math.floor((await file.stat()).size / 3));
    await file.close();
    const frames = await collect(path);
    expect(frames.length).toBeGreaterThan(FRAMES / 2);
    expect(frames.length).toBeLessThanOrEqual(FRAMES);
  });
});

describe("a URL", () => {
  test("is read like a file", async () => {
    const content = await readFile(clip);
    const server = createServer((_, answer) => answer.end(content)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    try {
      const frames = await collect(`http://127.0.0.1:${port}/clip.mp4`, { stride: 9 });
      expect(frames.map(painted)).toEqual([0, 9, 18, 27, 36]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test("that nothing listens at fails without its secrets in the message", async () => {
    const error = await failureOf("http://ada:pw@127.0.0.1:1/a.mp4?api_key=secret");
    expect(error).toBeInstanceOf(InvalidUrlInputError);
    expect(String(error)).not.toMatch(/secret|pw@/);
  });

  test.each(["abort", "return"])("that never answers is left at once by %s", async (way) => {
    const connected = Promise.withResolvers<Socket>();
    const server = createTcpServer(connected.resolve).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const stop = new AbortController();
    const video = openVideo(`http://127.0.0.1:${port}/a.mp4`, { signal: stop.signal });
    const pictures = video[Symbol.asyncIterator]();
    const waiting = pictures.next().catch((error: unknown) => error);
    const socket = await connected.promise;
    const closed = once(socket, "close");
    socket.on("error", () => undefined).resume();
    const before = performance.now();
    if (way === "abort") stop.abort();
    else expect(await pictures.return?.()).toEqual({ done: true, value: undefined });
    expect(await waiting).toBeInstanceOf(AbortedError);
    await closed;
    expect(performance.now() - before).toBeLessThan(2_000);
    server.close();
  });
});
