import sharp from "sharp";
import { expect, test } from "vitest";
import { makePicture } from "./picture.ts";
import { PICTURE_BYTES } from "./workload.ts";

test("a JPEG of exactly the promised length that a decoder reads to its end", async () => {
  const picture = await makePicture();
  expect(picture.length).toBe(PICTURE_BYTES);
  const { data, info } = await sharp(picture, { failOn: "warning" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([640, 480]);
  expect(new Set(data).size).toBeGreaterThan(20);
});
