import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { readImageHeader, readImageSize } from "./image-header.ts";
import { sniffImageFormat } from "./sniff.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../test/fixtures", name)));

const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 90 } } });

describe("formats and sizes", () => {
  test.each([
    ["quads-64x48.jpg", "jpeg", 64, 48],
    ["quads-64x48.png", "png", 64, 48],
    ["palette-40x30.png", "png", 40, 30],
    ["quads-50x50.webp", "webp", 50, 50],
    ["quads-16x16.gif", "gif", 16, 16],
    ["quads-16x16.bmp", "bmp", 16, 16],
    ["gradient-100x300.jpg", "jpeg", 100, 300],
    ["exif6-60x40.jpg", "jpeg", 40, 60],
  ])("%s", (name, format, width, height) => {
    expect(readImageHeader(fixture(name))).toMatchObject({
      format,
      size: { width, height },
      truncated: false,
    });
  });

  test("text is no picture", () => expect(readImageHeader(fixture("not-an-image.txt"))).toBeNull());

  test("agrees with sharp for what sharp writes", async () => {
    const kinds = [
      (image: Sharp) => image.jpeg(),
      (image: Sharp) => image.jpeg({ progressive: true }),
      (image: Sharp) => image.png(),
      (image: Sharp) => image.webp(),
      (image: Sharp) => image.webp({ lossless: true }),
      (image: Sharp) => image.gif(),
    ];
    for (const [width, height] of [
      [1, 1],
      [301, 17],
      [17, 301],
    ] as const) {
      for (const encode of kinds) {
        const bytes = await encode(canvas(width, height)).toBuffer();
        expect(readImageHeader(bytes)).toMatchObject({ size: { width, height }, truncated: false });
      }
    }
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("EXIF orientation %i in JPEG", async (orientation) => {
    const expected = orientation >= 5 ? { width: 20, height: 30 } : { width: 30, height: 20 };
    const bytes = await canvas(30, 20).withMetadata({ orientation }).jpeg().toBuffer();
    expect(readImageHeader(bytes)).toMatchObject({ orientation, size: expected });
  });

  test("TIFF and AVIF are known by format, without a size", async () => {
    for (const format of ["tiff", "avif"] as const) {
      const bytes = await canvas(30, 20).toFormat(format).toBuffer();
      expect(readImageHeader(bytes)).toMatchObject({ format, size: null, truncated: false });
    }
  });
});

describe("completeness", () => {
  test("the truncated fixture", () => {
    expect(readImageHeader(fixture("truncated.jpg"))).toMatchObject({ format: "jpeg", truncated: true });
  });

  test("bytes after the end are legal", () => {
    for (const name of ["quads-64x48.jpg", "quads-64x48.png", "quads-50x50.webp"]) {
      const bytes = Buffer.concat([fixture(name), Buffer.from("trailing bytes of a motion photo")]);
      expect(readImageHeader(bytes)?.truncated).toBe(false);
    }
  });

  test("any cut of a JPEG, PNG or WebP is noticed", () => {
    const pictures = ["quads-64x48.jpg", "exif6-60x40.jpg", "quads-64x48.png", "quads-50x50.webp"].map(
      fixture,
    );
    fc.assert(
      fc.property(fc.constantFrom(...pictures), fc.nat(), (bytes, cut) => {
        const length = 12 + (cut % (bytes.length - 12));
        expect(readImageHeader(bytes.subarray(0, length))?.truncated).toBe(true);
      }),
    );
  });

  test("the end mark of an embedded thumbnail does not count", async () => {
    const thumbnail = await canvas(8, 8).jpeg().toBuffer();
    const whole = await canvas(64, 64).jpeg().toBuffer();
    const segment = Buffer.concat([Buffer.from([0xff, 0xe2, 0, 0]), thumbnail]);
    segment.writeUInt16BE(thumbnail.length + 2, 2);
    const bytes = Buffer.concat([whole.subarray(0, 2), segment, whole.subarray(2)]);
    expect(readImageHeader(bytes)).toMatchObject({ size: { width: 64, height: 64 }, truncated: false });
    expect(readImageHeader(bytes.subarray(0, -2))?.truncated).toBe(true);
  });
});

test("never throws on random bytes, also after the marks of real formats", () => {
  const marks = [
    "quads-64x48.jpg",
    "exif6-60x40.jpg",
    "quads-64x48.png",
    "quads-50x50.webp",
    "quads-16x16.gif",
    "quads-16x16.bmp",
  ];
  const starts = [new Uint8Array(), ...marks.map(fixture)];
  fc.assert(
    fc.property(
      fc.constantFrom(...starts),
      fc.nat(200),
      fc.uint8Array({ maxLength: 200 }),
      (start, cut, noise) => {
        const bytes = new Uint8Array(Buffer.concat([start.subarray(0, cut), noise]));
        sniffImageFormat(bytes);
        const size = readImageSize(bytes);
        if (size !== null) expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
      },
    ),
    { numRuns: 1000 },
  );
});
