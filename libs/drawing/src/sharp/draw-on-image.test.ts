import { decodeInferenceResult } from "@inference-ts/predictions";
import sharp from "sharp";
import { afterEach, expect, test, vi } from "vitest";
import { drawOnImage } from "./draw-on-image.ts";

const box = { x: 100, y: 60, width: 80, height: 40, confidence: 0.9, class: "cat", class_id: 0 };
const result = decodeInferenceResult({ image: { width: 200, height: 100 }, predictions: [box] });
const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#808080" } });

async function pixelsOf(picture: Uint8Array) {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * info.channels).subarray(0, 3),
  ];
  return { at, width: info.width, height: info.height };
}

afterEach(() => {
  vi.doUnmock("sharp");
  vi.resetModules();
});

test("the box is where the result says, nothing else is touched", async () => {
  const { at, width, height } = await pixelsOf(
    await drawOnImage(await blank(200, 100).png().toBuffer(), result, { labels: false, lineWidth: 2 }),
  );
  expect([width, height]).toEqual([200, 100]);
  for (const [x, y] of [
    [60, 60],
    [139, 60],
    [100, 40],
    [100, 79],
  ] as const)
    expect(at(x, y)).toEqual([0xa3, 0x51, 0xfb]);
  for (const [x, y] of [
    [100, 60],
    [57, 60],
    [143, 60],
    [100, 84],
  ] as const)
    expect(at(x, y)).toEqual([0x80, 0x80, 0x80]);
});

test("the picture is turned upright first", async () => {
  const turned = await blank(100, 200).withExif({}).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const drawn = await pixelsOf(await drawOnImage(turned, result, { labels: false, lineWidth: 2 }));
  expect([drawn.width, drawn.height]).toEqual([200, 100]);
  expect(drawn.at(60, 60)).toEqual([0xa3, 0x51, 0xfb]);
});

test("a result of a smaller copy is scaled up", async () => {
  const drawn = await pixelsOf(
    await drawOnImage(await blank(400, 200).png().toBuffer(), result, { labels: false, lineWidth: 2 }),
  );
  expect(drawn.at(120, 120)).toEqual([0xa3, 0x51, 0xfb]);
});

test("labels are drawn without any font", async () => {
  const drawn = await pixelsOf(await drawOnImage(await blank(200, 100).png().toBuffer(), result));
  const dark = Array.from({ length: 60 }, (_, x) =>
    Array.from({ length: 10 }, (_, y) => drawn.at(60 + x, 30 + y).join()),
  ).flat();
  expect(dark.filter((color) => color === "0,0,0").length).toBeGreaterThan(40);
});

test("JPEG on request", async () => {
  const drawn = await drawOnImage(await blank(200, 100).png().toBuffer(), result, {
    format: "jpeg",
    quality: 80,
  });
  expect((await sharp(drawn).metadata()).format).toBe("jpeg");
});

test("bad input is refused by its kind", async () => {
  await expect(drawOnImage(Uint8Array.of(1, 2, 3), result)).rejects.toMatchObject({
    code: "ENCODING_FAILED",
  });
  await expect(drawOnImage(Buffer.from(`BM${"\0".repeat(60)}`), result)).rejects.toMatchObject({
    code: "ENCODING_FAILED",
    message: expect.stringMatching(/BMP.*JPEG, PNG, WebP, GIF, TIFF or AVIF/s),
  });
  const picture = await blank(200, 100).png().toBuffer();
  await expect(drawOnImage(picture, result, { maxPixels: 100 })).rejects.toMatchObject({
    code: "ENCODING_FAILED",
    message: expect.not.stringContaining("Give a JPEG"),
  });
  await expect(drawOnImage(picture, result, { quality: 0 })).rejects.toMatchObject({
    code: "INVALID_PARAMETER",
  });
});

test("a missing sharp is named with the command that installs it", async () => {
  vi.resetModules();
  vi.doMock("sharp", () => {
    throw new Error("Cannot find package 'sharp'");
  });
  const fresh = await import("./draw-on-image.ts");
  await expect(fresh.drawOnImage(Uint8Array.of(), result)).rejects.toMatchObject({
    code: "MISSING_PEER",
    message: expect.stringContaining("npm install sharp"),
  });
});
