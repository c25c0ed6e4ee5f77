import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LiveFrame } from "@inference-ts/sdk/webrtc/node";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorkplace, type Workplace } from "../../testing/workplace.ts";
import { savePictures } from "./saved-pictures.ts";

let place: Workplace;
beforeAll(() => {
  place = createWorkplace();
});
afterAll(() => place?.remove());

/** A white picture. */
function frame(index: number, width: number, height: number): LiveFrame {
  const data = new Uint8Array(width * height * 3).fill(255);
  const image = { kind: "pixels", data, width, height, channels: 3 } as const;
  return { image, data: null, metadata: null, errors: [], index, timestampMs: index * 100 };
}

/** The pictures of an AVI file, by its index. */
function picturesOf(path: string): Buffer[] {
  const bytes = readFileSync(path);
  const movi = bytes.indexOf("movi");
  const index = movi + bytes.readUInt32LE(movi - 4);
  const count = bytes.readUInt32LE(index + 4) / 16;
  return Array.from({ length: count }, (_, at) => {
    const chunk = movi + bytes.readUInt32LE(index + 8 + at * 16 + 8);
    return bytes.subarray(chunk + 8, chunk + 8 + bytes.readUInt32LE(chunk + 4));
  });
}

test("pictures of other sizes are fitted into that of the first one, between black bars", async () => {
  const path = join(place.path, "mixed.avi");
  const saved = await savePictures(path, { task: undefined, classes: undefined });
  for (const [index, [width, height]] of [
    [64, 48],
    [32, 48],
    [640, 480],
    [64, 48],
  ].entries()) {
    await saved.save(frame(index, width ?? 0, height ?? 0));
  }
  await saved.close();
  const pictures = picturesOf(path);
  const sizes = await Promise.all(pictures.map((picture) => sharp(picture).metadata()));
  expect(sizes.map(({ width, height }) => [width, height])).toEqual(Array(4).fill([64, 48]));
  const row = await sharp(pictures[1]).greyscale().raw().toBuffer();
  const [bar = 255, middle = 0] = [row[24 * 64 + 2], row[24 * 64 + 32]];
  expect(bar).toBeLessThan(20);
  expect(middle).toBeGreaterThan(235);
});
