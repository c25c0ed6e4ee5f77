import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decoder, Demuxer } from "node-av";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { createAvi } from "./avi-file.ts";

const folder = mkdtempSync(join(tmpdir(), "infer-avi-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WIDTH = 64;
const HEIGHT = 48;
const picture = (grey: number) =>
  sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: { r: grey, g: grey, b: grey } } })
    .jpeg()
    .toBuffer();

/** What a video player makes of a file: the rate, and for each picture its time in seconds and the middle of its brightness. */
async function play(path: string) {
  await using demuxer = await Demuxer.open(path);
  const stream = demuxer.video();
  if (stream === undefined) throw new Error("no video");
  using decoder = await Decoder.create(stream);
  const frames: [seconds: number, brightness: number][] = [];
  for await (const frame of decoder.frames(demuxer.packets(stream.index))) {
    if (frame === null) continue;
    const { num, den } = stream.timeBase;
    const bytes = frame.toBuffer();
    frames.push([(Number(frame.pts) * num) / den, bytes[(HEIGHT / 2) * WIDTH] ?? -1]);
    frame.free();
  }
  return { frames, size: [stream.codecpar.width, stream.codecpar.height] };
}

test("pictures are played in order, at the rate of their times", async () => {
  const path = join(folder, "grey.avi");
  const file = await createAvi(path, { width: WIDTH, height: HEIGHT });
  for (let index = 0; index < 20; index++) await file.add(await picture(index * 12), 500 + index * 80);
  const bytes = file.bytes;
  await file.close();
  expect(readFileSync(path).length).toBe(bytes);
  const { frames, size } = await play(path);
  expect(size).toEqual([WIDTH, HEIGHT]);
  expect(frames.map(([seconds]) => Math.round(seconds * 1000))).toEqual(
    Array.from({ length: 20 }, (_, index) => index * 80),
  );
  for (const [index, [, brightness]] of frames.entries()) {
    expect(Math.abs(brightness - index * 12)).toBeLessThan(6);
  }
});

test("sizes and places in the headers fit the file", async () => {
  const path = join(folder, "sizes.avi");
  const file = await createAvi(path, { width: WIDTH, height: HEIGHT });
  const pictures = [await picture(10), await picture(200), await picture(90)];
  for (const jpeg of pictures) await file.add(jpeg, null);
  await file.close();
  const bytes = readFileSync(path);
  expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  const movi = bytes.indexOf("movi");
  const index = movi - 4 + 4 + bytes.readUInt32LE(movi - 4);
  expect(bytes.toString("latin1", index, index + 4)).toBe("idx1");
  for (const [at, jpeg] of pictures.entries()) {
    const entry = index + 8 + at * 16;
    const chunk = movi + bytes.readUInt32LE(entry + 8);
    expect(bytes.toString("latin1", chunk, chunk + 4)).toBe("00dc");
    expect(bytes.readUInt32LE(chunk + 4)).toBe(jpeg.length);
    expect(bytes.subarray(chunk + 8, chunk + 8 + jpeg.length).equals(jpeg)).toBe(true);
  }
});

test("a file that was never closed can still be played", async () => {
  const path = join(folder, "cut.avi");
  const file = await createAvi(path, { width: WIDTH, height: HEIGHT });
  for (const grey of [10, 100, 200]) await file.add(await picture(grey), null);
  expect((await play(path)).frames).toHaveLength(3);
  await file.close();
});
