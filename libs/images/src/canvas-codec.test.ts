import { EncodingError } from "@inference-ts/errors";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { browserImageRuntime } from "./browser-runtime.ts";
import { readDrawable } from "./canvas-codec.ts";

/** Pictures of the stand-in browser: pixels as they are; `convertToBlob` gives them back, so that a test can look at them. */
class FakeImageData {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.data = new Uint8ClampedArray(width * height * 4);
  }
}

class FakeBitmap extends FakeImageData {
  closed = false;
  close(): void {
    this.closed = true;
  }
  get [Symbol.toStringTag](): string {
    return "ImageBitmap";
  }
}

const bitmaps: FakeBitmap[] = [];
let asked: { type?: string; quality?: number } = {};

class FakeOffscreenCanvas {
  readonly width: number;
  readonly height: number;
  pixels: FakeImageData;
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new FakeImageData(width, height);
  }
  getContext() {
    return {
      drawImage: (image: FakeBitmap) => {
        for (let i = 0; i < this.pixels.data.length; i++) {
          const [pixel, channel] = [i >> 2, i % 4];
          const x = Math.floor(((pixel % this.width) * image.width) / this.width);
          const y = Math.floor((Math.floor(pixel / this.width) * image.height) / this.height);
          this.pixels.data[i] = image.data[(y * image.width + x) * 4 + channel] ?? 0;
        }
      },
      getImageData: () => this.pixels,
      putImageData: (pixels: FakeImageData) => {
        this.pixels = pixels;
      },
    };
  }
  async convertToBlob(options: typeof asked) {
    asked = options;
    return new Blob([new Uint8Array(this.pixels.data)]);
  }
}

beforeEach(() => {
  bitmaps.length = 0;
  vi.stubGlobal("ImageData", FakeImageData);
  vi.stubGlobal("OffscreenCanvas", FakeOffscreenCanvas);
  vi.stubGlobal("createImageBitmap", async (source: Blob | FakeImageData) => {
    if (source instanceof Blob && source.size === 0) throw new DOMException("broken", "InvalidStateError");
    const bitmap =
      source instanceof Blob ? new FakeBitmap(4, 2) : new FakeBitmap(source.width, source.height);
    bitmap.data.set(source instanceof Blob ? Array(32).fill(9) : source.data);
    bitmaps.push(bitmap);
    return bitmap;
  });
});
afterEach(() => vi.unstubAllGlobals());

const codec = () => browserImageRuntime().codec ?? expect.unreachable("no codec");

test("there is none without a canvas", async () => {
  vi.unstubAllGlobals();
  expect(browserImageRuntime().codec).toBeNull();
  expect(
    await readDrawable(new FakeBitmap(1, 1), { signal: new AbortController().signal, maxBytes: 1 }),
  ).toBeNull();
});

describe("encode", () => {
  test("JPEG loses alpha and keeps the colours under it", async () => {
    const data = Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 128);
    const bytes = await codec().encode(
      { data, width: 2, height: 1, channels: 4 },
      { format: "jpeg", quality: 80 },
    );
    expect([...bytes]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
    expect(asked).toEqual({ type: "image/jpeg", quality: 0.8 });
  });

  test("PNG keeps alpha; RGB and grey become opaque RGBA", async () => {
    const encode = async (data: number[], width: number, channels: 1 | 3 | 4) => [
      ...(await codec().encode(
        { data: Uint8Array.from(data), width, height: 1, channels },
        { format: "png" },
      )),
    ];
    expect(await encode([1, 2, 3, 77], 1, 4)).toEqual([1, 2, 3, 77]);
    expect(await encode([1, 2, 3, 4, 5, 6], 2, 3)).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
    expect(await encode([7, 8], 2, 1)).toEqual([7, 7, 7, 255, 8, 8, 8, 255]);
  });

  test("to another size", async () => {
    const data = Uint8Array.of(10, 20, 30, 40);
    const size = { width: 2, height: 1 };
    const bytes = await codec().encode({ data, width: 4, height: 1, channels: 1 }, { format: "jpeg", size });
    expect([...bytes]).toEqual([10, 10, 10, 255, 30, 30, 30, 255]);
  });
});

test("decode, measure and resize close what they opened", async () => {
  const bytes = Uint8Array.of(1);
  expect(await codec().decode(bytes)).toMatchObject({ width: 4, height: 2, channels: 4 });
  expect(await codec().measure?.(bytes)).toEqual({ width: 4, height: 2 });
  expect(await codec().resize(bytes, { width: 2, height: 1 }, { format: "jpeg" })).toHaveLength(8);
  expect(bitmaps.map((bitmap) => bitmap.closed)).toEqual([true, true, true]);
});

test("what the browser cannot decode is an EncodingError", async () => {
  await expect(codec().decode(new Uint8Array())).rejects.toBeInstanceOf(EncodingError);
});

test("a picture that cannot be drawn is closed, too", async () => {
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      constructor() {
        throw new RangeError("too large for this browser");
      }
    },
  );
  await expect(codec().decode(Uint8Array.of(1))).rejects.toThrow("too large for this browser");
  expect(bitmaps.map((bitmap) => bitmap.closed)).toEqual([true]);
});

test("drawables give their pixels, and the caller's picture is not closed", async () => {
  const own = new FakeBitmap(3, 1);
  own.data.fill(5);
  const options = { signal: new AbortController().signal, maxBytes: 1 };
  expect(await readDrawable(own, options)).toEqual({ width: 3, height: 1, channels: 4, data: own.data });
  expect(own.closed).toBe(false);
  expect(await readDrawable({ width: 3, height: 1 }, options)).toBeNull();
});
