import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AbortedError,
  DeadlineExceededError,
  EncodingError,
  ImageTooLargeError,
  InvalidInputFormatError,
  InvalidUrlInputError,
} from "@inference-ts/errors";
import { describe, expect, test, vi } from "vitest";
import type { EncodedImage } from "./encoded-image.ts";
import { type ImageSource, remoteImage } from "./image-source.ts";
import { type LoadImageOptions, loadImage } from "./load.ts";
import type { ImageCodec, ImageRuntime } from "./ports.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../test/fixtures", name)));
const red = fixture("red-64x48.png");
const jpeg = fixture("gradient-200x100.jpg");
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

const FILES: Record<string, Uint8Array> = {
  "http:red.png": red,
  "C:\\pictures\\red.png": red,
  "red.png": red,
  "wide.jpg": jpeg,
  "turned.jpg": fixture("exif6-60x40.jpg"),
  "photo.unknown": jpeg,
  "empty.png": new Uint8Array(),
  "truncated.jpg": fixture("truncated.jpg"),
  "notes.txt": fixture("not-an-image.txt"),
};

function fakeCodec() {
  return {
    name: "fake",
    resize: vi.fn<ImageCodec["resize"]>(async () => Uint8Array.of(1)),
    encode: vi.fn<ImageCodec["encode"]>(async () => Uint8Array.of(2)),
    decode: vi.fn<ImageCodec["decode"]>(async () => ({
      width: 8,
      height: 4,
      channels: 1,
      data: new Uint8Array(32),
    })),
  };
}

function setUp() {
  const codec = fakeCodec();
  const read = vi.fn(
    async (path: string | URL) => FILES[path instanceof URL ? path.pathname.slice(1) : path] ?? null,
  );
  const fetch = vi.fn(async (_url: URL) => red);
  const runtime: ImageRuntime = {
    codec,
    files: { read },
    urls: { fetch },
    extras: async (input) =>
      input instanceof Map ? { width: 2, height: 1, channels: 1, data: Uint8Array.of(1, 2) } : null,
  };
  const load = (source: unknown, options: Partial<LoadImageOptions> = {}) =>
    loadImage(source as ImageSource, { runtime, ...options });
  return { codec, read, fetch, runtime, load };
}

/** The header of a PNG, and its last chunk. */
function pngOf(width: number, height: number): Uint8Array {
  const png = Buffer.from(red);
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

const bytesOf = (image: unknown) => (image as EncodedImage).bytes;

describe("every kind of source is sent untouched", () => {
  const sources: readonly (readonly [string, () => unknown, string])[] = [
    ["path", () => "red.png", "red.png"],
    ["file URL", () => new URL("file:///red.png"), "file:///red.png"],
    ["file URL as text", () => "file:///red.png", "file:///red.png"],
    ["path that begins as an address does", () => "http:red.png", "http:red.png"],
    ["Windows path", () => "C:\\pictures\\red.png", "C:\\pictures\\red.png"],
    [
      "URL text",
      () => "HTTPS://images.example.com/a.png?api_key=abcdefghijkl",
      "https://images.example.com/a.png",
    ],
    ["URL", () => new URL("https://images.example.com/a.png"), "https://images.example.com/a.png"],
    ["data URL text", () => `data:image/png;base64,${base64(red)}`, "data URL"],
    ["data URL", () => new URL(`data:image/png;base64,${base64(red)}`), "data URL"],
    ["base64", () => base64(red), "base64 text"],
    [
      "url-safe base64 with line ends",
      () => base64(red).replaceAll("+", "-").replaceAll("/", "_").replace(/.{60}/g, "$&\n"),
      "base64 text",
    ],
    ["Uint8Array", () => red, "bytes"],
    ["Buffer", () => Buffer.from(red), "bytes"],
    ["ArrayBuffer", () => red.buffer.slice(red.byteOffset, red.byteOffset + red.length), "bytes"],
    ["Blob", () => new Blob([red]), "blob"],
    ["File", () => new File([red], "a.png"), "a.png"],
    ["ReadableStream", () => new Blob([red]).stream(), "stream"],
  ];
  test.each(sources)("%s", async (_, source, label) => {
    const { load, codec } = setUp();
    const image = await load(source());
    const size = { width: 64, height: 48 };
    expect({ ...image, bytes: [...bytesOf(image)] }).toEqual({
      kind: "encoded-image",
      bytes: [...red],
      format: "png",
      size,
      originalSize: size,
      scale: { x: 1, y: 1 },
      label,
    });
    expect(codec.resize).not.toHaveBeenCalled();
  });

  test("a file is known by its content, not by its name", async () => {
    expect(await setUp().load("photo.unknown")).toMatchObject({ format: "jpeg" });
  });

  test("a remote image and a loaded image pass through", async () => {
    const { load } = setUp();
    const remote = remoteImage("https://images.example.com/a.png?token=abcdefghijkl");
    expect(remote).toMatchObject({
      url: expect.stringContaining("?token="),
      label: "https://images.example.com/a.png",
    });
    expect(await load(remote)).toBe(remote);
    expect(remote.label).not.toContain("abcdefghijkl");
    const loaded = await load("red.png");
    expect(await load(loaded)).toBe(loaded);
  });

  test("an existing file wins over base64 of the same text", async () => {
    const { load, read } = setUp();
    await load("red.png");
    expect(read).toHaveBeenCalledOnce();
  });
});

describe("what is refused before the network", () => {
  const kinds: readonly (readonly [string, unknown, RegExp])[] = [
    [
      "mistyped path",
      "no-such-file.png",
      /"no-such-file.png" is neither an existing file, a URL nor base64 of an image/,
    ],
    ["empty text", "", /neither an existing file/],
    ["base64 of text", base64(Buffer.from("not an image")), /neither an existing file/],
    ["ftp", "ftp://images.example.com/a.png", /scheme that is not supported/],
    ["missing file URL as text", "file:///none.png", /file:\/\/\/none.png does not exist/],
    ["file URL that is none", "file://[", /scheme that is not supported/],
    ["an address without slashes", "http:none.png", /"http:none.png" is neither an existing file/],
    ["a Windows path", "C:\\pictures\\none.jpg", /"C:\\pictures\\none.jpg" is neither an existing file/],
    ["empty file", "empty.png", /empty.png is no picture: its content is empty/],
    ["truncated file", "truncated.jpg", /truncated.jpg is truncated/],
    ["truncated base64", base64(fixture("truncated.jpg")), /base64 text is truncated/],
    ["text file", "notes.txt", /notes.txt is no picture/],
    [
      "HTML bytes",
      new TextEncoder().encode("\n<!DOCTYPE html><html>"),
      /bytes is no picture: its content is an HTML page/,
    ],
    ["a PNG of no width", pngOf(0, 5), /bytes is a PNG without pixels/],
    ["a PNG of no height", pngOf(5, 0), /bytes is a PNG without pixels/],
    ["no bytes", new Uint8Array(), /bytes is no picture: its content is empty/],
    ["damaged data URL", "data:image/png;base64,@@@", /data of the data URL is not valid/],
    ["missing file URL", new URL("file:///none.png"), /does not exist/],
    ["number", 7, /type number is not one image/],
    ["null", null, /type null is not one image/],
    ["undefined", undefined, /type undefined is not one image/],
    ["object", { type: "url", value: "x" }, /type Object is not one image/],
    ["list", [red], /type Array is not one image/],
    ["float array", new Float32Array(4), /type Float32Array is not one image/],
    ["float pixels", { data: new Float32Array(12), width: 2, height: 2, channels: 3 }, /got Float32Array/],
    ["16-bit pixels", { data: new Uint16Array(12), width: 2, height: 2, channels: 3 }, /got Uint16Array/],
    ["list of pixels", { data: [0, 0, 0], width: 1, height: 1, channels: 3 }, /got Array/],
    [
      "too few pixels",
      { data: new Uint8Array(11), width: 2, height: 2, channels: 3 },
      /got Uint8Array of length 11 for 2 x 2 x 3/,
    ],
    [
      "two channels",
      { data: new Uint8Array(8), width: 2, height: 2, channels: 2 },
      /1, 3 or 4 channels, got Uint8Array of length 8 for 2 x 2 x 2/,
    ],
    ["no width", { data: new Uint8Array(), width: 0, height: 2, channels: 3 }, /for 0 x 2/],
    ["NaN", { data: new Uint8Array(), width: Number.NaN, height: 2, channels: 3 }, /for NaN x 2/],
  ];
  test.each(kinds)("%s", async (_, source, message) => {
    const { load, fetch } = setUp();
    await expect(load(source)).rejects.toThrow(message);
    await expect(load(source)).rejects.toBeInstanceOf(InvalidInputFormatError);
    expect(fetch).not.toHaveBeenCalled();
  });

  test("a backslash in the authority", async () => {
    const { load, fetch } = setUp();
    await expect(load("https://images.example.com\\@evil.test/a.png")).rejects.toBeInstanceOf(
      InvalidUrlInputError,
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  test("an address of another kind is named without its query", async () => {
    const camera = "rtsp://ada:hidden@camera.test/live?pwd=hidden";
    const error: Error = await setUp()
      .load(camera)
      .catch((reason) => reason);
    expect(error.message).toContain("The image URL rtsp://camera.test/live has a scheme");
    expect(error.message).not.toContain("hidden");
  });

  test("long text is never repeated in a message, and no key is", async () => {
    const { load } = setUp();
    const text = base64(new Uint8Array(3000).fill(200));
    const error: Error = await load(text).catch((reason) => reason);
    expect(error.message.length).toBeLessThan(300);
    expect(error.message).toContain("4000 characters");
    const key = "abcdefghijkl";
    await expect(load(`ftp://x:${key}@images.example.com/a.png?api_key=${key}`)).rejects.not.toThrow(key);
  });

  test("a path where no files can be read", async () => {
    const { runtime } = setUp();
    const browser = { ...runtime, files: null };
    await expect(loadImage("red.png", { runtime: browser })).rejects.toThrow(
      /Local files are read by the Node entry/,
    );
    await expect(loadImage(new URL("file:///red.png"), { runtime: browser })).rejects.toThrow(
      /Local files are read by the Node entry/,
    );
  });
});

describe("limits", () => {
  test.each([
    ["bytes", red],
    ["blob", new Blob([red])],
    ["base64", base64(red)],
    ["data URL", `data:image/png;base64,${base64(red)}`],
    ["stream", new Blob([red]).stream()],
  ])("bytes of %s", async (_, source) => {
    await expect(setUp().load(source, { maxBytes: 100 })).rejects.toBeInstanceOf(ImageTooLargeError);
  });

  test("pixels by the header, and of raw pixels", async () => {
    const { load } = setUp();
    await expect(load(red, { maxPixels: 64 * 48 - 1 })).rejects.toThrow(/64 x 48 pixels/);
    await expect(load(red, { maxPixels: 64 * 48 })).resolves.toBeDefined();
    const pixels = { data: new Uint8Array(4), width: 2, height: 2, channels: 1 };
    await expect(load(pixels, { maxPixels: 3 })).rejects.toBeInstanceOf(ImageTooLargeError);
  });
});

describe("downsizing", () => {
  test("shrinks to the size of the plan and keeps the factor", async () => {
    const { load, codec } = setUp();
    const image = await load("wide.jpg", { downsizeTo: { width: 50, height: 50 }, jpegQuality: 80 });
    expect(codec.resize).toHaveBeenCalledWith(
      jpeg,
      { width: 50, height: 25 },
      { format: "jpeg", quality: 80 },
    );
    expect(image).toMatchObject({
      format: "jpeg",
      size: { width: 50, height: 25 },
      originalSize: { width: 200, height: 100 },
      scale: { x: 0.25, y: 0.25 },
      label: "wide.jpg",
    });
    expect(await load(image, { downsizeTo: { width: 10, height: 10 } })).toBe(image);
  });

  test("leaves an upright JPEG that fits alone", async () => {
    const { load, codec } = setUp();
    expect(bytesOf(await load(jpeg, { downsizeTo: { width: 200, height: 100 } }))).toBe(jpeg);
    expect(codec.resize).not.toHaveBeenCalled();
  });

  test("makes a JPEG of what fits and is none, or is turned by EXIF", async () => {
    const { load, codec } = setUp();
    const downsizeTo = { width: 640, height: 640 };
    expect(await load(red, { downsizeTo })).toMatchObject({ format: "jpeg", scale: { x: 1, y: 1 } });
    expect(codec.resize).toHaveBeenLastCalledWith(red, { width: 64, height: 48 }, expect.anything());
    expect(await load("turned.jpg", { downsizeTo })).toMatchObject({ size: { width: 40, height: 60 } });
  });

  test("encodes and shrinks raw pixels in one step", async () => {
    const { load, codec } = setUp();
    const pixels = { data: new Uint8ClampedArray(40 * 20 * 4), width: 40, height: 20 };
    expect(await load(pixels, { downsizeTo: { width: 10, height: 10 } })).toMatchObject({
      format: "jpeg",
      size: { width: 10, height: 5 },
      originalSize: { width: 40, height: 20 },
      scale: { x: 0.25, y: 0.25 },
      label: "raw pixels",
    });
    expect(codec.encode).toHaveBeenCalledWith(
      { ...pixels, channels: 4 },
      { format: "jpeg", quality: 90, size: { width: 10, height: 5 } },
    );
  });

  test("asks the codec for sizes that no header tells", async () => {
    const { load, codec } = setUp();
    const tiff = new Uint8Array(Buffer.from("II*\0 and so on"));
    expect(await load(tiff)).toMatchObject({ format: "tiff", size: null });
    expect(await load(tiff, { downsizeTo: { width: 4, height: 4 } })).toMatchObject({
      size: { width: 4, height: 2 },
      originalSize: { width: 8, height: 4 },
    });
    expect(codec.decode).toHaveBeenCalledOnce();
  });

  test("names the picture in the codec's failure", async () => {
    const { load, codec } = setUp();
    codec.resize.mockRejectedValue(new EncodingError("bad Huffman code."));
    const shrunk = load("wide.jpg", { downsizeTo: { width: 9, height: 9 } });
    await expect(shrunk).rejects.toThrow(/wide.jpg cannot be converted: bad Huffman code/);
  });

  test("says that the runtime has no codec", async () => {
    const { runtime } = setUp();
    const bare = { ...runtime, codec: null };
    const downsizeTo = { width: 9, height: 9 };
    await expect(loadImage(jpeg, { runtime: bare, downsizeTo })).rejects.toBeInstanceOf(EncodingError);
    await expect(loadImage(jpeg, { runtime: bare })).resolves.toMatchObject({ format: "jpeg" });
  });
});

test("extra inputs of the runtime are asked for before anything else is tried", async () => {
  const { load, codec } = setUp();
  expect(await load(new Map())).toMatchObject({ label: "raw pixels", format: "jpeg" });
  expect(codec.encode).toHaveBeenCalledOnce();
});

describe("errors of the runtime itself are ours, so that a list goes on with the next image", () => {
  const ofRuntime = new DOMException("not allowed", "NotReadableError");

  test("a Blob whose file was changed", async () => {
    class ChangedFile extends Blob {
      override arrayBuffer(): Promise<ArrayBuffer> {
        return Promise.reject(ofRuntime);
      }
    }
    const loading = setUp().load(new ChangedFile(["x"]));
    await expect(loading).rejects.toThrow("The image blob cannot be read: NotReadableError: not allowed.");
    await expect(loading).rejects.toBeInstanceOf(InvalidInputFormatError);
  });

  test("a canvas that may not be read", async () => {
    const { runtime } = setUp();
    const extras = async () => Promise.reject(ofRuntime);
    const loading = loadImage(
      { width: 0, height: 0, getContext: () => null },
      { runtime: { ...runtime, extras } },
    );
    await expect(loading).rejects.toBeInstanceOf(InvalidInputFormatError);
  });

  test("a codec that fails in its own way", async () => {
    const { load, codec } = setUp();
    codec.resize.mockRejectedValue(ofRuntime);
    const shrunk = load("wide.jpg", { downsizeTo: { width: 9, height: 9 } });
    await expect(shrunk).rejects.toThrow("The image wide.jpg cannot be converted: not allowed");
    await expect(shrunk).rejects.toBeInstanceOf(EncodingError);
  });
});

describe("abort", () => {
  test("before the start nothing is opened", async () => {
    const { load, read } = setUp();
    const stopped = load("red.png", { signal: AbortSignal.abort(new Error("stop")) });
    await expect(stopped).rejects.toBeInstanceOf(AbortedError);
    expect(read).not.toHaveBeenCalled();
  });

  test("ends a stream that gives nothing, and cancels it", async () => {
    const asked = Promise.withResolvers<void>();
    const cancelled = Promise.withResolvers<void>();
    const source = new ReadableStream<Uint8Array>(
      { pull: () => asked.resolve(), cancel: () => cancelled.resolve() },
      { highWaterMark: 0 },
    );
    const controller = new AbortController();
    const loading = setUp().load(source, { signal: controller.signal });
    await asked.promise;
    controller.abort();
    await expect(loading).rejects.toBeInstanceOf(AbortedError);
    await cancelled.promise;
  });

  test("a deadline stays a deadline", async () => {
    const deadline = new DeadlineExceededError("too late", { timeoutMs: 5 });
    await expect(setUp().load(red, { signal: AbortSignal.abort(deadline) })).rejects.toBe(deadline);
  });
});

describe("streams", () => {
  test("one that fails is one of our errors, without a key", async () => {
    const source = new ReadableStream({
      pull: (controller) => controller.error(new Error("GET https://a.test/?api_key=abcdefghijkl failed")),
    });
    const error: Error = await setUp()
      .load(source)
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(InvalidInputFormatError);
    expect(error.message).toMatch(/stream broke off: .*GET https:\/\/a.test/);
    expect(error.message).not.toContain("abcdefghijkl");
  });

  test("text chunks are refused", async () => {
    const source = new ReadableStream({ start: (controller) => controller.enqueue("text") });
    await expect(setUp().load(source)).rejects.toThrow(/gave a string instead of bytes/);
  });

  test("are read once", async () => {
    const { load } = setUp();
    const stream = new Blob([red]).stream();
    await load(stream);
    await expect(load(stream)).rejects.toThrow(/was read before/);
  });
});

test.each([
  ["its name", { name: "stdin" }, "stdin"],
  ["the path of its file", { path: "shots/notes.txt" }, "shots/notes.txt"],
  ["its kind", { name: "", path: 3 }, "Object"],
])("what is wrong with a stream is said with %s", async (_, facts, shown) => {
  const { runtime } = setUp();
  const stream = { ...facts, async *[Symbol.asyncIterator]() {} };
  const extras = async () => fixture("not-an-image.txt");
  const loading = loadImage(stream, { runtime: { ...runtime, extras } });
  await expect(loading).rejects.toThrow(`The image ${shown} is no picture`);
});
